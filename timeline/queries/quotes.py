"""What readers ask of the quotes. Only published words of published events are answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Count, F, Q, QuerySet

from timeline.filters import EventFilter
from timeline.models import Actor, Event, Quote, Side
from timeline.queries.paging import BY_DATE, Page, cut_page
from timeline.queries.plain.words import select_quotes
from timeline.search import make_query

COUNTED = 20_000  # quotes, at the most, that choices are counted over


@dataclass(slots=True)
class Voice:
    """An organization or person, its position in the dispute ("" where none is known), and its words."""

    actor: Actor
    position: str = ""
    roles: list[str] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Choice:
    """An actor or dispute that quotes can be narrowed to, and how many there are then."""

    slug: str
    name: str
    number: int


@dataclass(frozen=True, slots=True)
class Choices:
    """For whom was spoken, which people spoke, in which disputes; each counted without its own choice."""

    holders: list[Choice]
    people: list[Choice]
    disputes: list[Choice]


def list_quotes(*, q: str = "", actor: str = "", dispute: str = "", cursor: str = "", size: int = 40) -> Page[Quote]:
    """One page of quotes, the newest event first; `actor` spoke, or was spoken for.

    Raises:
        InvalidFilter: the cursor is none of this list's.
    """
    quotes = _narrow(_select_public(), q, actor, dispute).annotate(on=F("event__on"))
    return cut_page(quotes, BY_DATE, cursor, size)


def count_choices(*, q: str = "", actor: str = "", dispute: str = "") -> Choices:
    """What the quotes can be narrowed to further; of very many, only the latest COUNTED are looked at."""
    said = _take_latest(_narrow(Quote.objects.public(), q, "", dispute))
    fought = _take_latest(_narrow(Quote.objects.public(), q, actor, ""))
    return Choices(
        holders=_count(said.filter(on_behalf_of__isnull=False), "on_behalf_of__slug", "on_behalf_of__name", 12),
        people=_count(said.filter(speaker__kind=Actor.Kind.PERSON), "speaker__slug", "speaker__name", 8),
        disputes=_count(fought.exclude(event__dispute=None), "event__dispute__slug", "event__dispute__title", 8),
    )


def _narrow(quotes: QuerySet[Quote], q: str, actor: str, dispute: str) -> QuerySet[Quote]:
    if q:
        quotes = quotes.filter(search=make_query(q))
    if actor:
        pk = Actor.objects.filter(slug=actor).values_list("pk", flat=True).first() or 0  # the planner knows ids
        quotes = quotes.filter(Q(speaker=pk) | Q(on_behalf_of=pk))
    if dispute:
        quotes = quotes.filter(event__dispute__slug=dispute)
    return quotes


def _take_latest(quotes: QuerySet[Quote]) -> QuerySet[Quote]:
    latest: QuerySet[Quote] = Quote.objects.filter(pk__in=quotes.order_by("-pk").values("pk")[:COUNTED])
    return latest


def _count(quotes: QuerySet[Quote], slug: str, name: str, limit: int) -> list[Choice]:
    rows = quotes.order_by().values_list(slug, name).annotate(number=Count("pk")).order_by("-number", slug)
    return [Choice(*row) for row in rows[:limit]]


def list_filtered_quotes(asked: EventFilter, *, size: int) -> list[Quote]:
    """The newest quotes of a filter, as the API reads it: `q` are their own words, actors spoke or were spoken for."""
    quotes = select_quotes(asked).select_related("speaker", "on_behalf_of", "event", "article__publisher")
    return list(quotes.order_by("-event__on", "-id")[:size])


def list_voices_of_event(event: Event, positions: Mapping[int, str]) -> list[Voice]:
    """Who speaks in the event: those who act and are acted on first.

    Args:
        event: with all that is public about it.
        positions: of its dispute's sides, by the actor's id.
    """
    voices: dict[int, Voice] = {}
    for part in event.participations.all():
        if part.role in ("initiator", "target") or part.actor_id in positions:
            voice = voices.setdefault(part.actor_id, Voice(part.actor, positions.get(part.actor_id, "")))
            voice.roles.append(part.role)
    _add_quotes(voices, event.quotes.all())
    return [voice for voice in voices.values() if voice.position or voice.quotes or "commentator" not in voice.roles]


def list_voices_of_dispute(dispute_id: int, sides: Iterable[Side]) -> list[Voice]:
    """The sides of a dispute with all their words, and after them whoever else speaks in it."""
    voices = {side.actor_id: Voice(side.actor, side.position) for side in sides}
    _add_quotes(
        voices, _select_public().filter(event__dispute_id=dispute_id).order_by("event__on", "event_id", "position")
    )
    return list(voices.values())


def _select_public() -> QuerySet[Quote]:
    words: QuerySet[Quote] = Quote.objects.public()
    return words.select_related("speaker", "on_behalf_of", "event", "article__publisher")


def _add_quotes(voices: dict[int, Voice], quotes: Iterable[Quote]) -> None:
    for quote in quotes:
        holder = quote.on_behalf_of or quote.speaker
        voices.setdefault(holder.pk, Voice(holder)).quotes.append(quote)
