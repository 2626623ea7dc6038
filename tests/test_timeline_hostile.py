"""Words of others never run: on pages, cards, feeds, at the desk, in mails."""

from __future__ import annotations

from datetime import date

import pytest
import redis
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from digests.choosing import Choice
from digests.composing import Composer
from tests.factories import cite, make_actor, make_article, make_clause, make_dispute, make_event, make_quote
from tests.payloads import PAYLOADS
from timeline import services
from timeline.models import Change, Event, Report

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LISTS = ["/", "/?q=alert", "/?order=oldest", "/actors/", "/disputes/", "/quotes/", "/quotes/?q=alert", "/clauses/"]
MORE = [
    "/corrections/",
    "/feed.atom",
    "/feed.rss",
    "/feed.json",
    "/api/v1/events/",
]
DESK = ["/desk/", "/desk/words/", "/desk/reports/", "/desk/history/"]


def make_hostile(number: int, text: str) -> list[str]:
    """A record in which every text is one that would like to run, and the pages that show it."""
    actor = make_actor(f"{text} {number}", slug=f"a-{number}", url=text, aliases=[f"{text} again {number}"])
    war = make_dispute(text, slug=f"d-{number}", summary=text, sides=[(actor, text), (make_actor(), text)])
    event = make_event(text, slug=f"e-{number}", summary=text, scope=text, dispute=war, actors=[(actor, "target")])
    article = make_article(text, publisher=f"{text} p{number}", url=text, key=str(number), author=text)
    cite(event, article).evidence.create(fact="kind", sentence=text, start=0, end=1)
    make_event(f"{text} later", slug=f"l-{number}", dispute=war, actors=[(actor, "initiator")])
    make_quote(event, actor, text, article=article, state="proposed" if number % 2 else "published")
    make_clause(event, actor, text, document=text, article=article)
    services.correct_event(event_id=event.pk, values={"scope": f"{text} corrected"}, by=f"editor {text}", reason=text)
    Report.objects.create(event=event, path=text, text=text, source=text, contact=text)
    page = event.get_absolute_url()
    return [[page, f"{page}card/", actor.get_absolute_url(), war.get_absolute_url()][number % 4]]


@pytest.fixture
def hostile_pages() -> list[str]:
    """All of them, with a proposal for the desk."""
    pages = [page for number, text in enumerate(PAYLOADS) for page in make_hostile(number, text)]
    event = Event.objects.get(slug="e-1")
    proposals = [make_event(text, slug=f"p-{number}", state="proposed") for number, text in enumerate(PAYLOADS[:20])]
    cases = [f"/desk/events/{row.pk}/" for row in (event, *proposals[::5])]
    return [*LISTS, *MORE, *pages, f"/report/?about={event.get_absolute_url()}", *DESK, *cases]


def test_no_words_of_others_run(
    browser: Browser, live_server: LiveServer, queue: redis.Redis, hostile_pages: list[str]
) -> None:
    editor = Client()
    editor.force_login(User.objects.create_superuser("ada"))
    context = browser.new_context(base_url=live_server.url)
    context.add_cookies([{"name": "sessionid", "value": editor.cookies["sessionid"].value, "url": live_server.url}])
    page, run = context.new_page(), []
    page.on("dialog", lambda dialog: (run.append(dialog.message), dialog.dismiss()))
    page.on("console", lambda message: run.append(message.text) if "Content Security" in message.text else None)
    for address in hostile_pages:
        answer = page.goto(address)
        assert answer is not None
        assert answer.ok, address
    context.close()
    assert run == []


def test_no_words_of_others_run_in_a_mail(browser: Browser, hostile_pages: list[str]) -> None:
    """Shown as a careless mail program would: without any policy."""
    context = browser.new_context()
    page, run = context.new_page(), []
    page.on("dialog", lambda dialog: (run.append(dialog.message), dialog.dismiss()))
    ids = list(Event.objects.published().values_list("pk", flat=True))
    changes = list(Change.objects.filter(noun="event").values_list("pk", flat=True))
    for start in range(0, len(ids), 12):
        choice = Choice(tuple(ids[start : start + 12]), tuple(changes[start // 2 : start // 2 + 6]))
        mail = Composer().compose(choice, day=date(2026, 1, 1), rhythm="daily", query="", language="en")
        page.set_content(mail.html)
        assert page.locator("a").count() > len(choice.event_ids)
        assert page.locator("script, iframe, img[onerror], svg[onload]").count() == 0
    context.close()
    assert run == []
