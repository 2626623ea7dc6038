"""Loading record files into the database and dumping them from it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db.models import Max

from tests.factories import cite, make_actor, make_article, make_event, make_quote
from timeline import services
from timeline.models import Actor, ActorName, Article, Change, Event, Link, Participation, Publisher, Quote
from timeline.models.common import WordsState
from timeline.queries.record import get_record
from timeline.record import Record, read_record, write_record
from timeline.services.record import load_record
from timeline.services.words import Found, build_words

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).parent.parent
RECORDS = ROOT / "tests" / "data" / "records"
SHIPPED = ROOT / "data" / "timeline.yaml"
TRICKY = RECORDS / "good" / "tricky.yaml"
TODAY = date(2026, 11, 1)
SLUG = "2025-08-15-acme-cuts-off-beta"


def read(*swaps: tuple[str, str], file: Path = TRICKY) -> Record:
    """The file's record, with each old text, which must be in it, swapped for the new one."""
    text = file.read_text()
    for old, new in swaps:
        assert old in text
        text = text.replace(old, new)
    return read_record(text.encode(), today=TODAY)


def look() -> dict[str, Any]:
    """Counts of all tables and the newest change of each."""
    seen: dict[str, Any] = {}
    for model in apps.get_app_config("timeline").get_models():
        times = [f.name for f in model._meta.get_fields() if f.name in {"updated_at", "at", "created_at"}]
        seen[model.__name__] = (model._default_manager.count(), model._default_manager.aggregate(*map(Max, times)))
    return seen


@pytest.mark.parametrize("file", [SHIPPED, TRICKY], ids=lambda file: file.stem)
def test_loading_twice_changes_nothing(file: Path) -> None:
    load_record(record=read(file=file))
    before = look()
    outcomes = load_record(record=read(file=file))
    assert look() == before
    assert {(o.created, o.changed, o.kept) for o in outcomes} == {(0, 0, 0)}


@pytest.mark.parametrize("file", [SHIPPED, TRICKY], ids=lambda file: file.stem)
def test_a_dump_of_what_was_loaded_is_the_record(file: Path, tmp_path: Path) -> None:
    call_command("load_record", file, verbosity=0)
    call_command("dump_record", tmp_path / "dump.yaml")
    assert (tmp_path / "dump.yaml").read_text() == write_record(read(file=file))


def test_the_shipped_record_is_its_own_dump(capsys: pytest.CaptureFixture[str]) -> None:
    load_record(record=read(file=SHIPPED))
    call_command("dump_record")
    assert capsys.readouterr().out == SHIPPED.read_text()


def test_no_faulty_file_changes_anything() -> None:
    load_record(record=read())
    before = look()
    for file in RECORDS.glob("*.yaml"):
        with pytest.raises(CommandError, match="nothing was changed"):
            call_command("load_record", file)
    assert look() == before


def test_every_row_is_public_searchable_and_has_a_history() -> None:
    load_record(record=read())
    event = Event.objects.get(slug=SLUG)
    assert (event.state, event.by, event.on) == ("published", "record", date(2025, 8, 1))
    assert Found(event.words, event.actor_ids) == build_words(event)
    assert "Öffentlich GmbH & Co. KG" in event.words
    assert Change.objects.filter(action="create", by="record").count() == 2 + 3 + 1 + 2
    assert dict(Publisher.objects.values_list("name", "host")) == {
        "yes": "example.org",
        'The "Example"': "news.example",
    }


def test_a_corrected_field_leaves_one_change_with_before_and_after() -> None:
    load_record(record=read())
    before = Change.objects.count()
    load_record(record=read(("Something happens", "Something else happens")))
    change = Change.objects.first()
    assert Change.objects.count() == before + 1
    assert change is not None
    assert (change.noun, change.action, change.by) == ("event", "correct", "record")
    assert change.before == {"title": "Something happens"}
    assert change.after == {"title": "Something else happens"}


def test_a_part_that_left_the_file_goes_and_the_pipeline_s_stays() -> None:
    load_record(record=read())
    event = Event.objects.get(slug=SLUG)
    late = Participation.objects.create(
        event=event, actor=Actor.objects.get(slug="zoe"), role="commentator", position=3, by="pipeline 1"
    )
    cite(event, by="pipeline 1", position=2)
    load_record(record=read(('  - {actor: "true", role: affected}\n', "")))
    roles = list(event.participations.values_list("actor__slug", "role"))
    assert roles == [("null", "initiator"), ("true", "target"), ("zoe", "commentator")]
    assert Participation.objects.get(pk=late.pk).by == "pipeline 1"
    assert event.citations.count() == 3
    removed = Change.objects.get(slug=SLUG, action="correct")
    assert {"actor": "true", "role": "affected"} in removed.before["participants"]
    assert {"actor": "true", "role": "affected"} not in removed.after["participants"]


def test_what_an_editor_corrected_and_withdrew_stays() -> None:
    load_record(record=read())
    event = Event.objects.get(slug=SLUG)
    services.correct_event(event_id=event.pk, values={"status": "confirmed"}, by="editor ann")
    services.withdraw_event(event_id=event.pk, by="editor ann", reason="not ours")
    before = look()
    outcomes = {o.noun: o for o in load_record(record=read())}
    assert look() == before
    assert outcomes["event"].kept == 1


def test_a_merge_by_an_editor_is_not_undone() -> None:
    load_record(record=read())
    ids = dict(Event.objects.values_list("slug", "pk"))
    services.merge_events(
        event_id=ids["2020-01-01-some-time-that-year"], into_id=ids[SLUG], by="editor ann", reason="the same"
    )
    before = look()
    load_record(record=read())
    assert look() == before


def test_a_changed_name_reaches_the_search_words_of_its_events() -> None:
    load_record(record=read())
    load_record(record=read(('name: "Null"', 'name: "Nullsoft"')))
    words = set(Event.objects.values_list("words", flat=True))
    assert all("Nullsoft" in text for text in words)
    assert list(ActorName.objects.filter(actor__slug="null").values_list("name", flat=True)) == ["Nullsoft"]


def test_a_name_may_move_from_one_actor_to_another() -> None:
    load_record(record=read())
    load_record(record=read(('"1e3", ', ""), ('"Null", kind', '"Null", aliases: ["1e3"], kind')))
    assert ActorName.objects.get(name="1e3").actor.slug == "null"


def test_a_name_that_another_actor_of_the_database_has_is_refused() -> None:
    make_actor("Null", slug="null-corp")
    before = look()
    with pytest.raises(CommandError, match=r"tricky.yaml:57: actor null: names: 'Null' is a name of actor null-corp"):
        call_command("load_record", TRICKY)
    assert look() == before


def test_a_proposed_actor_becomes_the_file_s_actor_of_that_name() -> None:
    proposed = make_actor("Öffentlich GmbH & Co. KG", state="proposed")
    event = make_event(actors=[(proposed, "target")], state="proposed", by="pipeline 1")
    load_record(record=read())
    proposed.refresh_from_db()
    assert (proposed.slug, proposed.name, proposed.state) == ("true", "Yes", "published")
    event.refresh_from_db()
    assert Found(event.words, event.actor_ids) == build_words(event)


def test_a_proposed_event_in_the_file_is_published_with_its_words() -> None:
    extra = make_actor("Someone", state="proposed")
    event = make_event(slug=SLUG, actors=[(extra, "court")], state="proposed", by="pipeline 1")
    load_record(record=read())
    event.refresh_from_db()
    extra.refresh_from_db()
    assert (event.state, event.by, extra.state) == ("published", "pipeline 1", "published")
    assert Change.objects.filter(slug=SLUG, action="publish", before__state="proposed").count() == 1


def test_a_proposed_quote_with_the_file_s_words_is_published_in_place() -> None:
    load_record(record=read())
    quote = Quote.objects.get(position=1)
    Quote.objects.filter(pk=quote.pk).update(state=WordsState.PROPOSED, by="pipeline 1", sentence="Said so.")
    Change.objects.filter(slug=SLUG).delete()
    load_record(record=read())
    quote.refresh_from_db()
    assert (quote.state, quote.sentence, Quote.objects.count()) == ("published", "Said so.", 2)


def test_an_article_s_correction_reaches_all_events_that_cite_it() -> None:
    load_record(record=read())
    article = Article.objects.get(publisher__name="yes")
    load_record(record=read(('"404"', '"405"'), ("publisher: 'yes'", "publisher: 'YES'")))
    article.refresh_from_db()
    assert (article.title, article.publisher.name) == ("405", "YES")
    assert Publisher.objects.count() == 2
    assert Change.objects.filter(noun="article", action="correct").count() == 1


def test_a_page_that_the_pipeline_found_takes_the_file_s_words_for_good() -> None:
    found = make_article("A wordier title", url="http://www.example.org/~b/", by="pipeline 1")
    load_record(record=read())
    draft = services.ArticleDraft(url=found.url, title="A wordier title")
    services.record_article(draft=draft, publisher_id=found.publisher_id, by="pipeline 1")
    found.refresh_from_db()
    assert (found.title, found.publisher.name, found.by) == ("404", "yes", "record")


def test_a_name_that_an_editor_chose_may_come_to_be_an_alias_in_the_file() -> None:
    load_record(record=read())
    zoe = Actor.objects.get(slug="zoe")
    Actor.objects.filter(pk=zoe.pk).update(name="Zoë")
    zoe.names.update(name="Zoë")
    newer = read(("kind: person, title", "kind: person, aliases: [Zoë], title"))
    load_record(record=newer)
    assert list(zoe.names.values_list("name", flat=True)) == ["Zoë"]
    before = look()
    load_record(record=newer)
    assert look() == before


def add_proposal() -> None:
    make_event("Only proposed", actors=[(make_actor("New", state="proposed"), "target")], state="proposed")


def add_withdrawn() -> None:
    make_event("Withdrawn", state="withdrawn")


def add_link_to_proposal() -> None:
    add_proposal()
    Link.objects.create(
        event=Event.objects.get(slug=SLUG), to=Event.objects.get(title="Only proposed"), relation="follows"
    )


def add_proposed_quote() -> None:
    make_quote(Event.objects.get(slug=SLUG), Actor.objects.get(slug="zoe"), state=WordsState.PROPOSED)


@pytest.mark.parametrize("add", [add_proposal, add_withdrawn, add_link_to_proposal, add_proposed_quote])
def test_a_dump_holds_only_what_is_public(add: Callable[[], None]) -> None:
    load_record(record=read())
    add()
    assert write_record(get_record()) == write_record(read())


def test_a_dump_of_all_holds_proposals() -> None:
    load_record(record=read())
    add_proposal()
    add_proposed_quote()
    record = get_record(proposals=True)
    assert {event.title for event in record.events} >= {"Only proposed", "Something happens"}
    assert "new" in {actor.slug for actor in record.actors}
    assert sum(len(event.quotes) for event in record.events) == 3


def test_a_dump_that_could_not_be_loaded_says_so(tmp_path: Path) -> None:
    event = make_event("Unsourced", actors=[(make_actor("Acme"), "target")], summary="It is told.")
    with pytest.raises(CommandError, match=f"event {event.slug}: sources: is missing"):
        call_command("dump_record", tmp_path / "dump.yaml")
    cite(event, make_article())
    call_command("dump_record", tmp_path / "dump.yaml")
