"""Questions that readers ask of the record."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import cite, make_actor, make_article, make_clause, make_dispute, make_event, make_quote
from timeline.errors import InvalidFilter, NotFound
from timeline.filters import EventFilter, parse_filter
from timeline.models import Change, Event, Link, Redirect
from timeline.queries import actors, disputes, events, facets, quotes, suggestions
from timeline.queries.page import read_page
from timeline.queries.stems import read_query

pytestmark = pytest.mark.django_db


def find(query: str) -> list[str]:
    """The titles that a query in words and names gives, newest first."""
    return [row.title for row in events.list_events(parse_filter({"q": [query]})).rows]


def walk(asked: EventFilter, size: int) -> list[list[int]]:
    """The ids of all pages, forward; each page but the first must come back from its own `previous`."""
    pages, cursor = [], ""
    while True:
        page = events.list_events(asked, cursor=cursor, size=size)
        if pages:
            back = events.list_events(asked, cursor=page.previous, size=size)
            assert [row.pk for row in back.rows] == pages[-1]
        pages.append([row.pk for row in page.rows])
        if not page.next:
            return pages
        cursor = page.next


@pytest.fixture
def war() -> None:
    anthropic, openai, court = make_actor("Anthropic"), make_actor("OpenAI", aliases=["Open AI"]), make_actor("A court")
    access = make_dispute("Claude access", slug="claude-access")
    make_event("Anthropic cuts OpenAI", on=date(2025, 8, 1), actors=[(anthropic, "initiator"), (openai, "target")])
    make_event("OpenAI answers", on=date(2025, 8, 2), kind="response", status="reported", dispute=access,
               actors=[(openai, "initiator")])  # fmt: skip
    make_event("Judge rules on scraping", on=date(2024, 5, 9), kind="ruling", actors=[(court, "court")], dispute=access)
    make_event("Draft about OpenAI", state="proposed", actors=[(openai, "target")])
    make_event("Withdrawn OpenAI story", state="withdrawn", actors=[(openai, "target")])


@pytest.mark.usefixtures("war")
@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["OpenAI answers", "Anthropic cuts OpenAI", "Judge rules on scraping"]),
        ("openai", ["OpenAI answers", "Anthropic cuts OpenAI"]),
        ("openai -anthropic", ["OpenAI answers"]),
        ('"rules on scraping"', ["Judge rules on scraping"]),
        ("scraping or answers", ["OpenAI answers", "Judge rules on scraping"]),
        ('"open ai" cut', ["Anthropic cuts OpenAI"]),
        ("actor:openai", ["OpenAI answers", "Anthropic cuts OpenAI"]),
        ("actor:openai actor:anthropic", ["Anthropic cuts OpenAI"]),
        ("actor:openai role:target", ["Anthropic cuts OpenAI"]),
        ("role:court", ["Judge rules on scraping"]),
        ("kind:ruling kind:response", ["OpenAI answers", "Judge rules on scraping"]),
        ("status:reported", ["OpenAI answers"]),
        ("dispute:claude-access until:2024", ["Judge rules on scraping"]),
        ("after:2025-08-01", ["OpenAI answers"]),
        ("actor:nobody", []),
        ("the", []),
    ],
)
def test_a_filter_gives_what_it_says_and_only_what_is_published(query: str, titles: list[str]) -> None:
    assert find(query) == titles


@pytest.mark.parametrize("order", ["newest", "oldest", "updated", "relevance"])
def test_pages_hold_every_row_once_in_both_directions(order: str) -> None:
    for day in (1, 1, 1, 2, 3, 3, 4):
        make_event(on=date(2025, 1, day), summary="word " * day)
    asked = EventFilter(q="word", order=order)
    pages = walk(asked, size=2)
    assert [len(page) for page in pages] == [2, 2, 2, 1]
    assert len({pk for page in pages for pk in page}) == 7


def test_rows_that_come_while_one_pages_move_nothing() -> None:
    old = [make_event(on=date(2025, 1, day)) for day in range(1, 5)]
    first = events.list_events(EventFilter(), size=2)
    make_event(on=date(2025, 2, 1))
    second = events.list_events(EventFilter(), cursor=first.next, size=2)
    assert [row.pk for row in second.rows] == [old[1].pk, old[0].pk]


@pytest.mark.parametrize(
    "cursor", ["x", "2025-01-01", "2025-13-01~1", "2025-01-01~x", "~", "2025-01-01~99999999999999999999"]
)
def test_a_cursor_of_no_list_is_refused(cursor: str) -> None:
    with pytest.raises(InvalidFilter, match="cursor"):
        events.list_events(EventFilter(), cursor=cursor)


def test_an_old_address_leads_to_the_living_event_only() -> None:
    living, draft = make_event(), make_event(state="proposed")
    Redirect.objects.create(slug="2020-01-01-old", to=living)
    Redirect.objects.create(slug="2020-01-01-secret", to=draft)
    assert events.find_new_slug("2020-01-01-old") == living.slug
    with pytest.raises(NotFound):
        events.find_new_slug("2020-01-01-secret")


def test_an_event_shows_nothing_that_is_not_public() -> None:
    event, draft, speaker = make_event(), make_event(state="proposed"), make_actor()
    Link.objects.create(event=event, to=draft, relation="follows")
    Link.objects.create(event=draft, to=event, relation="follows")
    make_quote(event, speaker, state="proposed")
    make_clause(event, speaker, state="proposed")
    found = events.get_event(event.slug)
    assert [*found.links.all(), *found.links_back.all(), *found.quotes.all(), *found.clauses.all()] == []
    with pytest.raises(NotFound):
        events.get_event(draft.slug)


def test_neighbours_are_those_of_the_dispute() -> None:
    war = make_dispute()
    first, second, third = (make_event(on=date(2025, 1, day), dispute=war) for day in (1, 2, 3))
    make_event(on=date(2025, 1, 2))
    found = [
        (page.before and page.before.slug, page.after and page.after.slug)
        for page in (read_page(event.slug) for event in (first, second, third, make_event()))
    ]
    assert found == [(None, second.slug), (first.slug, third.slug), (second.slug, None), (None, None)]


@pytest.mark.usefixtures("war")
def test_a_facet_counts_without_its_own_choice() -> None:
    asked = parse_filter({"kind": ["ruling"]})
    summary = facets.summarize(asked)
    choices = summary.facets
    assert {c.value: c.number for c in choices.kinds} == {"revocation": 1, "ruling": 1, "response": 1}
    assert {c.value: c.number for c in choices.statuses} == {"confirmed": 1}
    assert {c.value: c.number for c in choices.disputes} == {"claude-access": 1}
    assert [c.value for c in choices.actors] == ["a-court"]
    assert [(month.first.year, month.kinds) for month in summary.months.rows] == [(2024, {"ruling": 1})]


@pytest.mark.usefixtures("war")
def test_roles_are_those_of_the_chosen_actors() -> None:
    asked = EventFilter(actors=("openai",), role="target")
    choices = facets.summarize(asked).facets
    assert {c.value: c.number for c in choices.roles} == {"initiator": 1, "target": 1}
    assert not facets.summarize(EventFilter()).facets.roles


@pytest.mark.usefixtures("war")
def test_suggestions_are_names_then_titles_and_public() -> None:
    assert suggestions.suggest_titles("openai") == ["OpenAI", "OpenAI answers", "Anthropic cuts OpenAI"]
    assert suggestions.suggest_titles("claude a") == ["Claude access"]
    assert suggestions.suggest_titles("o") == []


@pytest.mark.usefixtures("war")
def test_months_hold_kinds_whatever_the_dates_of_the_filter() -> None:
    months = facets.summarize(EventFilter(since=date(2025, 8, 2))).months.rows
    assert [(month.first, month.kinds) for month in months] == [
        (date(2024, 5, 1), {"ruling": 1}),
        (date(2025, 8, 1), {"revocation": 1, "response": 1}),
    ]


def test_who_cut_off_whom() -> None:
    vendor, customer, bystander = make_actor(), make_actor(), make_actor()
    for day in (1, 2):
        make_event(on=date(2025, 1, day), actors=[(vendor, "initiator"), (customer, "target"), (bystander, "affected")])
    make_event(kind="deal", actors=[(vendor, "initiator"), (bystander, "target")])
    make_event(state="proposed", actors=[(vendor, "initiator"), (bystander, "target")])
    assert [(row.pk, row.times, row.latest) for row in actors.list_cut_off_by(vendor)] == [
        (customer.pk, 2, date(2025, 1, 2))
    ]
    assert [(row.pk, row.times) for row in actors.list_cutting_off(customer)] == [(vendor.pk, 2)]
    assert actors.list_cutting_off(vendor) == []


def test_actors_that_no_editor_has_seen_stay_unseen() -> None:
    make_actor("Unseen", state="proposed")
    assert actors.list_actors().rows == []
    assert actors.search_actors("unseen") == []
    with pytest.raises(NotFound):
        actors.get_actor("unseen")


def test_actors_are_found_by_any_name_and_by_a_near_one() -> None:
    actor = make_actor("Meta Platforms", aliases=["Facebook"])
    make_actor("Windsurf")
    assert actors.list_actors(q="faceb").rows == [actor]
    assert actors.search_actors("facbook") == [actor]


def test_voices_stand_side_by_side() -> None:
    vendor, customer = make_actor("Vendor"), make_actor("Customer")
    speaker, other = make_actor("Ann", kind="person", parent=vendor), make_actor("Watcher", kind="person")
    war = make_dispute(sides=[(vendor, "It was a breach.")])
    event = make_event(dispute=war, actors=[(vendor, "initiator"), (customer, "target"), (other, "commentator")])
    make_quote(event, speaker, "No more.", on_behalf_of=vendor)
    make_quote(event, other, "Interesting.")
    voices = read_page(event.slug).voices
    assert [(v.actor.name, v.position, [q.text for q in v.quotes]) for v in voices] == [
        ("Vendor", "It was a breach.", ["No more."]),
        ("Customer", "", []),
        ("Watcher", "", ["Interesting."]),
    ]


def test_quotes_are_searched_by_words_and_speaker() -> None:
    speaker, event = make_actor("Ann"), make_event()
    quote = make_quote(event, speaker, "We are disappointed.")
    make_quote(event, make_actor(), "Nothing to add.")
    make_quote(make_event(state="proposed"), speaker, "Secret disappointment.")
    assert quotes.list_quotes(q="disappointing").rows == [quote]
    assert quotes.list_quotes(actor="ann").rows == [quote]


def test_disputes_know_how_long_they_last() -> None:
    war = make_dispute()
    for day in (3, 1):
        make_event(on=date(2025, 1, day), dispute=war)
    make_event(on=date(2030, 1, 1), dispute=war, state="proposed")
    (found,) = disputes.list_disputes().rows
    assert (found.event_count, found.first, found.latest) == (2, date(2025, 1, 1), date(2025, 1, 3))


@pytest.mark.usefixtures("war")
def test_the_number_of_queries_does_not_grow_with_rows() -> None:
    asked, numbers = EventFilter(q="openai"), []
    read_query(asked.q)  # which is asked once a process
    for _ in range(2):
        for event in Event.objects.published():
            cite(event, make_article())
            make_quote(event, make_actor())
        with CaptureQueriesContext(connection) as context:
            for row in events.list_full_events(asked).rows:
                assert [str(part) for part in (*row.participations.all(), *row.quotes.all(), *row.citations.all())]
            facets.summarize(asked)
        numbers.append(len(context))
    assert numbers[0] == numbers[1] < 18


def note(event: Event, action: str, before: dict[str, object], after: dict[str, object]) -> None:
    Change.objects.create(
        noun="event", row_id=event.pk, slug=event.slug, action=action, by="editor:ann", before=before, after=after
    )


def test_the_history_tells_what_is_public_and_not_whose_hand_it_was() -> None:
    event = make_event()
    note(event, "create", {}, {"title": "All of it"})
    note(
        event,
        "correct",
        {"title": "Old", "quotes": [{"text": "a"}, {"text": "b"}]},
        {"title": "New", "quotes": [{"text": "b"}]},
    )
    note(event, "correct", {}, {"quotes_proposed": 3, "link": "follows a-secret"})
    note(event, "split", {}, {"split_to": "a-secret"})
    split, corrected, created = read_page(event.slug).changes
    assert (created.by, created.differences, split.differences) == ("editor", [], [])
    assert [(row.field, row.before, row.after) for row in corrected.differences] == [
        ("headline", ["Old"], ["New"]),
        ("quotes", ["a"], []),
    ]
