"""What the pipeline asks of the record: the names it knows, and the events an article might tell of."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection

from timeline.models import Actor, ActorName, Event
from timeline.queries.plain.wanted import Part, read_parts

MOST_TOGETHER = 1000


@dataclass(frozen=True, slots=True)
class NamedActor:
    """An actor with all its names. `parent` is a slug."""

    id: int
    slug: str
    name: str
    kind: str
    aliases: tuple[str, ...]
    parent: str | None
    title: str


@dataclass(frozen=True, slots=True)
class NearEvent:
    """An event as matching needs it. `participants` are (actor slug, role); `titles` and `article_days` those of the
    articles whose news it is (what others recount in passing, even years later, dates nothing), `said` the words
    quoted from them."""

    id: int
    slug: str
    kind: str
    on: date
    precision: str
    state: str
    participants: tuple[tuple[str, str], ...]
    title: str
    titles: tuple[str, ...]
    article_days: tuple[date, ...]
    dispute: str | None
    said: tuple[str, ...] = ()


def get_names_version() -> tuple[int, int]:
    """A cheap value that changes when an actor or a name is added or changed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT max(updated_at) FROM timeline_actor), (SELECT max(id) FROM timeline_actorname)")
        newest, last = cursor.fetchone()
    return (int(newest.timestamp() * 1_000_000) if newest else 0, last or 0)


def list_named_actors() -> list[NamedActor]:
    """All actors with their names, by slug; as plain rows, since each new actor has workers read all of them again."""
    names: dict[int, list[str]] = defaultdict(list)
    for actor_id, name in ActorName.objects.order_by("actor_id", "position").values_list("actor_id", "name"):
        names[actor_id].append(name)
    rows = Actor.objects.order_by("slug").values_list("pk", "slug", "name", "kind", "parent__slug", "title")
    return [
        NamedActor(pk, slug, name, kind, tuple(n for n in names[pk] if n != name), parent, title)
        for pk, slug, name, kind, parent, title in rows
    ]


def list_near_events(*, spans: Iterable[tuple[date, date]], actors: Iterable[int] = ()) -> list[NearEvent]:
    """Events, proposed ones too, that may be what an article tells of, by id.

    Args:
        spans: first and last days; events that happened or were written about in any of them are listed. A date of
            month or year precision stands for all of its days.
        actors: ids; the latest MOST_TOGETHER events in which at least two of them take part are listed whatever their
            date.
    """
    ways = [*_find_by_days(_join_spans(spans)), *_find_by_actors(sorted(set(actors)))]
    if not ways:
        return []
    sql, values = " UNION ".join(sql for sql, _ in ways), [value for _, given in ways for value in given]
    with connection.cursor() as cursor:
        cursor.execute(_NEAR.format(sql), values)
        rows = cursor.fetchall()
    roles, articles, said = read_parts([_ROLES, _ARTICLES, _SAID], [row[0] for row in rows])
    return [
        NearEvent(
            id=pk,
            slug=slug,
            kind=kind,
            on=on,
            precision=precision,
            state=state,
            participants=tuple(roles[pk]),
            title=title,
            titles=tuple(told for told, _ in articles[pk]),
            article_days=tuple(day for _, day in articles[pk] if day),
            dispute=dispute,
            said=tuple(said[pk]),
        )
        for pk, slug, kind, on, precision, state, title, dispute in rows
    ]


# Ids first, each by an index of its own; what hangs on them by a list of ids, of which the planner knows the length.
_NEAR = """
SELECT e.id, e.slug, e.kind, e."on", e.precision, e.state, e.title, d.slug
FROM timeline_event e LEFT JOIN timeline_dispute d ON d.id = e.dispute_id
WHERE e.state IN ('proposed', 'published') AND e.id IN ({})
ORDER BY e.id
"""
_ROLES = Part(
    "SELECT p.event_id, a.slug, p.role FROM timeline_participation p JOIN timeline_actor a ON a.id = p.actor_id "
    "WHERE p.event_id = ANY(%s) ORDER BY p.position, p.id",
    lambda slug, role: (slug, role),
)
_ARTICLES = Part(
    "SELECT c.event_id, a.title, a.published_on "
    "FROM timeline_citation c JOIN timeline_article a ON a.id = c.article_id "
    "WHERE c.event_id = ANY(%s) AND c.main ORDER BY c.id",
    lambda title, day: (title, day),
)
_SAID = Part("SELECT event_id, text FROM timeline_quote WHERE event_id = ANY(%s) ORDER BY id", str)
_Way = tuple[str, list[Any]]


def _join_spans(spans: Iterable[tuple[date, date]]) -> list[tuple[date, date]]:
    """The same days in as few spans as there can be."""
    joined: list[tuple[date, date]] = []
    for since, until in sorted(spans):
        if joined and since <= joined[-1][1] + timedelta(days=1):
            joined[-1] = (joined[-1][0], max(until, joined[-1][1]))
        else:
            joined.append((since, until))
    return joined


def _find_by_days(spans: list[tuple[date, date]]) -> Iterator[_Way]:
    """Events of the days, those known by month or year standing at its first; and those of which articles of the days
    tell."""
    if not spans:
        return
    within = [day for span in spans for day in span]
    days = [since + timedelta(days=number) for since, until in spans for number in range((until - since).days + 1)]
    happened = " OR ".join(['"on" BETWEEN %s AND %s'] * len(spans))
    written = " OR ".join(["a.published_on BETWEEN %s AND %s"] * len(spans))
    firsts = {day.replace(day=1) for day in days}, {day.replace(month=1, day=1) for day in days}
    yield (
        "(SELECT id FROM timeline_event WHERE state IN ('proposed', 'published') AND "  # noqa: S608
        f"({happened}"
        " OR (precision = 'month' AND \"on\" = ANY(%s)) OR (precision = 'year' AND \"on\" = ANY(%s))))",
        [*within, *map(sorted, firsts)],
    )
    yield (
        "(SELECT c.event_id FROM timeline_citation c JOIN timeline_article a ON a.id = c.article_id "  # noqa: S608
        f"WHERE {written})",
        within,
    )


def _find_by_actors(ids: list[int]) -> Iterator[_Way]:
    """The latest events in which two of the actors take part."""
    pairs = [list(pair) for pair in itertools.combinations(ids, 2)]
    if pairs:
        together = " OR ".join(["actor_ids @> %s::bigint[]"] * len(pairs))
        yield (
            f"(SELECT id FROM timeline_event WHERE state IN ('proposed', 'published') AND ({together})"  # noqa: S608
            ' ORDER BY "on" DESC, id DESC LIMIT %s)',
            [*pairs, MOST_TOGETHER],
        )


def get_event_slugs(event_ids: Iterable[int]) -> dict[int, str]:
    """The slugs of events of any state, by their ids."""
    return dict(Event.objects.filter(pk__in=set(event_ids)).values_list("pk", "slug"))
