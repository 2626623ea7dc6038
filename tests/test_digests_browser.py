"""Subscribing in a real browser: the guessed time zone and the last choice are what is subscribed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import redis
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from digests.models import Subscription

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(browser: Browser, live_server: LiveServer, queue: redis.Redis) -> Iterator[Page]:
    context = browser.new_context(base_url=live_server.url, timezone_id="Asia/Tokyo")
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
