"""What templates say about the record: dates, kinds, links that change the filter, marks around words found."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.template.defaultfilters import truncatechars
from django.utils.dateformat import format as format_date
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from markupsafe import escape

from timeline.addresses import NO_ADDRESS, is_stand_in, known_address
from timeline.filters import EventFilter, write_since, write_until
from timeline.marks import MARK_END, MARK_START

register = template.Library()

_SCRIPT_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
_PLAIN = re.compile("[\0-\u02ff\u2010-\u2027\u20a0-\u20bf]*")  # letters, dashes and quotation marks that stand alone
_FORMATS = {"day": "j F Y", "month": "F Y", "year": "Y"}
_SHORT_FORMATS = {"day": "j M Y", "month": "M Y", "year": "Y"}
_MONTH_FORMATS = {"day": "j M", "month": "M", "year": "Y"}
_MACHINE_FORMATS = {"day": "Y-m-d", "month": "Y-m", "year": "Y"}
_STYLES = {"full": _FORMATS, "short": _SHORT_FORMATS, "month": _MONTH_FORMATS}
_ROLES = {
    "initiator": "acts",
    "target": "is acted on",
    "affected": "is affected",
    "subject": "is what it is about",
    "commentator": "comments",
    "court": "decides",
}
_TIES = {
    "responds-to": ("responds to", "is answered by"),
    "escalates": ("escalates", "is escalated by"),
    "reverses": ("reverses", "is reversed by"),
    "follows": ("follows", "is followed by"),
    "precedent": ("has a precedent in", "is a precedent of"),
}
_ACTIONS = {
    "create": "entered",
    "correct": "corrected",
    "publish": "published",
    "cite": "source added",
    "merge": "merged",
    "split": "split",
    "withdraw": "withdrawn",
}
_FIELDS_OF_MACHINES = frozenset({
    "actor_ids", "clause_ids", "dispute_id", "dropped", "into_id", "moved", "new_id", "quote_id", "quote_ids", "roles",
    "same_as", "speaker", "undoes",
})  # fmt: skip
_STATUSES = {
    "alleged": "Alleged: one side says so",
    "reported": "Reported by the press",
    "confirmed": "Confirmed",
    "reversed": "Since reversed",
}


@register.simple_tag
@lru_cache(maxsize=64)
def glyph(kind: str) -> SafeString:
    """The small picture of a kind; the word beside it says the same."""
    return format_html('<svg class="glyph" aria-hidden="true"><use href="#kind-{}"></use></svg>', kind)


@register.simple_tag
def when(event: Any, style: str = "full") -> SafeString:
    """The date of an event, as exact as it is known; `style` is full, short, month (below its month's name) or text."""
    return SafeString(describe_day(event)) if style == "text" else _write_day(event.on, event.precision, style)


def describe_day(event: Any) -> str:
    """The date of an event for people, as exact as it is known."""
    return str(format_date(event.on, _FORMATS[event.precision]))


@lru_cache(maxsize=4096)
def _write_day(on: date, precision: str, style: str) -> SafeString:
    text = format_date(on, _STYLES[style][precision])
    return format_html('<time datetime="{}">{}</time>', format_date(on, _MACHINE_FORMATS[precision]), text)


@register.filter
@lru_cache(maxsize=4096)
def long_day(day: date) -> str:
    """A day with its month's name; Django's own filter looks for the reader's language each time."""
    return str(format_date(day, "j F Y"))


@register.simple_tag
def linked_data(described: dict[str, Any]) -> SafeString:
    """A data block for machines. What could end the block early is written as JavaScript escapes, as in json_script."""
    text = json.dumps(described, ensure_ascii=False).translate(_SCRIPT_ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308  (see above)


@register.filter
def number(value: int, about: bool = False) -> str:
    """A number as people read it: with commas, and where it is only about right with two figures that count."""
    if not about:
        return f"{value:,}"
    return f"about {round(value, 2 - len(str(value))):,}"


@register.filter
def words(value: str) -> str:
    """A kind, relation or other name as people write it."""
    return value.replace("-", " ")


@register.filter
def role_words(role: str) -> str:
    """What somebody in the role does."""
    return _ROLES.get(role, role)


@register.filter
def status_words(status: str) -> str:
    """What the status claims, and no more."""
    return _STATUSES.get(status, status)


@register.filter
def web(url: str) -> str:
    """An address on the web, as it is; nothing for one that a browser would run (javascript: and its like)."""
    return url if urlsplit(url).scheme in ("http", "https") else ""


@register.filter
def linked_to(text: str, url: str) -> SafeString:
    """The text as a link to a page of somebody else's; the text alone where nobody knows the page's address."""
    address = web(known_address(url) or "")
    link = f'<a href="{escape(address)}" rel="noopener nofollow">{escape(text)}</a>' if address else escape(text)
    return SafeString(link)


@register.filter
def tie_words(relation: str) -> str:
    """What an event does to the one it is tied to."""
    return _TIES.get(relation, (relation, relation))[0]


@register.filter
def tie_back_words(relation: str) -> str:
    """The same tie, seen from the other end."""
    return _TIES.get(relation, (relation, relation))[1]


@register.filter
def action_words(action: str) -> str:
    """What was done to an entry."""
    return _ACTIONS.get(action, action)


@register.filter
def marked(text: str) -> SafeString:
    """The text escaped, with the words found in <mark>; by markupsafe, Django's escaping takes ten times as long."""
    return SafeString(str(escape(text)).replace(MARK_START, "<mark>").replace(MARK_END, "</mark>"))


@register.filter
def cut_short(text: str, length: int) -> str:
    """The text, or as much of it as has `length` characters with an ellipsis: Django's truncatechars.

    That goes through the text a character at a time, since those that stand on others are not counted. Where there are
    none of them it needs not.
    """
    if _PLAIN.match(text).end() < min(len(text), length + 1):  # type: ignore[union-attr]  # it matches nothing, too
        return str(truncatechars(text, length))
    return text if len(text) <= length else f"{text[: length - 1]}…"


@register.filter
def field_changes(change: Any) -> list[tuple[str, str, str]]:
    """The fields of a change that people read, before and after; ids of rows and what is empty are left out."""
    names = [name for name in {**change.before, **change.after} if name not in _FIELDS_OF_MACHINES]
    pairs = [(name, _join(change.before.get(name)), _join(change.after.get(name))) for name in names]
    return [(words(name.replace("_", "-")), before, after) for name, before, after in pairs if before or after]


@register.filter
def percent(share: float) -> str:
    """A share from 0 to 1 in whole percent."""
    return f"{share:.0%}".replace("%", "\u202f%")


@register.filter
def by_month(events: Iterable[Any]) -> list[tuple[str, list[Any]]]:
    """Events under the name of their month; those whose month is unknown under their year's."""
    return [
        (label, list(rows)) for label, rows in groupby(events, lambda event: _name_month(event.on, event.precision))
    ]


@register.filter
def acting(participations: Iterable[Any]) -> list[Any]:
    """The actors who act; where nobody does, those who decide."""
    parts = list(participations)
    return in_role(parts, "initiator") or in_role(parts, "court")


@register.filter
def deciding(participations: Iterable[Any]) -> list[Any]:
    """The actors who decide what others act on."""
    parts = list(participations)
    return in_role(parts, "court") if in_role(parts, "initiator") else []


def sides(participations: Iterable[Any]) -> tuple[list[Any], list[Any], list[Any], list[Any]]:
    """Who acts, on whom, before which court, about what, in one go: `acting`, `deciding` and two of `in_role`."""
    by_role = defaultdict[str, list[Any]](list)
    for part in participations:
        by_role[part.role].append(part.actor)
    acts, courts = by_role["initiator"], by_role["court"]
    return acts or courts, by_role["target"], courts if acts else [], by_role["subject"]


@register.filter
def in_role(participations: Iterable[Any], role: str) -> list[Any]:
    """The actors that have the role."""
    return [part.actor for part in participations if part.role == role]


@register.filter
def at(mapping: Mapping[str, str], key: str) -> str:
    """The value of a key that is itself a variable; the key where there is none."""
    return mapping.get(key, key)


@register.filter
def with_q(asked: EventFilter, q: str) -> EventFilter:
    """The filter with other words."""
    return replace(asked, q=q)


@register.filter
def since_text(day: date | None) -> str:
    """A first day as it is typed: the shortest text that means it."""
    return write_since(day)


@register.filter
def until_text(day: date | None) -> str:
    """A last day as it is typed: the shortest text that means it."""
    return write_until(day)


@register.filter
def answering(links_back: Iterable[Any]) -> list[Any]:
    """The events that answer, of the ties that lead here."""
    return [link.event for link in links_back if link.relation == "responds-to"]


@register.filter
def beside(title: str, employer: Any) -> str:
    """A person's title where the employer's name stands beside it, if one does: “CEO” of “CEO, OpenAI”."""
    return title.removesuffix(f", {employer.name}") if employer else title


def _join(value: Any) -> str:
    parts = value if isinstance(value, list) else [value]
    return ", ".join(_print_part(part) for part in parts if part not in (None, ""))


def _print_part(part: Any) -> str:
    """A value of a change as people read it: a row such as a participation by what it holds."""
    text = " ".join(str(value) for value in part.values() if value) if isinstance(part, dict) else str(part)
    return NO_ADDRESS if is_stand_in(text) else text


@lru_cache(maxsize=4096)
def _name_month(on: date, precision: str) -> str:
    name = format_date(on, _FORMATS["year" if precision == "year" else "month"])
    return f"{name}, month unknown" if precision == "year" else name
