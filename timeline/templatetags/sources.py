"""What templates say about the sources of an event: who told of it, who first, how many on their own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template

from timeline.queries.sources import FirstReport, Source, Telling, count_publishers, find_first, fold_sources

register = template.Library()

NAMED_FIRST = 3


@register.filter
def folded(citations: Iterable[Any]) -> list[Source]:
    """The independent sources, each with those that repeat it."""
    return fold_sources(citations)


@register.filter
def first_report(sources: Iterable[Source]) -> FirstReport:
    """Who told of it first, and when."""
    return find_first(sources)


@register.filter
def first_words(first: FirstReport) -> str:
    """Who told of it first, by name where they are few."""
    *others, last = first.publishers
    if len(others) > NAMED_FIRST - 1:
        return f"{len(others) + 1} publishers"
    return f"{', '.join(others)} and {last}" if others else last


@register.filter
def publishers(citations: Iterable[Any]) -> Telling:
    """How many publishers tell of it on their own, and whether parties to it do."""
    return count_publishers(citations)


@register.filter
def source_words(told: Telling) -> str:
    """How many sources tell of it on their own; one alone is independent of nobody but of the parties."""
    if told.publishers > 1:
        return f"{told.publishers} independent sources"
    if told.publishers:
        return "1 independent source" if told.parties else "1 source"
    return "told only by those who take part" if told.parties else "no source yet"
