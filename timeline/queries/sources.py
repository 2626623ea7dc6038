"""How many tell of an event independently: articles that repeat another are folded under it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

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


def count_publishers(citations: Iterable[Citation]) -> int:
    """How many publishers tell of it in articles of their own."""
    return len({source.citation.article.publisher_id for source in fold_sources(citations)})
