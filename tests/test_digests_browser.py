"""Subscribing in a real browser: the guessed time zone and the last choice are what is subscribed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import redis
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from digests.models import Subscription
from tests.factories import make_actor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(browser: Browser, live_server: LiveServer, queue: redis.Redis) -> Iterator[Page]:
    context = browser.new_context(base_url=live_server.url, timezone_id="Asia/Tokyo")
    yield context.new_page()
    context.close()


@pytest.fixture
def plain_page(browser: Browser, live_server: LiveServer, queue: redis.Redis) -> Iterator[Page]:
    """Without JavaScript."""
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_what_is_seen_is_what_is_subscribed(page: Page) -> None:
    page.goto("/subscribe/?kind=lawsuit")
    expect(page.get_by_text("Lawsuit, daily at 8:00, Asia/Tokyo time.")).to_be_visible()
    page.get_by_label("How often").select_option("weekly")
    page.get_by_label("On", exact=True).select_option("Friday")
    page.get_by_label("Your address").fill("reader@example.org")
    page.get_by_role("button", name="Subscribe").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look into your mail")
    row = Subscription.objects.get()
    assert (row.query, row.rhythm, row.weekday, row.zone) == ("kind=lawsuit", "weekly", 4, "Asia/Tokyo")


@pytest.mark.parametrize("by_key", [True, False])
def test_what_is_typed_is_subscribed_without_javascript_and_unseen(plain_page: Page, by_key: bool) -> None:
    make_actor("Brackwater")
    plain_page.goto("/subscribe/")
    plain_page.get_by_label("What", exact=True).fill("actor:brackwater kind:terms-change")
    plain_page.get_by_label("Your address").fill("reader@example.org")
    if by_key:
        plain_page.get_by_label("Your address").press("Enter")
    else:
        plain_page.get_by_role("button", name="Subscribe").click()
    expect(plain_page.get_by_role("heading", level=1)).to_have_text("Look into your mail")
    assert Subscription.objects.get().query == "actor=brackwater&kind=terms-change"


def test_what_it_would_bring_is_shown_with_and_without_javascript(page: Page, plain_page: Page) -> None:
    for one, by_key in ((page, True), (page, False), (plain_page, False)):
        one.goto("/subscribe/")
        what = one.get_by_label("What", exact=True)
        what.fill("kind:lawsuit")
        if by_key:
            what.press("Enter")
        else:
            one.get_by_role("button", name="Show what I would get").click()
        expect(one.get_by_text("Lawsuit, daily at 8:00")).to_be_visible()
        assert "what=kind%3Alawsuit" in one.url
        assert "csrf" not in one.url
