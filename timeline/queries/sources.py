"""How many tell of an event independently: articles that repeat another are folded under it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from timeline.models import Citation


@dataclass(slots=True)
class Source:
    """A citation that stands on its own, and those whose articles repeat its article."""

    citation: Citation
    copies: list[Citation] = field(default_factory=list)


def fold_sources(citations: Iterable[Citation]) -> list[Source]:
    """The independent sources, in the order given. A copy whose original is not cited here stands on its own."""
    rows = list(citations)
    sources = {row.article_id: Source(row) for row in rows}
    for row in rows:
        original = sources.get(row.article.original_id) if row.article.original_id else None
        if original is not None and original.citation is not row:
            original.copies.append(row)
            del sources[row.article_id]
    return list(sources.values())


@dataclass(frozen=True, slots=True)
class FirstReport:
    """Who told of it first, and when (None where no source has a date), and how many articles only repeat others."""

    publisher: str
    day: date | None
    moment: datetime | None
    copies: int


def find_first(sources: Iterable[Source]) -> FirstReport:
    """The earliest of the independent sources; a day counts from its first moment."""
    rows = list(sources)
    dated = [row.citation.article for row in rows if row.citation.article.published_on]
    copies = sum(len(row.copies) for row in rows)
    if not dated:
        return FirstReport("", None, None, copies)
    first = min(dated, key=lambda article: (article.published_on, article.published_at is None, article.published_at))
    return FirstReport(first.publisher.name, first.published_on, first.published_at, copies)


def count_publishers(citations: Iterable[Citation]) -> int:
    """How many publishers tell of it in articles of their own."""
    return len({source.citation.article.publisher_id for source in fold_sources(citations)})
