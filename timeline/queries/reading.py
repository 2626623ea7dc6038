"""What the pipeline asks of the record: the names it knows, and the events an article might tell of."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.db.models import Q

from timeline.models import Actor, ActorName, Citation, Event, Participation

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
    """An event as matching needs it. `participants` are (actor slug, role); `titles` those of its articles."""

    id: int
    kind: str
    on: date
    precision: str
    state: str
    participants: tuple[tuple[str, str], ...]
    title: str
    titles: tuple[str, ...]
    article_days: tuple[date, ...]
    dispute: str | None


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


def list_near_events(*, spans: Iterable[tuple[date, date]], actors: Iterable[str] = ()) -> list[NearEvent]:
    """Events, proposed ones too, that may be what an article tells of.

    Args:
        spans: first and last days; events that happened or were written about in any of them are listed. A date of
            month or year precision stands for all of its days.
        actors: slugs; the latest MOST_TOGETHER events in which at least two of them take part are listed whatever their
            date.
    """
    spans = list(spans)
    wanted = {*_ids_within(spans), *_ids_cited(spans), *_ids_with_two(list(actors))}
    events = Event.objects.living().filter(pk__in=wanted)
    rows = list(events.values("id", "kind", "on", "precision", "state", "title", "dispute__slug").order_by("id"))
    ids = [row["id"] for row in rows]
    roles, titles, days = _roles_of(ids), *_articles_of(ids)
    return [
        NearEvent(
            id=row["id"],
            kind=row["kind"],
            on=row["on"],
            precision=row["precision"],
            state=row["state"],
            participants=tuple(roles[row["id"]]),
            title=row["title"],
            titles=tuple(titles[row["id"]]),
            article_days=tuple(days[row["id"]]),
            dispute=row["dispute__slug"],
        )
        for row in rows
    ]


def _ids_within(spans: Iterable[tuple[date, date]]) -> Iterable[int]:
    """Events of the days; those known by month or year stand at its first day. Each condition has the index by date."""
    wanted = Q()
    for since, until in spans:
        days = [since + timedelta(days=number) for number in range((until - since).days + 1)]
        wanted |= Q(on__range=(since, until))
        wanted |= Q(precision="month", on__in={day.replace(day=1) for day in days})
        wanted |= Q(precision="year", on__in={day.replace(month=1, day=1) for day in days})
    return Event.objects.living().filter(wanted).values_list("pk", flat=True) if wanted else ()


def _ids_cited(spans: Iterable[tuple[date, date]]) -> Iterable[int]:
    """Events of which articles tell that were published on the days."""
    written = Q()
    for span in spans:
        written |= Q(article__published_on__range=span)
    return Citation.objects.filter(written).values_list("event", flat=True) if written else ()


def _ids_with_two(slugs: list[str]) -> Iterable[int]:
    """The latest events in which two of the actors take part."""
    pks = sorted(Actor.objects.filter(slug__in=slugs).values_list("pk", flat=True))
    together = Q()
    for pair in itertools.combinations(pks, 2):
        together |= Q(actor_ids__contains=pair)
    found = Event.objects.living().filter(together).order_by("-on", "-id")
    return found.values_list("pk", flat=True)[:MOST_TOGETHER] if together else ()


def _roles_of(event_ids: list[int]) -> dict[int, list[tuple[str, str]]]:
    roles: dict[int, list[tuple[str, str]]] = defaultdict(list)
    parts = Participation.objects.filter(event__in=event_ids).order_by("position", "id")
    for event_id, slug, role in parts.values_list("event_id", "actor__slug", "role"):
        roles[event_id].append((slug, role))
    return roles


def _articles_of(event_ids: list[int]) -> tuple[dict[int, list[str]], dict[int, list[date]]]:
    titles: dict[int, list[str]] = defaultdict(list)
    days: dict[int, list[date]] = defaultdict(list)
    cited = Citation.objects.filter(event__in=event_ids).order_by("id")
    for event_id, title, day in cited.values_list("event_id", "article__title", "article__published_on"):
        titles[event_id].append(title)
        if day:
            days[event_id].append(day)
    return titles, days


def get_event_slugs(event_ids: Iterable[int]) -> dict[int, str]:
    """The slugs of events of any state, by their ids."""
    return dict(Event.objects.filter(pk__in=set(event_ids)).values_list("pk", "slug"))
