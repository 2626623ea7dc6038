"""What the pipeline asks of the record: the names it knows, and the events an article might tell of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Q

from timeline.models import Actor, ActorName, Article, Citation, Event, Participation


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
    newest = Actor.objects.aggregate(at=Max("updated_at"))["at"]
    names = ActorName.objects.aggregate(last=Max("pk"))["last"] or 0
    return (int(newest.timestamp() * 1_000_000) if newest else 0, names)


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
        actors: slugs; events in which at least two of them take part are listed whatever their date.
    """
    wanted = Q(pk__in=_ids_with_two(list(actors)))
    for since, until in spans:
        wanted |= Q(on__gte=since, on__lte=until)
        wanted |= Q(precision="month", on__gte=since.replace(day=1), on__lte=until)
        wanted |= Q(precision="year", on__gte=since.replace(month=1, day=1), on__lte=until)
        cited = Article.objects.filter(published_on__gte=since, published_on__lte=until)
        wanted |= Q(pk__in=Citation.objects.filter(article__in=cited).values("event"))
    events = Event.objects.living().filter(wanted)
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


def _ids_with_two(slugs: list[str]) -> list[int]:
    parts = Participation.objects.filter(actor__slug__in=slugs).values("event")
    return list(parts.annotate(n=Count("actor", distinct=True)).filter(n__gte=2).values_list("event", flat=True))


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


def get_event_slug(event_id: int) -> str:
    """The slug of an event of any state."""
    return Event.objects.values_list("slug", flat=True).get(pk=event_id)
