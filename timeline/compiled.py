"""Templates compiled to Python (Jinja2), for pages that are asked for often and what stands many times on a page.

They lie beside Django's, end in .jinja, and say things in the same words: the functions and filters of
`templatetags`. Everything is escaped unless it is HTML already.
"""

from __future__ import annotations

from typing import Any

from django.template.defaultfilters import force_escape, pluralize, urlencode
from django.templatetags.static import static
from jinja2 import Environment, StrictUndefined

from timeline.frame import frame
from timeline.templatetags import bars, links, record, sources

_FILTERS = (record.acting, record.action_words, record.answering, record.at, record.beside, record.by_month,
            record.cut_short, record.deciding, record.glyph, record.in_role, record.linked_data, record.linked_to,
            record.long_day, record.marked, record.number, record.role_words, record.sides, record.since_text,
            record.status_words, record.tie_back_words, record.tie_words, record.until_text, record.web, record.when,
            record.with_q, record.words, sources.first_report, sources.first_words, sources.folded, sources.publishers,
            sources.source_words, links.address_of, links.named, links.within, force_escape, urlencode)  # fmt: skip
_FUNCTIONS = (bars.bars, frame, links.address, links.exchange, links.find_page, links.toggle, links.toggles, static)


def make_environment(**options: Any) -> Environment:
    """What `settings.TEMPLATES` names. A name that a template is not given is an error."""
    made = Environment(**{**options, "undefined": StrictUndefined})  # noqa: S701  (Django's backend sets autoescape)
    made.filters |= {one.__name__: one for one in _FILTERS} | {"plural": pluralize}
    made.globals |= {one.__name__: one for one in _FUNCTIONS}
    return made
