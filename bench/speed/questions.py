"""What is asked of the record: each question as the site asks it and as the best bare SQL for the same rows."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import connection

from timeline.filters import EventFilter
from timeline.marks import MARK_END, MARK_START
from timeline.queries import events, facets, tallies
from timeline.queries.entries import read_entries
from timeline.queries.found import get_cap
from timeline.querysets import SHARES

ROWS = 30
_MARKS = f"HighlightAll=true, StartSel={MARK_START}, StopSel={MARK_END}"


@dataclass(frozen=True, slots=True)
class Question:
    """A filter, where its page begins, and the same as conditions of SQL."""

    asked: EventFilter
    where: str = "true"
    values: tuple[Any, ...] = ()
    cursor: str = ""
    after: tuple[date, int] | None = None
    bases: tuple[tuple[str, tuple[Any, ...], tuple[str, ...]], ...] = ()
    tsquery: str = ""


def ask(question: Question) -> None:
    """As the timeline's page does where it holds nothing."""
    first = None
    if not question.cursor:
        first = facets.summarize(question.asked, first=ROWS + 1).first
        facets.get_years()
    page = events.list_heads(question.asked, cursor=question.cursor, size=ROWS, first=first)
    read_entries([row.pk for row in page.rows], question.asked.q)


def ask_bare(question: Question) -> None:
    """By hand: one statement for the rows with all that hangs on them, one or two for the counts."""
    with connection.cursor() as cursor:
        sql, values = _write_page(question)
        cursor.execute(sql, values)
        cursor.fetchall()
        if question.after is None:
            bases = question.bases or ((question.where, question.values, _ALL),)
            for where, given, names in bases:
                _count(cursor, where, given, names)
            cursor.execute('SELECT min("on"), max("on") FROM timeline_event WHERE state = \'published\'')
            cursor.fetchall()


_ALL = ("kind", "status", "dispute", "month", "actor")
_COUNTS = {
    "all": "SELECT 'all', NULL::text, NULL::date, count(*) FROM found",
    "kind": "SELECT 'kind', kind, NULL, count(*) FROM found GROUP BY 2",
    "status": "SELECT 'status', status, NULL, count(*) FROM found GROUP BY 2",
    "month": "SELECT 'month', kind, date_trunc('month', \"on\"::timestamp)::date, count(*) FROM found GROUP BY 2, 3",
    "dispute": "(SELECT 'dispute', dispute_id::text, NULL, count(*) FROM found WHERE dispute_id IS NOT NULL"
    " GROUP BY dispute_id ORDER BY 4 DESC, dispute_id LIMIT %s)",
    "actor": "(SELECT 'actor', actor::text, NULL, count(*) FROM (SELECT unnest(actor_ids) AS actor FROM found) AS part"
    " WHERE actor <> ALL(%s) GROUP BY actor ORDER BY 4 DESC, actor LIMIT %s)",
}


def _count(cursor: Any, where: str, given: tuple[Any, ...], names: tuple[str, ...]) -> None:
    """The counts by hand, of the same events as the site looks at (`timeline/queries/tallies.py`)."""
    values = {"dispute": [50], "actor": [[], 50]}
    counts = " UNION ALL ".join(_COUNTS[name] for name in ("all", *names))
    more = [value for name in names for value in values.get(name, [])]
    found = f"FROM timeline_event WHERE state = 'published' AND {where}"
    start = f'WITH found AS MATERIALIZED (SELECT id, "on", kind, status, dispute_id, actor_ids {found}'
    cursor.execute(f"{start} AND mod(id, {tallies.COARSE}) = 0) {counts}", [*given, *more])
    if next(row[3] for row in cursor.fetchall() if row[0] == "all") >= tallies.SURE_OF_ALL or where == "true":
        return
    cursor.execute(f"SELECT count(*) {found} AND {_share(tallies.PROBED)}", given)
    share = tallies.choose_share(cursor.fetchone()[0])
    part = f" AND {_share(share)}" if share > 1 else f" LIMIT {tallies.COUNT_CAP + 1}"
    cursor.execute(f"{start}{part}) {counts}", [*given, *more])
    cursor.fetchall()


def _share(share: int) -> str:
    """One event in `share`, by the indexes."""
    powers = f"ARRAY{list(SHARES)}::bigint[]"
    small = " AND mod(id, 8) = 0" if share >= 8 else ""
    return f"({powers})[1:width_bucket(id & -id, {powers})] @> ARRAY[{share}::bigint]{small}"


def _write_page(question: Question) -> tuple[str, list[Any]]:
    where, values = question.where, list(question.values)
    if question.after is not None:
        where += ' AND ("on", id) < (%s, %s)'
        values += question.after
    inner = f"SELECT * FROM timeline_event WHERE state = 'published' AND {where} ORDER BY \"on\" DESC, id DESC LIMIT 31"
    if question.asked.order == "relevance":
        found = f"SELECT * FROM timeline_event WHERE state = 'published' AND {where} ORDER BY \"on\" DESC, id DESC LIMIT {{}}"
        found = found.format(get_cap())
        inner = f"SELECT * FROM ({found}) f ORDER BY ts_rank(search, {question.tsquery}, 1) DESC, id DESC LIMIT 31"
    marks = ""
    if question.tsquery:
        marks = "".join(
            f", ts_headline('english', e.{name}, {question.tsquery}, '{_MARKS}')" for name in ("title", "summary")
        )
    return (
        f'SELECT e.id, e.slug, e.title, e."on", e.kind, e.status, e.summary, e.scope, d.slug, d.title{marks}, p.j, q.j, c.j'
        f" FROM ({inner}) e LEFT JOIN timeline_dispute d ON d.id = e.dispute_id, LATERAL ("
        "SELECT json_agg(json_build_array(p.role, a.slug, a.name) ORDER BY p.position) j FROM timeline_participation p"
        " JOIN timeline_actor a ON a.id = p.actor_id WHERE p.event_id = e.id) p, LATERAL ("
        "SELECT json_agg(json_build_array(q.text, a.name) ORDER BY q.position) j FROM timeline_quote q"
        " JOIN timeline_actor a ON a.id = q.speaker_id WHERE q.event_id = e.id AND q.state = 'published') q, LATERAL ("
        "SELECT json_agg(json_build_array(r.url, r.title, b.name) ORDER BY c.position) j FROM timeline_citation c"
        " JOIN timeline_article r ON r.id = c.article_id JOIN timeline_publisher b ON b.id = r.publisher_id"
        " WHERE c.event_id = e.id) c",
        values,
    )


def make_questions(seed: int = 2) -> dict[str, Callable[[], Question]]:
    """By name, what makes one of its kind: another word, actor or place each time."""
    maker = _Maker(random.Random(seed))
    return {
        "timeline": lambda: Question(EventFilter()),
        "actor + kind + dates": maker.make_filtered,
        "deep page": maker.make_deep,
        **{
            f"search {name}, by {by}": _bind(maker.make_search, name, order)
            for by, order in (("date", "newest"), ("relevance", "relevance"))
            for name in ("rare", "1 %", "20 %", "two words", "phrase")
        },
    }


def _bind(make: Callable[[str, str], Question], name: str, order: str) -> Callable[[], Question]:
    return lambda: make(name, order)


@dataclass
class _Maker:
    chance: random.Random
    words: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*), max(id) FROM timeline_event")
            self.count, self.last = cursor.fetchone()
            cursor.execute(
                "SELECT most_common_elems::text::text[], most_common_elem_freqs FROM pg_stats"
                " WHERE tablename = 'timeline_event' AND attname = 'search'"
            )
            words, shares = cursor.fetchone()
            known = dict(zip(words, shares, strict=False))
            self.words["20 %"] = [w for w, share in known.items() if 0.12 < share < 0.3]
            self.words["1 %"] = [w for w, share in known.items() if 0.007 < share < 0.014]
            cursor.execute("SELECT summary, title FROM timeline_event WHERE id = ANY(%s)", [self._pick_ids(300)])
            rows = cursor.fetchall()
            self.words["phrase"] = [" ".join(title.split()[:2]) for _, title in rows]
            self.words["rare"] = [
                w for s, _ in rows for w in s.strip(".").split() if w.lower() not in known and len(w) > 4
            ]
            cursor.execute("SELECT slug, id FROM timeline_actor ORDER BY id")
            self.actors = cursor.fetchall()

    def make_search(self, name: str, order: str) -> Question:
        if name == "two words":
            q = f"{self._pick('20 %')} {self._pick('1 %')}"
        else:
            q = f'"{self._pick(name)}"' if name == "phrase" else self._pick(name)
        tsquery = connection.connection.execute(
            "SELECT quote_literal(websearch_to_tsquery('english', %s)::text) || '::tsquery'", [q]
        ).fetchone()[0]
        asked = EventFilter(q=q, order=order)
        return Question(asked, f"search @@ {tsquery}".replace("%", "%%"), tsquery=tsquery.replace("%", "%%"))

    def make_filtered(self) -> Question:
        """One of the fifty most active actors, a kind and three years: as much as a filter can have and find."""
        slug, pk = self.actors[self.chance.randrange(min(50, len(self.actors)))]
        kind = self.chance.choice(("revocation", "lawsuit", "deal"))
        since = date(self.chance.choice((2015, 2018, 2021)), 1, 1)
        until = since.replace(year=since.year + 3) - timedelta(days=1)
        asked = EventFilter(actors=(slug,), kinds=(kind,), since=since, until=until)
        actor, of_kind, within = "actor_ids @> ARRAY[%s::bigint]", "kind = %s", '"on" BETWEEN %s AND %s'
        bases = (
            (f"{actor} AND {of_kind} AND {within}", (pk, kind, since, until), ("status", "dispute", "actor")),
            (f"{actor} AND {within}", (pk, since, until), ("kind",)),
            (f"{actor} AND {of_kind}", (pk, kind), ("month",)),
        )
        return Question(asked, bases[0][0], bases[0][1], bases=bases)

    def make_deep(self) -> Question:
        """A place anywhere in the list."""
        with connection.cursor() as cursor:
            cursor.execute('SELECT "on", id FROM timeline_event WHERE id = ANY(%s) LIMIT 1', [self._pick_ids(1)])
            on, pk = cursor.fetchone()
        return Question(EventFilter(), cursor=f"{on}~{pk}", after=(on, pk))

    def _pick(self, name: str) -> str:
        return self.chance.choice(self.words[name])

    def _pick_ids(self, number: int) -> list[int]:
        return [self.chance.randrange(1, self.last + 1) for _ in range(number)]
