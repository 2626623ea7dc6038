"""The picture of a dispute's sequence where it has less room than it needs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tests.factories import make_actor, make_dispute, make_event

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A long dispute on a phone without scripts."""
    one, two = make_actor("One"), make_actor("Two")
    war = make_dispute("War", sides=[(one, ""), (two, "")])
    for number in range(40):
        make_event(f"Move {number}", on=date(2025, 1, 1) + timedelta(number), dispute=war,
                   actors=[(one, "initiator"), (two, "target")])  # fmt: skip
    context = browser.new_context(viewport={"width": 390, "height": 800}, java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url + war.get_absolute_url())
    yield page
    context.close()


def find_seen(page: Page) -> list[bool]:
    """Of each mark of the sequence whether its middle lies between the sides of its frame."""
    frame = page.locator(".lane-scroll").bounding_box()
    boxes = [mark.bounding_box() for mark in page.locator(".lane-mark").all()]
    assert frame
    sides = (frame["x"], frame["x"] + frame["width"])
    return [bool(box) and sides[0] <= box["x"] + box["width"] / 2 <= sides[1] for box in boxes]


def test_the_latest_is_seen_first(page: Page) -> None:
    seen = find_seen(page)
    assert (seen[0], seen[-1]) == (False, True)


def test_on_paper_all_of_it_is_seen(page: Page) -> None:
    page.emulate_media(media="print")
    assert find_seen(page) == [True] * 40
