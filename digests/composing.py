"""The words of a digest's mail: subject, plain text and HTML, once for all readers who are told the same.

Links and the address differ from reader to reader; they stand as marks in what is composed, and are put in at the end.
So ten thousand readers of one filter cost one composition.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import css_inline
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from digests.choosing import Choice
from digests.contents import Contents, build_contents, write_date
from digests.marks import Pattern, add_escaped, fill_text, make_mark
from digests.wording import describe_query

LARGEST: Final = 95_000  # bytes of HTML; a well-known mail program cuts mails off at 102 kB
# Events told in full and in one line, and corrections: until it is small enough.
_STEPS: Final = ((20, 60, 20), (12, 60, 20), (6, 50, 12), (0, 40, 8))
_KEPT: Final = 64  # compositions kept for further readers
# A line of more than 998 bytes would have the mail recoded (RFC 5322, 2.1.1), and links are yet to be put into it.
_LONG_LINE: Final = re.compile(rb"([^\n]{200,500}?) ")
_NAMES: Final = ("address", "manage", "unsubscribe", "read")
# What a browser that shows a mail may do, in place of the site's directives; what is not named here stays as it is.
MAIL_POLICY: Final = {
    "default-src": ["'none'"],
    "style-src": ["'unsafe-inline'"],  # a mail's styles stand in its elements; it holds no script
    "img-src": ["'none'"],
    "form-action": ["'none'"],
    "frame-ancestors": ["'self'"],
}
_INLINER: Final = css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)


@dataclass(frozen=True, slots=True)
class Composition:
    """A mail's words. As composed, marks stand for the reader's own values. `empty` where nothing is left to tell."""

    subject: str
    text: str
    html: str
    empty: bool = False

    def fill(self, values: dict[str, str]) -> Composition:
        """The same with a reader's values in place of the marks: `address`, `manage`, `unsubscribe`, `read`."""
        known = add_escaped(values)
        return replace(self, text=fill_text(self.text, known), html=fill_text(self.html, known))


class Composer:
    """Composes mails, and keeps the last ones for further readers who are told the same. Good for one run of sending:
    a later one composes anew, since the record may have changed.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[object, ...], Composition] = OrderedDict()
        self._patterns: OrderedDict[Composition, Pattern | None] = OrderedDict()

    def compose(self, choice: Choice, *, day: date, rhythm: str, query: str, language: str) -> Composition:
        """The mail that tells of a choice.

        Args:
            choice: what it tells of.
            day: of the window, in the reader's zone.
            rhythm: of the subscription.
            query: the filter's query string, for the link to all of its events.
            language: of dates.
        """
        key = (choice, day, rhythm, query, language)
        if key not in self._kept:
            self._kept[key] = _compose(choice, day, rhythm, query, language)
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return self._kept[key]

    def get_pattern(self, words: Composition, write: Callable[[Composition], Pattern | None]) -> Pattern | None:
        """What `write` makes of a composition, made once and kept likewise."""
        if words not in self._patterns:
            self._patterns[words] = write(words)
            if len(self._patterns) > _KEPT:
                self._patterns.popitem(last=False)
        return self._patterns[words]


def _compose(choice: Choice, day: date, rhythm: str, query: str, language: str) -> Composition:
    with translation.override(language):
        written = write_date(day)
    for full, brief, fixes in _STEPS:
        contents = build_contents(choice, language=language, full=full, brief=brief, fixes=fixes)
        composition = _render(contents, written, rhythm, query)
        if len(composition.html.encode()) <= LARGEST:
            break
    return composition


def _render(contents: Contents, day: str, rhythm: str, query: str) -> Composition:
    context = {"contents": contents, "day": day, "rhythm": rhythm, "site": settings.SITE_URL, "query": query}
    context["what"] = describe_query(query)
    marks = {name: make_mark(name) for name in _NAMES}
    html_marks = {name: make_mark(f"html_{name}") for name in _NAMES}
    return Composition(
        subject=join_lines(render_to_string("digests/digest.subject.txt", context)),
        text=render_to_string("digests/digest.txt", context | marks).strip() + "\n",
        html=inline_css(render_to_string("digests/digest.html", context | html_marks)),
        empty=not (contents.number or contents.fixes),
    )


def inline_css(html: str) -> str:
    """The page with its rules written into its elements, as mail programs need it; @media rules stay."""
    page: str = _INLINER.inline(html)
    page = "\n".join(line for line in page.splitlines() if line.strip()) + "\n"
    return _LONG_LINE.sub(rb"\1\n", page.encode()).decode()


def join_lines(text: str, longest: int = 180) -> str:
    """One line of a text, cut at a word: what a header may hold."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1].rsplit(" ", 1)[0] + "…"
