"""Markup of strangers to one line of plain text."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

import nh3

from ingest.canonical import clean_text, plain_text

LONGEST_TITLE = 500
LONGEST_SUMMARY = 4_000
LONGEST_URL = 2_000
_MARKUP_PER_CHARACTER = 20


def line_of_html(markup: str, longest: int) -> str:
    """The words of an HTML fragment in one line; scripts, styles and all tags gone.

    Args:
        markup: HTML, or text with character references.
        longest: how many characters to keep.
    """
    markup = markup[: longest * _MARKUP_PER_CHARACTER]
    if "<" in markup:
        spaced = markup.replace("<", " <") if "</" in markup or "<br" in markup else markup
        markup = nh3.clean(spaced, tags=set(), strip_comments=True)
    return cut(plain_text(markup), longest)


def line_of_text(text: str, longest: int) -> str:
    """Plain text in one line."""
    return cut(clean_text(text), longest)


def cut(text: str, longest: int) -> str:
    """The text itself, or its beginning up to a word's end with an ellipsis."""
    if len(text) <= longest:
        return text
    return text[: longest - 1].rsplit(" ", 1)[0] + "…"


def web_address(href: str, base: str) -> str:
    """`href` as an absolute http or https address, "" where it is none."""
    try:
        url = urljoin(base, "".join(char for char in href.strip() if char > " "))
        parts = urlsplit(url)
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return ""
    return url if is_web and len(url) <= LONGEST_URL else ""
