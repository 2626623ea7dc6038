"""The article in a page."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.errors import ExtractError
from ingest.extract import extract_page
from ingest.extract.page import read_page
from ingest.types import Page

PAGES = Path(__file__).parent / "data" / "pages"
URL = "https://www.harbourpost.example/tech/vendor-shuts-out-rival"
BODY = (
    "<p>" + "</p><p>".join(f"Paragraph {n} says something about the matter, at some length." for n in range(4)) + "</p>"
)


def extract(name: str, url: str = URL, content_type: str = "text/html") -> Page:
    return extract_page((PAGES / name).read_bytes(), url, content_type)


def page(head: str = "", body: str = BODY, url: str = URL) -> Page:
    return extract_page(f"<html><head>{head}</head><body>{body}</body></html>".encode(), url, "text/html")


def test_a_newspapers_page() -> None:
    article = extract("newspaper.html", URL + "?fbclid=1")
    assert article.url == URL
    assert article.title == "Vendor shuts out a rival from its interface"
    assert article.author == "Ada Quill and Ben Marsh"
    assert article.publisher == "The Harbour Post"
    assert article.published_at == datetime(2025, 8, 1, 22, 10, tzinfo=UTC)
    assert article.language == "en"
    assert [text.split(" ")[0] for text in article.paragraphs] == ["The", "What", "Tests", "“We", "The", "The"]


def test_markup_inside_a_paragraph_joins_no_words_and_parts_none() -> None:
    assert extract("newspaper.html").paragraphs[2] == (
        "Tests of safety may go on, a spokeswoman said: “We will keep that door open.”"
    )


def test_a_page_of_tables_and_line_breaks() -> None:
    body = (PAGES / "tables.html").read_text().encode("cp1252")
    article = extract_page(body, "https://oldgazette.example/1206", "text/html")
    assert article.title == "The “leash” tightens"
    assert (article.author, article.publisher) == ("Cora Plume", "Old Gazette")
    assert article.published_at == datetime(2018, 12, 6, tzinfo=UTC)
    assert [text.split(" ")[1] for text in article.paragraphs] == ["first", "second", "third"]


def test_plain_text_begins_with_its_title() -> None:
    article = extract_page(b"A title\n\nFirst line\nof a paragraph.\n\n\nSecond.\n", URL, "text/plain; charset=utf-8")
    assert article.title == "A title"
    assert article.paragraphs == ("First line of a paragraph.", "Second.")


@pytest.mark.parametrize("body", [b"", b"<html></html>", b"<html><nav><a href='/'>Home</a></nav>", b"\0\0"])
def test_a_page_without_an_article(body: bytes) -> None:
    with pytest.raises(ExtractError):
        extract_page(body, URL, "text/html")


@pytest.mark.parametrize(
    ("shown", "declared", "heading", "title"),
    [
        ("A b c | Harbour Post", "", "", "A b c"),
        ("Harbour Post: A b c", "", "A b c", "A b c"),
        ("A b c", "A b c, in short", "A b c", "A b c"),
        ("A b c - Harbour Post", "A b c", "", "A b c"),
        ("Harbour Post", "A b c", "Subscribe", "A b c"),
        ("A b - c d e f | Harbour Post", "", "A b - c d e f", "A b - c d e f"),
    ],
)
def test_titles(shown: str, declared: str, heading: str, title: str) -> None:
    head = f"<title>{shown}</title>" + (f'<meta property="og:title" content="{declared}">' if declared else "")
    assert page(head, (f"<h1>{heading}</h1>" if heading else "") + BODY).title == title


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2025-08-01T22:10:00Z">',
        '<meta name="date" content="2025-08-02T00:10:00+02:00">',
        '<script type="application/ld+json">{"@type":"BlogPosting","datePublished":"2025-08-01T22:10:00Z"}</script>',
        '<script type="application/ld+json">[</script><meta itemprop="datePublished" content="2025-08-01 22:10">',
    ],
)
def test_times(head: str) -> None:
    assert page(head).published_at == datetime(2025, 8, 1, 22, 10, tzinfo=UTC)


@pytest.mark.parametrize("shown", ["August 1, 2025", "1 August 2025", "1st Aug 2025", "2025-08-01"])
def test_dates_that_are_only_shown(shown: str) -> None:
    assert page("", f"<h1>T</h1><div>By A. Quill</div><div>{shown}</div>{BODY}").published_at == datetime(
        2025, 8, 1, tzinfo=UTC
    )


def test_a_year_in_passing_is_no_date() -> None:
    assert page("", BODY + "<p>Copyright 2019 Harbour Post</p>", "https://a.example/news/2020/x").published_at is None


@pytest.mark.parametrize(
    ("declared", "kept"),
    [
        ("https://www.harbourpost.example/short", True),
        ("/short", True),
        ("https://www.harbourpost.example/", False),
        ("https://elsewhere.example/short", False),
        ("javascript:alert(1)", False),
    ],
)
def test_only_an_address_of_the_same_site_is_believed(declared: str, kept: bool) -> None:
    article = page(f'<link rel="canonical" href="{declared}">')
    assert article.url == ("https://www.harbourpost.example/short" if kept else URL)


def test_an_outsize_page_is_read_in_a_child_with_the_same_result() -> None:
    body = f"<html><body><h1>T</h1>{BODY}<div class='related'>{'<p>x</p>' * 20_000}</div></body></html>".encode()
    assert extract_page(body, URL, "text/html") == read_page(body, URL, "text/html")


def test_a_page_made_to_take_all_memory_is_refused() -> None:
    with pytest.raises(ExtractError):
        extract_page(b"<html><body>" + b"a<br>" * 900_000, URL, "text/html")
