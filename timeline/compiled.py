"""Templates compiled to Python (Jinja2), for what stands many times on a page: entries, bars, choices, feeds' contents.

They lie beside Django's, end in .jinja, and say things in the same words: the functions and filters of
`templatetags.record`. Everything is escaped unless it is HTML already.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from django.template.defaultfilters import truncatechars
from django.urls import get_script_prefix, reverse
from jinja2 import Environment, StrictUndefined

from timeline.templatetags import bars, record, sources

_FILTERS = (record.acting, record.deciding, record.in_role, record.long_day, record.marked, record.number,
            record.role_words, record.since_text, record.until_text, record.web, record.words,
            sources.source_words)  # fmt: skip
_FUNCTIONS = (bars.bars, record.address, record.glyph, record.toggle, record.when)


def make_environment(**options: Any) -> Environment:
    """What `settings.TEMPLATES` names. A name that a template is not given is an error."""
    made = Environment(**{**options, "undefined": StrictUndefined})  # noqa: S701  (Django's backend sets autoescape)
    made.filters |= {one.__name__: one for one in (*_FILTERS, truncatechars)}
    made.globals |= {one.__name__: one for one in (*_FUNCTIONS, find_address)}
    made.globals["home"] = lambda: reverse("timeline")
    return made


def find_address(noun: str, slug: str) -> str:
    """The address of an event, an actor or a dispute; slugs are plain letters, digits and hyphens."""
    start, end = _find_ends(noun, get_script_prefix())
    return f"{start}{slug}{end}"


@cache
def _find_ends(noun: str, prefix: str) -> tuple[str, str]:
    """What stands around a slug, below the site's prefix; Django's `reverse` takes ten times as long."""
    start, _, end = reverse(noun, args=["slug"]).rpartition("slug")
    return start, end
