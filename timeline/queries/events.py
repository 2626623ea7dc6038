"""What readers ask of the events. Only what is published is answered."""

from __future__ import annotations

import re
from collections import namedtuple
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any

from django.db.models import Exists, OuterRef

from timeline.errors import NotFound
from timeline.filters import EventFilter
from timeline.models import AnnouncedDate, Event, Participation, Redirect, Revision
from timeline.queries.entries import Line, read_entries
from timeline.queries.found import find_newest_of, get_cap, is_small
from timeline.queries.paging import BY_DATE, BY_DATE_OLDEST, BY_RANK, BY_UPDATE, MOST_ROWS, Page, cut_page, cut_rows
from timeline.queries.prepared import ask, write_array
from timeline.queries.selecting import find_ids, narrow, select_events
from timeline.queries.stems import read_query
from timeline.queries.together import ask_one
from timeline.queries.whole import read_whole
from timeline.querysets import EventQuerySet
from timeline.search import join_numbers, mark_words, put_right, rank_words

KINDS = tuple(Event.Kind.values)
STATUSES = tuple(Event.Status.values)
ROLES = tuple(Participation.Role.values)
SORTS = {"newest": BY_DATE, "oldest": BY_DATE_OLDEST, "updated": BY_UPDATE, "relevance": BY_RANK}
_HEADS = """
    SELECT {} FROM timeline_event WHERE id = ANY(%s) AND state = 'published' ORDER BY "{}" DESC, id DESC
"""
_RANK = 'ts_rank(search, %s::tsquery, 1)::float8 AS "rank"'
_TWO_WORDS = re.compile(r"(?<!\S)(?=([^\W_]+)[ \t]+([^\W_]+)(?!\S))")  # of no phrase, with no sign
_NAMED = """
    SELECT lower(n.name), n.name FROM timeline_actorname n JOIN timeline_actor a ON a.id = n.actor_id
    WHERE lower(n.name) = ANY(%s) AND a.state = 'published'
"""
_WANTED_WORD = re.compile(r"(?<![-\w])[^\W_][\w'’.+-]*")  # not one that is to be left out


def list_gone_events(asked: EventFilter, *, size: int) -> list[Event]:
    """Events of the filter that were public and are withdrawn or merged, the last that went first."""
    public = Revision.objects.filter(noun=Revision.Noun.EVENT, row_id=OuterRef("pk"))
    gone = narrow(Event.objects.withdrawn().filter(Exists(public)), asked, find_ids(asked))
    return list(gone.defer("search", "words").order_by("-updated_at", "-pk")[:size])


def list_dates(asked: EventFilter, *, size: int) -> list[AnnouncedDate]:
    """Dates that events of the filter set for later, the last day first, each with its event."""
    dates = AnnouncedDate.objects.filter(event__in=select_events(asked)).select_related("event")
    return list(dates.order_by("-on", "-pk")[:size])


def list_dates_of(event_list: Collection[Event]) -> list[AnnouncedDate]:
    """Dates that those events set for later, whatever became of the events."""
    return list(AnnouncedDate.objects.filter(event__in=event_list).select_related("event"))


def list_events(asked: EventFilter, *, cursor: str = "", size: int = 30) -> Page[Event]:
    """One page of entries, with their participants, sources and quotes; words found are marked.

    Raises:
        InvalidFilter: the cursor is none of this order's.
    """
    events = select_listed(asked, cursor, size).with_lines()
    return _cut(mark_words(events, asked.q) if asked.q else events, asked, cursor, size)


def list_full_events(asked: EventFilter, *, cursor: str = "", size: int = 30) -> Page[Event]:
    """One page of events with everything that is public about them. Raises as `list_events` does."""
    return _cut(select_listed(asked, cursor, size).with_details(), asked, cursor, size)


def has_any(asked: EventFilter) -> bool:
    """Whether the filter finds anything."""
    return bool(list_heads(asked, size=1).rows)


def list_heads(
    asked: EventFilter, *more: str, cursor: str = "", size: int = 30, first: Collection[int] | None = None
) -> Page[Any]:
    """One page of events by `pk`, `on`, `precision` and the columns named. Raises as `list_events` does.

    Args:
        asked: the filter.
        more: columns.
        cursor: where the page begins.
        size: how many events it has.
        first: the ids of the list's first `size` and one more, where they are known (`facets.summarize`).
    """
    sort = SORTS[asked.order]
    columns = tuple(dict.fromkeys(("pk", "on", "precision", sort.field, *more)))
    if not cursor and asked.order in ("newest", "relevance"):
        ids = _find_first(asked, size) if first is None and asked.order == "newest" else first
        if ids is not None:
            return cut_rows(_read_heads(asked, ids, columns), sort, size)
    rows: Any = select_listed(asked, cursor, size)
    return cut_page(rows.values_list(*columns, named=True), sort, cursor, size)


def _read_heads(asked: EventFilter, ids: Collection[int], columns: tuple[str, ...]) -> list[Any]:
    """Those columns of the events with those ids: the newest first, or those that fit the filter's words best."""
    statement, make = _write_heads(columns, SORTS[asked.order].field)
    words = [read_query(asked.q)] if "rank" in columns else []
    return [make(row) for row in ask_one(statement, [*words, write_array(ids)])]


@lru_cache(maxsize=16)
def _write_heads(columns: tuple[str, ...], field: str) -> tuple[str, Callable[[Iterable[Any]], Any]]:
    named = {"pk": '"id"', "rank": _RANK}
    head = namedtuple("Head", columns)  # type: ignore[misc]
    listed = ", ".join(named.get(column, f'"{column}"') for column in columns)
    return _HEADS.format(listed, field), lambda row: head(*row)


def read_lines(ids: Collection[int]) -> list[Event]:
    """The published ones of the events with those ids, with what a line of a list shows."""
    return list(Event.objects.published().filter(pk__in=ids).with_lines())


def read_full(ids: Collection[int]) -> list[Event]:
    """The same with everything that is public about them."""
    return read_whole(ids)


def _cut(events: EventQuerySet, asked: EventFilter, cursor: str, size: int) -> Page[Event]:
    return cut_page(events, SORTS[asked.order], cursor, size)


def select_listed(asked: EventFilter, cursor: str = "", size: int = 0) -> EventQuerySet:
    """The filter's events with what their order needs, see SORTS; for words no more of them than the page shows.

    By relevance these are the newest `get_cap()`. They are not asked for by the words again, which would be looked for
    in all events once more.
    """
    if asked.order == "relevance":
        newest = find_newest_of(asked, find_ids(asked), get_cap())
        return rank_words(Event.objects.published().filter(pk__in=newest), asked.q)
    first = _find_first(asked, size) if asked.order == "newest" and size and not cursor else None
    return select_events(asked) if first is None else Event.objects.published().filter(pk__in=first)


def _find_first(asked: EventFilter, size: int) -> list[int] | None:
    """The ids of the newest `size` events of a filter and one more; None where PostgreSQL may find them as it likes."""
    many = asked.q or (asked.actors and asked.until)  # of an actor alone the planner knows how many there are
    return find_newest_of(asked, find_ids(asked), size + 1) if many and not is_small() else None


def get_event(slug: str) -> Event:
    """The published event with everything that is public about it.

    Raises:
        NotFound: there is none.
    """
    found = read_whole(Event.objects.published().filter(slug=slug).values_list("pk", flat=True))
    if not found:
        raise NotFound(slug)
    return found[0]


def find_new_slug(slug: str) -> str:
    """The slug to which an old address of an event leads, after a merge or a renaming.

    Raises:
        NotFound: it is no old address of a published event.
    """
    living = Redirect.objects.filter(slug=slug, to__state=Event.State.PUBLISHED)
    found = living.values_list("to__slug", flat=True).first()
    if found is None:
        raise NotFound(slug)
    return str(found)


def list_loosely(asked: EventFilter, q: str, *, limit: int = 5) -> list[Line]:
    """For words that nothing holds together: the events that hold most of them, the best first.

    Args:
        asked: the filter that finds nothing.
        q: its words, misspelt names put right (`suggest_words`).
        limit: how many there may be.
    """
    words = [word for word in _WANTED_WORD.findall(q) if word.lower() != "or"][:12]
    if len(words) < 2:
        return []
    loosely = replace(asked, q=" or ".join(words), order="relevance")
    ids = [row.pk for row in list_heads(loosely, size=limit).rows]
    return sorted(read_entries(ids, loosely.q), key=lambda line: ids.index(line.pk))


def suggest_words(q: str) -> list[str]:
    """What may be meant by words that nothing holds: misspelt names put right, numbers joined to what they follow."""
    right = put_right(q)
    return [words for words in (right, join_numbers(right or q)) if words]


def suggest_name(q: str) -> str:
    """`q` with two of its words made one where that is a name of the record, and the two are none: "open ai" is OpenAI.

    "" where there are none. For words that something holds; of others `suggest_words` knows more.
    """
    pairs = list(_TWO_WORDS.finditer(q))
    if not pairs:
        return ""
    written = [f"{pair[1]}{gap}{pair[2]}".lower() for pair in pairs for gap in ("", " ")]
    names: dict[str, str] = dict(ask(_NAMED, [written]))
    for pair in pairs:
        name = names.get((pair[1] + pair[2]).lower())
        if name and f"{pair[1]} {pair[2]}".lower() not in names:
            return q[: pair.start(1)] + name + q[pair.end(2) :]
    return ""


def iterate_events(asked: EventFilter) -> Iterator[Event]:
    """All events of a filter with everything that is public about them, a page in memory at a time."""
    page = list_full_events(asked, size=MOST_ROWS)
    while page.rows:
        yield from page.rows
        if not page.next:
            return
        page = list_full_events(asked, cursor=page.next, size=MOST_ROWS)


def list_near(slug: str, *, limit: int = 5) -> list[Event]:
    """The events that hold most of a slug's words; for addresses that lead nowhere."""
    words = [word for word in re.findall(r"[a-z]{3,}", slug.lower())[:12] if word != "or"]
    asked = EventFilter(q=" or ".join(words), order="relevance")
    return list_events(asked, size=limit).rows if words else []
