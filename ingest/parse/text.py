"""Markup of strangers to one line of plain text."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

import nh3

from ingest.canonical import clean_text, plain_text

LONGEST_TITLE = 500
LONGEST_SUMMARY = 4_000
LONGEST_URL = 2_000
_MARKUP_PER_CHARACTER = 20
_BREAKS = re.compile(r"<(?=/?(?:p|br|div|li|ul|ol|h[1-6]|td|tr|blockquote|hr|dt|dd|section|article)\b)", re.I)
_BLANKS = re.compile(r"[\x00-\x20\x7f]+")


def line_of_html(markup: str, longest: int) -> str:
    """The words of an HTML fragment in one line; scripts, styles and all tags gone.

    Args:
        markup: HTML, or text with character references.
        longest: how many characters to keep.
    """
    markup = markup[: longest * _MARKUP_PER_CHARACTER]
    if "<" in markup:
        # A tag that stands for a break must not join the words around it.
        markup = nh3.clean(_BREAKS.sub(" <", markup), tags=set(), strip_comments=True)
    return cut(plain_text(markup) if "&" in markup else clean_text(markup), longest)


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
    if not (href := _BLANKS.sub("", href)):
        return ""
    try:
        url = href if href.startswith(("https://", "http://")) else urljoin(base, href)
        parts = urlsplit(url)
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return ""
    return url if is_web and len(url) <= LONGEST_URL else ""
