"""Templates compiled to Python (Jinja2), for pages that are asked for often and what stands many times on a page.

They lie beside Django's, end in .jinja, and say things in the same words: the functions and filters of
`templatetags.record`. Everything is escaped unless it is HTML already.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from django.template.defaultfilters import force_escape, pluralize, urlencode
from django.templatetags.static import static
from django.urls import NoReverseMatch, get_script_prefix, reverse
from jinja2 import Environment, StrictUndefined

from timeline.frame import frame
from timeline.templatetags import bars, record, sources

_FILTERS = (record.acting, record.action_words, record.answering, record.at, record.beside, record.by_month,
            record.cut_short, record.deciding, record.glyph, record.in_role, record.linked_data, record.long_day,
            record.marked, record.number, record.role_words, record.since_text, record.status_words,
            record.tie_back_words, record.tie_words, record.until_text, record.web, record.when, record.with_q,
            record.words, sources.first_report, sources.folded, sources.publishers, sources.source_words,
            force_escape, urlencode)  # fmt: skip
_FUNCTIONS = (bars.bars, frame, record.address, record.exchange, record.toggle, static)


def make_environment(**options: Any) -> Environment:
    """What `settings.TEMPLATES` names. A name that a template is not given is an error."""
    made = Environment(**{**options, "undefined": StrictUndefined})  # noqa: S701  (Django's backend sets autoescape)
    made.filters |= {one.__name__: one for one in (*_FILTERS, address_of)} | {"plural": pluralize}
    made.globals |= {one.__name__: one for one in (*_FUNCTIONS, find_page)}
    return made


def find_page(name: str) -> str:
    """The address of a page that there is one of; "" where this site has none of that name."""
    return _find_page(name, get_script_prefix())


def address_of(slug: str, noun: str) -> str:
    """The address of an event, an actor or a dispute; slugs are plain letters, digits and hyphens."""
    start, end = _find_ends(noun, get_script_prefix())
    return f"{start}{slug}{end}"


@cache
def _find_page(name: str, prefix: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


@cache
def _find_ends(noun: str, prefix: str) -> tuple[str, str]:
    """What stands around a slug, below the site's prefix; Django's `reverse` takes ten times as long."""
    start, _, end = reverse(noun, args=["slug"]).rpartition("slug")
    return start, end
