"""The site in a real browser, as a reader uses it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import redis
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.factories import cite, make_actor, make_dispute, make_event, make_quote

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def record() -> None:
    """Seventy stories, and the one that readers look for."""
    anthropic, openai = make_actor("Anthropic"), make_actor("OpenAI")
    war = make_dispute("Claude access", sides=[(anthropic, "A breach.")])
    event = make_event("Anthropic revokes OpenAI's access", on=date(2025, 8, 1), dispute=war,
                       actors=[(anthropic, "initiator"), (openai, "target")])  # fmt: skip
    make_quote(event, anthropic, "A direct violation.")
    cite(event)
    for number in range(70):
        make_event(f"Story {number}", on=date(2024, 1 + number % 12, 1 + number % 28), kind="deal")


@pytest.fixture
def page(browser: Browser, live_server: LiveServer, record: None) -> Iterator[Page]:
    context = browser.new_context(base_url=live_server.url, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if "Content Security" in message.text else None)
    yield page
    context.close()
    assert faults == []


def test_a_reader_finds_an_event_by_a_misspelt_name(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Search the record").fill("antropic opnai")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Anthropic OpenAI").click()
    page.get_by_role("link", name="Anthropic revokes OpenAI's access").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Anthropic revokes OpenAI's access")
    expect(page.get_by_text("A direct violation.")).to_be_visible()


def test_facets_combine_and_the_address_can_be_shared(page: Page, browser: Browser, live_server: LiveServer) -> None:
    page.goto("/")
    filters = page.get_by_role("complementary", name="Filters")
    for name in ("revocation", "OpenAI", "Claude access"):
        filters.get_by_role("link", name=name).click()
    expect(page.get_by_role("status")).to_have_text("1 event")
    other = browser.new_page()
    other.goto(page.url)
    expect(other.get_by_role("status")).to_have_text("1 event")
    other.close()
    page.get_by_role("link", name="Clear all").click()
    expect(page.get_by_role("status")).to_contain_text("71 events")


def test_paging_and_the_back_button(page: Page) -> None:
    page.goto("/?kind=deal")
    first = page.locator(".entry h3").all_inner_texts()
    page.get_by_role("link", name="Next page").click()
    expect(page.locator(".entry h3").first).not_to_have_text(first[0])
    page.go_back()
    assert page.locator(".entry h3").all_inner_texts() == first
    page.go_forward()
    page.get_by_role("link", name="Previous page").click()
    expect(page.locator(".entry h3").first).to_have_text(first[0])


def test_keys_search_walk_open_and_help(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.get_by_label("Search the record")).to_be_focused()
    page.keyboard.press("Escape")
    for key in "jjk":
        page.keyboard.press(key)
    expect(page.locator(".entry-current")).to_have_count(1)
    page.keyboard.press("o")
    expect(page.get_by_role("heading", level=1)).to_have_text("Anthropic revokes OpenAI's access")


def test_dragging_over_the_histogram_narrows_to_its_months(page: Page) -> None:
    page.goto("/?kind=deal")
    box = page.locator("svg.bars").bounding_box()
    assert box
    month, middle = box["width"] / 24, box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 2.5 * month, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + 4.5 * month, middle, steps=4)
    page.mouse.up()
    page.wait_for_url("**/?kind=deal&since=2024-03&until=2024-05")
    expect(page.get_by_role("status")).to_have_text("18 events")


def test_names_are_suggested_while_one_types(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Search the record").press_sequentially("anthr")
    expect(page.locator("#suggestions option").first).to_have_attribute("value", "Anthropic")


def test_a_chosen_theme_stays(page: Page) -> None:
    page.emulate_media(color_scheme="light")
    page.goto("/")
    page.get_by_role("button", name="Dark").click()
    page.get_by_role("link", name="About").click()
    assert page.evaluate("getComputedStyle(document.body).colorScheme") == "dark"
    expect(page.get_by_role("button", name="Light")).to_be_visible()


def test_what_is_chosen_is_seen_in_colours_that_a_reader_forces(page: Page) -> None:
    page.emulate_media(forced_colors="active", color_scheme="dark")
    page.goto("/?order=oldest&kind=revocation")
    line = "nodes => nodes.map(node => getComputedStyle(node).borderBottomColor)"
    current, *others = page.locator(".masthead nav a").evaluate_all(line)
    assert current not in others
    chosen = "nodes => nodes.map(node => getComputedStyle(node).textDecorationLine)"
    assert page.locator(".orders a").evaluate_all(chosen) == ["none", "underline", "none"]
    shaft = page.locator(".arrow").first.evaluate("node => getComputedStyle(node).backgroundImage")
    assert "gradient" in shaft


def test_everything_can_be_read_without_scripts(browser: Browser, live_server: LiveServer, record: None) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.get_by_label("Search the record").fill("revokes")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Anthropic revokes OpenAI's access").click()
    expect(page.get_by_text("A breach.")).to_be_visible()
    context.close()


def test_no_page_is_wider_than_its_window(page: Page) -> None:
    event, lists = "/events/2025-08-01-anthropic-revokes-openais-access/", ("/", "/actors/", "/quotes/", "/about/api/")
    for address in (*lists, "/?kind=deal&q=story", event, "/actors/openai/", "/disputes/claude-access/"):
        page.goto(address)
        for width in (320, 390, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (address, width)


def test_neither_long_words_nor_early_days_widen_a_page(page: Page) -> None:
    name = "W" + "ö" * 180
    actor = make_actor(name, slug="long")
    event = make_event(name, slug="long", on=date(1850, 1, 1), summary=name, scope=name, actors=[(actor, "initiator")])
    make_quote(event, actor, name)
    page.set_viewport_size({"width": 390, "height": 800})
    for address in ("/?actor=long", "/events/long/", "/actors/long/", "/actors/?q=W", "/quotes/?actor=long"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, address


def test_the_timeline_is_light_and_asks_nobody_else(page: Page, live_server: LiveServer) -> None:
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto("/", wait_until="networkidle")
    assert len(requests) < 20
    assert all(address.startswith(live_server.url) for address in requests)


def test_the_api_on_one_page_asks_nobody_else(page: Page, live_server: LiveServer) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/about/api/redoc/")
    expect(page.get_by_role("link", name="API docs by Redocly")).to_be_visible(timeout=30_000)
    expect(page.get_by_role("heading", name="Search").first).to_be_visible()
    assert [url for url in asked if not url.startswith((live_server.url, "data:", "blob:"))] == []


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_moves_while_a_page_loads(browser: Browser, live_server: LiveServer, record: None, width: int) -> None:
    context = browser.new_context(base_url=live_server.url, viewport={"width": width, "height": 800})
    context.add_init_script("""window.moved = 0;
        new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.moved += entry.value; })
            .observe({ type: "layout-shift", buffered: true });""")
    page = context.new_page()
    for address in (
        "/",
        "/events/2025-08-01-anthropic-revokes-openais-access/",
        "/disputes/claude-access/",
        "/quotes/",
    ):
        page.goto(address, wait_until="networkidle")
        assert page.evaluate("window.moved") < 0.01, address
    context.close()


def test_the_way_to_an_answer_needs_no_mouse(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("f")
    filters = page.get_by_role("complementary", name="Filters")
    expect(filters).to_be_focused()
    page.keyboard.press("Tab")
    expect(filters.get_by_role("link", name="revocation")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/?kind=revocation")
    expect(page.get_by_role("status")).to_have_text("1 event")
    expect(filters.get_by_role("link", name="revocation")).to_be_focused()  # the place is not lost
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Anthropic revokes OpenAI's access")


def test_the_many_months_can_be_passed_by(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Skip to the events").press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="newest")).to_be_focused()


def test_choosing_a_filter_renews_the_page_in_place_and_back_undoes_it(page: Page) -> None:
    page.goto("/")
    page.evaluate("window.stayed = true; window.scrollTo(0, 200)")
    page.get_by_role("complementary", name="Filters").get_by_role("link", name="deal").click()
    expect(page.get_by_role("status")).to_have_text("70 events")
    assert page.evaluate("[window.stayed, window.scrollY]") == [True, 200]
    page.get_by_label("Search the record").fill("story")
    page.get_by_label("Search the record").press("Enter")
    page.wait_for_url("**/?q=story&kind=deal")
    page.go_back()
    page.go_back()
    expect(page.get_by_role("status")).to_contain_text("71 events")
    page.locator("#year-2024").click()
    page.wait_for_url("**/?since=2024&until=2024")


def test_a_view_is_followed_from_where_it_is_seen(page: Page, queue: redis.Redis) -> None:
    page.goto("/?kind=lawsuit&actor=openai")
    page.get_by_text("Follow this view").click()
    for name in ("Atom", "RSS", "JSON Feed", "Calendar", "API", "CSV", "NDJSON"):
        link = page.get_by_role("group").get_by_role("link", name=name, exact=True)
        assert "kind=lawsuit" in str(link.get_attribute("href")), name
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="E-mail")).to_be_hidden()
    page.keyboard.press("Enter")  # the menu's name has the focus again
    page.get_by_role("link", name="E-mail").click()
    expect(page.get_by_label("What", exact=True)).to_have_value("actor:openai kind:lawsuit")
    page.get_by_label("Your address").fill("reader@example.org")
    page.get_by_role("button", name="Subscribe").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look into your mail")
