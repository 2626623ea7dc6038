"""One form for one address."""

from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.addresses import canonical_url, same_site, url_hash, url_key


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTP://News.Example:80/a/../b", "http://news.example/b"),
        ("https://news.example/a?utm_source=x&id=3&fbclid=y#top", "https://news.example/a?id=3"),
        ("https://user:secret@news.example/a", "https://news.example/a"),
        ("https://m.news.example/a", "https://www.news.example/a"),
        ("https://en.m.wikipedia.org/wiki/API", "https://en.wikipedia.org/wiki/API"),
        ("https://www.google.com/amp/s/news.example/a/amp/", "https://news.example/a"),
        ("https://news-example.cdn.ampproject.org/c/s/news.example/a", "https://news.example/a"),
        ("https://news.example/amp/a", "https://news.example/a"),
        ("https://news.example/a.amp.html", "https://news.example/a.html"),
        ("https://news.example/index.html", "https://news.example/"),
        ("https://news.example", "https://news.example/"),
        ("https://exämple.de/ö", "https://xn--exmple-cua.de/%C3%B6"),
        ("http://127.0.0.1:8000/a", "http://127.0.0.1:8000/a"),
        ("http://[::1]:8000/a", "http://[::1]:8000/a"),
        ("https://news.example/a?ref=home&page=2", "https://news.example/a?page=2"),
    ]
    + [(bad, "") for bad in ("", "mailto:a@b.example", "javascript:alert(1)", "/relative", "http://[::1", "http://")],
)
def test_canonical_addresses(url: str, expected: str) -> None:
    assert canonical_url(url) == expected


@given(st.text(max_size=60))
def test_canonical_form_is_final(text: str) -> None:
    once = canonical_url("https://news.example/" + text)
    assert canonical_url(once) == once


@given(
    st.from_regex(
        r"https?://(www|m|en|xn--a|mobile|amp|news)(\.m|\.mobile|\.example|\.amp)?\.(example|org|co\.uk|museum|cdn)"
        r"(/(amp|index|default|Index|a|b|\.|\.\.|[-A-Za-z0-9_.~]{0,4})(\.html?|\.php|\.aspx?|\.amp|/)?){0,3}/?",
        fullmatch=True,
        alphabet=st.characters(codec="ascii"),
    )
)
def test_what_is_in_its_normal_form_is_left_as_the_long_way_leaves_it(url: str) -> None:
    with mock.patch("timeline.addresses._is_plain", return_value=False):
        expected = canonical_url.__wrapped__(url), url_key(url)
    assert (canonical_url.__wrapped__(url), url_key(url)) == expected


@pytest.mark.parametrize(
    "other",
    [
        "http://news.example/a?b=1&c=2",
        "https://www.news.example/a/?c=2&b=1",
        "https://news.example/a?c=2&b=1&utm_medium=x",
    ],
)
def test_one_page_has_one_key(other: str) -> None:
    one = "https://news.example/a?b=1&c=2"
    assert url_key(one) == url_key(other)
    assert url_hash(one) == url_hash(other)


def test_two_pages_have_two_keys() -> None:
    assert len({url_key(f"https://news.example/{page}") for page in ("a", "b", "a?page=2", "A", "a/b")}) == 5


def test_sites_are_registrable_domains() -> None:
    assert same_site("https://www.bbc.co.uk/a", "https://news.bbc.co.uk/b")
    assert not same_site("https://a.co.uk/", "https://b.co.uk/")
    assert not same_site("https://one.example/", "https://two.example/")
