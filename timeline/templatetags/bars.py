"""The bars of the histogram, written in one go: a template takes ten times as long for two hundred of them."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from html import escape

from django import template
from django.urls import reverse
from django.utils.dateformat import format as format_date
from django.utils.safestring import SafeString, mark_safe

from timeline.charts import HEIGHT, Bar, Histogram, Piece
from timeline.templatetags.record import number

register = template.Library()


@register.simple_tag
def bars(histogram: Histogram) -> SafeString:
    """A link for each month that holds events; it narrows the view to that month."""
    home = escape(reverse("timeline"))
    written = [_write_bar(bar, home, histogram.about) for bar in histogram.bars]
    return mark_safe("\n    ".join(written))  # noqa: S308  (numbers, dates and our own words; the query is escaped)


def _write_bar(bar: Bar, home: str, about: bool) -> str:
    # Of what HTML knows a query string holds nothing but "&".
    address = f"{home}?{bar.query.replace('&', '&amp;')}" if bar.query else home
    month, name = _name_month(bar.first)
    label = f"{name}: {_count_events(bar.number, about)}"
    return (
        f'<a id="bar-{month}" href="{address}"{_CHOSEN if bar.chosen else ""} aria-label="{label}">'
        f"<title>{label}</title>{str(bar.x).join(_write_pieces(bar.pieces))}</a>"
    )


@lru_cache(maxsize=4096)
def _write_pieces(pieces: tuple[Piece, ...]) -> tuple[str, ...]:
    """The rectangles of a bar, cut where each says how far from the left it stands."""
    text = f'<rect class="reach" x="|" y="0" width="10" height="{HEIGHT}"/>' + "".join(
        f'<rect class="family-{family}" x="|" y="{y / 100}" width="8" height="{height / 100}"/>'
        for family, y, height in pieces
    )
    return tuple(text.split("|"))


@lru_cache(maxsize=4096)
def _name_month(first: date) -> tuple[str, str]:
    """The month as machines write it, and its name, which Django looks up in its translations each time."""
    return first.isoformat()[:7], format_date(first, "F Y")


@lru_cache(maxsize=4096)
def _count_events(many: int, about: bool) -> str:
    return f"{number(many, about)} event{'' if many == 1 else 's'}"


_CHOSEN = ' class="chosen"'
