"""How many tell of an event independently: articles that repeat another are folded under it, parties are not counted.

What somebody publishes of his own doings is a source, and often the best one, but it confirms nothing. A publisher is
a party's where the name is one of the party's, or begins with one and stands at the party's address ("OpenAI Help
Center" at help.openai.com); owners and what they own are one. Who only comments is no party.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from timeline.models import Citation
from timeline.queries.plain.wanted import fetch

# Whether a party published what a citation c cites, of the publisher u. OFFSET 0: who has the publisher's name is found
# first, by the index of names, and mostly that is nobody; in large records PostgreSQL would rather begin with all who
# take part.
BY_PARTY = """EXISTS (
    SELECT FROM (
        SELECT o.id, o.parent_id FROM timeline_actorname n JOIN timeline_actor o ON o.id = n.actor_id
        WHERE lower(n.name) IN (lower(u.name), lower(split_part(u.name, ' ', 1)),
                                lower(split_part(u.name, ' ', 1) || ' ' || split_part(u.name, ' ', 2)))
        AND (lower(n.name) = lower(u.name) OR o.kind = 'person'
             OR '.' || u.host LIKE '%%.' || substring(o.url FROM '^https?://(?:www[.])?([^/:]+)'))
        OFFSET 0
    ) AS o
    JOIN timeline_participation t ON t.event_id = c.event_id AND t.role <> 'commentator'
    JOIN timeline_actor a ON a.id = t.actor_id
    WHERE o.id IN (a.id, a.parent_id) OR o.parent_id IN (a.id, a.parent_id)
)"""
OWN = f"""
    SELECT c.id, {BY_PARTY} FROM timeline_citation c JOIN timeline_article r ON r.id = c.article_id
    JOIN timeline_publisher u ON u.id = r.publisher_id WHERE c.event_id = ANY(%s)
"""  # noqa: S608  (no text of others)


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
    """Who told of it first, and how many articles only repeat others.

    Attributes:
        publishers: one, or all who did so on the first day where nobody knows who of them was earlier.
        day: None where no source has a date.
        moment: where it is known of the first.
        undated: whether sources without a date may be earlier.
    """

    publishers: tuple[str, ...]
    day: date | None
    moment: datetime | None
    undated: bool
    copies: int


def find_first(sources: Iterable[Source]) -> FirstReport:
    """The earliest of the independent sources; one of which only the day is known may be of any hour of it."""
    rows = list(sources)
    articles = [row.citation.article for row in rows]
    copies = sum(len(row.copies) for row in rows)
    day = min((article.published_on for article in articles if article.published_on), default=None)
    if day is None:
        return FirstReport((), None, None, bool(rows), copies)
    same = [article for article in articles if article.published_on == day]
    moment = min((article.published_at for article in same if article.published_at), default=None)
    first = [article for article in same if article.published_at in (None, moment)]
    names = tuple(dict.fromkeys(article.publisher.name for article in first))
    known = moment if all(article.published_at for article in first) else None
    return FirstReport(names, day, known, not all(article.published_on for article in articles), copies)


@dataclass(frozen=True, slots=True)
class Telling:
    """Who tells of an event in articles of their own: how many publishers, and whether parties to it do so too."""

    publishers: int
    parties: bool


def count_publishers(citations: Iterable[Citation]) -> Telling:
    """Who tells of it; the citations know whether they are `by_party`."""
    rows = [source.citation for source in fold_sources(citations)]
    others = {row.article.publisher_id for row in rows if not row.by_party}
    return Telling(len(others), any(row.by_party for row in rows))


def find_own(event_ids: Collection[int]) -> set[int]:
    """The ids of those of the events' citations that cite what a party published."""
    return {pk for pk, by_party in fetch([OWN], event_ids)[0] if by_party}
