"""The editors' desk: one press publishes, corrects, merges, splits, rejects or undoes; each leaves its history."""

from __future__ import annotations

import pytest
import redis
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.desks import SENTENCE, make_proposal, press, read_form, sign_in
from tests.factories import cite, make_actor, make_clause, make_event, make_quote
from timeline import services
from timeline.models import Change, Event, Evidence, Report

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client) -> Client:
    return sign_in(client)


@pytest.mark.parametrize("page", ["desk", "desk-words", "desk-reports", "desk-history"])
def test_the_desk_is_for_editors(client: Client, page: str) -> None:
    assert client.get(reverse(page))["Location"].startswith(reverse("desk-login"))
    client.force_login(User.objects.create_user("bob"))
    assert client.get(reverse(page)).status_code == 403


def test_whoever_guesses_passwords_is_held_up(client: Client, queue: redis.Redis) -> None:
    guesses = [client.post("/desk/sign-in/", {"username": "ada", "password": "x"}).status_code for _ in range(12)]
    assert guesses == [200] * 10 + [429] * 2


def test_the_admin_has_the_same_door(client: Client) -> None:
    answer = client.get("/admin/", follow=True)
    assert answer.redirect_chain[-1][0] == "/desk/sign-in/?next=%2Fadmin%2F"


def test_signing_in_leads_to_the_queue(queue: redis.Redis, desk: Client) -> None:
    fresh = Client()
    answer = fresh.post(reverse("desk-login"), {"username": "ada", "password": "pw"})
    assert answer["Location"] == reverse("desk")
    assert fresh.get(reverse("desk")).status_code == 200


def test_each_fact_stands_beside_its_sentence_as_text(desk: Client) -> None:
    page = desk.get(reverse("desk-case", args=[make_proposal().pk])).content.decode()
    assert page.count("cut off Tessellate &lt;script&gt;") == 2
    assert "“Enough,” she said." in page
    assert "<script>alert" not in page


def test_one_press_publishes_with_corrections_and_goes_on(desk: Client) -> None:
    event, other = make_proposal(), make_proposal("Another")
    answer = press(desk, event, "publish", title="Brackwater revokes access", on="2025-07", reason="Sharper")
    assert answer["Location"] == reverse("desk-case", args=[other.pk])
    event.refresh_from_db()
    assert (event.state, event.title, event.precision) == ("published", "Brackwater revokes access", "month")
    assert event.quotes.get().state == event.clauses.get().state == event.participations.all()[0].actor.state
    assert {(row.action, row.by) for row in Change.objects.filter(noun="event", row_id=event.pk)} == {
        ("correct", "editor ada"), ("publish", "editor ada"),
    }  # fmt: skip


def test_words_that_are_none_are_dropped_and_speakers_corrected(desk: Client) -> None:
    event, speaker = make_proposal(), make_actor("Jo Miller", kind="person")
    form = read_form(desk, event)
    del form["clause-0-keep"]
    form |= {"quote-0-speaker": "jo miller", "part-1-actor": "", "part-2-actor": "Jo Miller", "part-2-role": "court"}
    desk.post(reverse("desk-case", args=[event.pk]), form | {"do": "save"})
    assert event.quotes.get().speaker == speaker
    assert event.clauses.count() == 0
    assert [part.role for part in event.participations.all()] == ["initiator", "court"]
    event.refresh_from_db()
    assert event.state == "proposed"


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"on": "yesterday"}, "A date as YYYY-MM-DD"),
        ({"on": "0026-11-23"}, "0026-11-23 is before 1990-01-01"),
        ({"slug": "2025-one-of-its-own"}, "Another event has this address"),
        ({"title": ""}, "This field is required"),
        ({"slug": "Not A Slug"}, "Lower-case words"),
        ({"part-0-actor": "Brakwater Labs"}, "Perhaps Brackwater Labs?"),
        ({"part-0-actor": "", "part-1-actor": ""}, "needs somebody who takes part"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_saved(desk: Client, changed: dict[str, str], told: str) -> None:
    make_actor("Brackwater Labs")
    make_event(slug="2025-one-of-its-own")
    event = make_proposal()
    answer = press(desk, event, "publish", **{"summary": "New words"} | changed)
    assert answer.status_code == 400
    assert told in answer.content.decode()
    event.refresh_from_db()
    assert (event.state, event.summary) == ("proposed", "")


@pytest.mark.parametrize("on", ["0001-01-01", "9999-12-31"])
def test_what_a_page_gave_as_its_date_can_be_put_right(desk: Client, on: str) -> None:
    event = make_proposal(on=on)  # type: ignore[arg-type]
    assert press(desk, event, "save", on="2025-07").status_code == 302
    assert str(Event.objects.get(pk=event.pk).on) == "2025-07-01"


def test_rejecting_needs_a_reason(desk: Client) -> None:
    event = make_proposal()
    press(desk, event, "reject", reason=" ")
    event.refresh_from_db()
    assert event.state == "proposed"
    press(desk, event, "reject", reason="About visas")
    event.refresh_from_db()
    assert event.state == "withdrawn"


def test_what_another_editor_works_on_is_left_alone_until_taken_over(desk: Client) -> None:
    event = make_proposal()
    services.claim_event(event_id=event.pk, by="editor bob", now=timezone.now())
    press(desk, event, "reject", reason="About visas")
    event.refresh_from_db()
    assert event.state == "proposed"
    assert "editor bob is on it" in desk.get(reverse("desk")).content.decode()
    press(desk, event, "claim")
    press(desk, event, "reject", reason="About visas")
    event.refresh_from_db()
    assert event.state == "withdrawn"


@pytest.mark.parametrize(
    ("button", "state"), [("publish", "published"), ("reject", "withdrawn"), ("claim", "proposed")]
)
def test_many_at_once(desk: Client, button: str, state: str) -> None:
    events = [make_proposal(f"Story {number}") for number in range(3)]
    values = {"event": [event.pk for event in events[:2]], "do": button, "reason": "Not ours"}
    desk.post(reverse("desk-many"), values)
    states = [Event.objects.get(pk=event.pk).state for event in events]
    assert states == [state, state, "proposed"]


def test_claiming_many_leaves_what_others_work_on(desk: Client) -> None:
    events = [make_proposal(f"Story {number}") for number in range(2)]
    services.claim_event(event_id=events[0].pk, by="editor bob", now=timezone.now())
    page = desk.post(reverse("desk-many"), {"event": [event.pk for event in events], "do": "claim"}, follow=True)
    assert "editor bob is working on this one." in page.content.decode()
    assert [event.claim.by for event in Event.objects.order_by("pk")] == ["editor bob", "editor ada"]


def test_saving_keeps_the_claim_and_offers_nothing_to_undo_where_nothing_changed(desk: Client) -> None:
    event = make_proposal()
    press(desk, event, "claim")
    press(desk, event, "save")
    page = desk.get(reverse("desk-case", args=[event.pk])).content.decode()
    assert "You are on it." in page
    assert "Undo" not in page.split('class="messages"')[1].split("</ul>")[0]


def test_words_at_public_events_wait_in_a_list_of_their_own(desk: Client) -> None:
    event = make_event("Public", actors=[(make_actor(), "target")])
    make_quote(event, make_actor(), "New words.", state="proposed")
    assert "New words." in desk.get(reverse("desk-words")).content.decode()
    press(desk, event, "publish")
    assert event.quotes.get().state == "published"
    assert "Nothing waits" in desk.get(reverse("desk-words")).content.decode()


def test_a_report_is_settled_and_its_address_erased(desk: Client) -> None:
    report = Report.objects.create(path="/about/", text="A <b>typo</b>", contact="reader@example.org")
    assert "A &lt;b&gt;typo" in desk.get(reverse("desk-reports")).content.decode()
    desk.post(reverse("desk-settle", args=[report.pk]), {"state": "declined"})
    report.refresh_from_db()
    assert report.state == "open"
    desk.post(reverse("desk-settle", args=[report.pk]), {"state": "corrected"})
    report.refresh_from_db()
    assert (report.state, report.contact, report.settled_by) == ("corrected", "", "editor ada")


def test_the_public_address_of_an_entry_leads_to_it_on_the_desk(desk: Client) -> None:
    event = make_event()
    assert desk.get(f"/desk/entry/{event.slug}/")["Location"] == reverse("desk-case", args=[event.pk])
    assert desk.get("/desk/entry/nothing/").status_code == 404


@pytest.mark.parametrize("page", ["desk", "desk-words", "desk-reports", "desk-history"])
def test_the_number_of_queries_does_not_grow_with_rows(desk: Client, page: str) -> None:
    def fill(number: int) -> int:
        for _ in range(number):
            make_proposal(f"Proposal {Event.objects.count()}")
            event = make_event(actors=[(make_actor(), "target")])
            make_quote(event, make_actor(), state="proposed")
            Report.objects.create(event=event, path=event.get_absolute_url(), text="Wrong")
            services.withdraw_event(event_id=make_event().pk, by="editor ada", reason="wrong")
        with CaptureQueriesContext(connection) as context:
            assert desk.get(reverse(page)).status_code == 200
        return len(context)

    assert fill(2) == fill(5) < 20


def test_the_page_of_an_event_asks_as_much_for_many_rows_as_for_few(desk: Client) -> None:
    event = make_proposal()

    def fill(number: int) -> int:
        for _ in range(number):
            citation = cite(event)
            Evidence.objects.create(citation=citation, fact="kind", sentence=SENTENCE, start=0, end=9)
            make_quote(event, make_actor(), on_behalf_of=make_actor(), article=citation.article, state="proposed")
            make_clause(event, make_actor(), article=citation.article)
            make_event(actors=[(event.participations.all()[0].actor, "target")])
            services.correct_event(event_id=event.pk, values={"summary": f"{citation.pk}"}, by="editor ada")
        with CaptureQueriesContext(connection) as context:
            assert desk.get(reverse("desk-case", args=[event.pk])).status_code == 200
        return len(context)

    assert fill(2) == fill(6) < 30
