"""The desk in a real browser: an editor's whole way with an event, and back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import redis
from django.contrib.auth.models import User
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.factories import cite, make_actor, make_article, make_event
from timeline import services
from timeline.models import Event, Report
from timeline.services import EventDraft, RoleDraft, Sentence

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(browser: Browser, live_server: LiveServer, queue: redis.Redis) -> Iterator[Page]:
    """A window of an editor who has signed in; whatever breaks the policy fails the test."""
    User.objects.create_superuser("ada", password="pw")
    context = browser.new_context(base_url=live_server.url, viewport={"width": 1280, "height": 1000})
    page, faults = context.new_page(), []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if "Content Security" in message.text else None)
    page.goto("/desk/")
    page.get_by_label("Name").fill("ada")
    page.get_by_label("Password").fill("pw")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("proposal")
    yield page
    context.close()
    assert faults == []


def propose() -> Event:
    """What the pipeline proposes of an article, through the same services."""
    vendor = services.add_actor(name="Brackwater Labs", kind="organization", by="pipeline 1")
    rival = services.add_actor(name="Tessellate", kind="organization", by="pipeline 1")
    told = Sentence("Brackwater said it had cut off Tessellate.", 0, 42, 0.9)
    draft = EventDraft(
        title="Brackwater Labs cuts of Tessellate",
        kind="revocation",
        on=date(2026, 2, 12),
        precision="day",
        status="reported",
        roles=(RoleDraft(vendor, "initiator", told), RoleDraft(rival, "target", told)),
        evidence=told,
    )
    article = make_article("Model maker cuts off legal firm", publisher="Northgate Wire")
    pk = services.add_proposal(draft=draft, article_id=article.pk, reasons="new", confidence=0.9, by="pipeline 1")
    return Event.objects.get(pk=pk)


def test_propose_correct_publish_merge_and_undo(page: Page) -> None:
    known = make_event("Brackwater shuts Tessellate out", on=date(2026, 2, 13), actors=[(make_actor(), "initiator")])
    cite(known)
    event = propose()
    old = event.get_absolute_url()

    page.goto("/desk/")
    page.get_by_role("link", name=event.title).click()
    expect(page.get_by_text("Brackwater said it had cut off Tessellate.").first).to_be_visible()
    page.get_by_label("Headline", exact=True).fill("Brackwater Labs cuts off Tessellate")
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("status")).to_contain_text("Published: Brackwater Labs cuts off Tessellate")

    page.goto(old)
    expect(page.get_by_role("heading", level=1)).to_have_text("Brackwater Labs cuts off Tessellate")
    page.keyboard.press("e")
    page.get_by_label("Words, or an address").press_sequentially("shuts tesellate")
    page.get_by_role("radio", name="Brackwater shuts Tessellate out").check()
    page.get_by_role("button", name="Merge").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Brackwater shuts Tessellate out")

    desk = page.url
    page.goto(old)
    assert page.url.endswith(known.get_absolute_url())
    page.goto(desk)
    page.get_by_role("button", name="Undo what was merged").click()
    expect(page.get_by_role("status")).to_have_text("Taken back.")
    page.goto(old)
    assert page.url.endswith(old)
    expect(page.get_by_text("How do we know")).to_be_visible()


def test_many_are_rejected_at_once_and_one_taken_back(page: Page) -> None:
    for number in range(3):
        make_event(f"About visas {number}", state="proposed", confidence=number / 10)
    page.goto("/desk/")
    for number in (0, 1):
        page.get_by_label(f"Choose “About visas {number}”").check()
    page.get_by_label("Reason").fill("Not ours")
    page.get_by_role("button", name="Reject").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("1 proposal")
    page.get_by_role("listitem").filter(has_text="Rejected: About visas 0").get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2 proposals")


def test_a_readers_report_reaches_the_desk_and_is_answered(
    page: Page, browser: Browser, live_server: LiveServer
) -> None:
    event = make_event("Vendor cuts off rival", actors=[(make_actor(), "initiator")])
    reader = browser.new_context(base_url=live_server.url).new_page()
    reader.goto(event.get_absolute_url())
    reader.get_by_role("link", name="Report an error in this entry").click()
    reader.get_by_label("What is wrong?").fill("It was a Tuesday.")
    reader.get_by_label("What shows it?").fill("https://times.example/tuesday")
    reader.get_by_role("button", name="Send to the editors").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Thank you.")
    reader.context.close()

    page.goto("/desk/reports/")
    expect(page.get_by_text("It was a Tuesday.")).to_be_visible()
    page.get_by_role("button", name="Corrected").click()
    expect(page.get_by_text("None here.")).to_be_visible()
    assert Report.objects.get().settled_by == "editor ada"


def test_the_desk_works_without_scripts(page: Page, browser: Browser, live_server: LiveServer) -> None:
    event, known = propose(), make_event("Brackwater shuts Tessellate out")
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    context.add_cookies(page.context.cookies())
    plain = context.new_page()
    plain.goto(f"/desk/events/{event.pk}/")
    plain.get_by_label("Words, or an address").fill(known.slug)
    plain.get_by_role("button", name="Merge").click()
    expect(plain.get_by_role("radio", name="Brackwater shuts Tessellate out")).to_be_checked()
    plain.get_by_role("button", name="Merge").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text(known.title)
    context.close()
