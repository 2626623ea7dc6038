"""What editors ask: what waits for them, what an event rests on, what was done. Not only of what is public."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from django.db.models import Count, Prefetch, Q

from timeline.errors import NotFound
from timeline.models import Actor, Change, Citation, Dispute, Event, Evidence, Participation, Quote, Report
from timeline.queries.paging import BY_CONFIDENCE, BY_DATE, BY_ID, Page, cut_page
from timeline.querysets import EventQuerySet
from timeline.search import match_words, put_right, rank_words

ALIKE_WITHIN = timedelta(days=45)
REPORT_STATES = tuple(Report.State.values)


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much waits: proposals, public events with words that are not, reports of readers."""

    proposals: int
    words: int
    reports: int


@dataclass(frozen=True, slots=True)
class Case:
    """An event as an editor sees it. `sentences` are those behind its kind, date and scope, by fact."""

    event: Event
    parts: list[Participation]
    sentences: dict[str, list[Evidence]] = field(default_factory=dict)


def count_waiting() -> Waiting:
    """How much waits for editors."""
    return Waiting(
        Event.objects.proposed().count(),
        _select_with_words().count(),
        Report.objects.filter(state=Report.State.OPEN).count(),
    )


def list_proposals(*, cursor: str = "", size: int = 30) -> Page[Event]:
    """One page of the proposals, the surest first, each with who works on it and the sentence that tells its kind.

    Raises:
        InvalidFilter: the cursor is none of this list's.
    """
    return cut_page(_with_case(Event.objects.proposed()), BY_CONFIDENCE, cursor, size)


def list_with_words(*, cursor: str = "", size: int = 30) -> Page[Event]:
    """One page of the public events with quotes or clauses that wait, the newest first. Raises as list_proposals."""
    return cut_page(_with_case(_select_with_words()), BY_DATE, cursor, size)


def find_next_proposal(*, by: str, claimed_after: datetime) -> int | None:
    """The id of the surest proposal that nobody else works on; None where nothing waits."""
    taken = Q(claim__at__gt=claimed_after) & ~Q(claim__by=by)
    rows = Event.objects.proposed().exclude(pk__in=Event.objects.filter(taken).values("pk"))
    return rows.order_by("-confidence", "-id").values_list("pk", flat=True).first()


def get_case(event_id: int) -> Case:
    """An event in any state with all that is known of it, and the sentences behind it.

    Raises:
        NotFound: there is none.
    """
    event = _with_case(Event.objects.all()).filter(pk=event_id).first()
    if event is None:
        raise NotFound(str(event_id))
    sentences: dict[str, list[Evidence]] = {}
    for citation in event.citations.all():
        for row in citation.evidence.all():
            sentences.setdefault(row.fact if row.fact != Evidence.Fact.ROLE else f"{row.participation_id}", []).append(
                row
            )
    return Case(event, list(event.participations.all()), sentences)


def get_event_id(slug: str) -> int:
    """The id of an event in any state, by its slug.

    Raises:
        NotFound: there is none.
    """
    found = Event.objects.filter(slug=slug).values_list("pk", flat=True).first()
    if found is None:
        raise NotFound(slug)
    return int(found)


def list_alike(event: Event, *, limit: int = 5) -> list[Event]:
    """Events of about the same time with the same actors, those that share most first: perhaps the same event."""
    actors = event.participations.values("actor")
    first = max(event.on, date.min + ALIKE_WITHIN) - ALIKE_WITHIN  # what a page gives as its date may be any
    last = min(event.on, date.max - ALIKE_WITHIN) + ALIKE_WITHIN
    near = Event.objects.living().between(first, last).exclude(pk=event.pk)
    shared = Count("participations__actor", distinct=True, filter=Q(participations__actor__in=actors))
    return list(near.annotate(shared=shared).filter(shared__gt=0).order_by("-shared", "-on", "-id")[:limit])


def find_events(q: str, *, beside: int, limit: int = 8) -> list[Event]:
    """Living events but `beside`, by words (misspelt names are put right), slug or address; the best first."""
    others = Event.objects.living().exclude(pk=beside)
    slug = urlsplit(q.strip()).path.strip("/").rpartition("/")[2]
    named = others.filter(slug=slug) if slug else others.none()
    for words in filter(None, (q, put_right(q))):
        if found := list(named or rank_words(match_words(others, words), words).order_by("-rank", "-id")[:limit]):
            return found
    return []


def find_actors(names: Iterable[str]) -> dict[str, int]:
    """Name in lower case → id of the actor that goes by it, public or proposed."""
    wanted = Q(pk__in=[])
    for name in names:
        wanted |= Q(names__name__iexact=name)
    rows = Actor.objects.filter(wanted).values_list("names__name", "pk")
    return {name.lower(): pk for name, pk in rows}


def list_names(*, limit: int = 2000) -> list[str]:
    """Names of actors, public or proposed, for a form to choose from."""
    return list(Actor.objects.order_by("name").values_list("name", flat=True)[:limit])


def list_dispute_choices() -> list[tuple[int, str]]:
    """Ids and titles of all disputes, by title."""
    return list(Dispute.objects.order_by("title").values_list("pk", "title"))


def list_reports(*, state: str = "open", cursor: str = "", size: int = 30) -> Page[Report]:
    """One page of the reports in a state, the newest first. Raises as list_proposals."""
    return cut_page(Report.objects.filter(state=state).select_related("event"), BY_ID, cursor, size)


def list_changes(*, cursor: str = "", size: int = 50) -> Page[Change]:
    """One page of what was done to events, the latest first. Raises as list_proposals."""
    return cut_page(Change.objects.filter(noun=Change.Noun.EVENT), BY_ID, cursor, size)


def list_changes_of(event: Event, *, limit: int = 100) -> list[Change]:
    """What was done to one event, the latest first."""
    return list(Change.objects.filter(noun=Change.Noun.EVENT, row_id=event.pk)[:limit])


def find_last_change(event_id: int) -> int:
    """The id of the latest change of an event; 0 where there is none."""
    rows = Change.objects.filter(noun=Change.Noun.EVENT, row_id=event_id)
    return rows.values_list("pk", flat=True).first() or 0


def list_undone(changes: Iterable[Change]) -> set[int]:
    """Those of the changes that were taken back, by id; those of a merge or split count for both sides."""
    rows = list(changes)
    firsts = {row.pk: row.after.get("same_as", row.pk) for row in rows}
    undone = Change.objects.filter(after__undoes__in=set(firsts.values()))
    taken_back = set(undone.values_list("after__undoes", flat=True))
    return {pk for pk, first in firsts.items() if first in taken_back}


def _select_with_words() -> EventQuerySet:
    events: EventQuerySet = Event.objects.published()
    return events.filter(Q(quotes__state="proposed") | Q(clauses__state="proposed")).distinct()


def _with_case(events: EventQuerySet) -> EventQuerySet:
    parts = Participation.objects.select_related("actor")
    quotes = Quote.objects.select_related("speaker", "on_behalf_of", "article__publisher")
    citations = Citation.objects.select_related("article__publisher", "article__original")
    evidence = Evidence.objects.select_related("citation__article__publisher")
    shown: EventQuerySet = events.select_related("dispute", "claim").defer("search", "words")
    return shown.prefetch_related(
        Prefetch("participations", parts),
        Prefetch("quotes", quotes),
        "clauses__vendor",
        "clauses__article__publisher",
        Prefetch("citations", citations),
        Prefetch("citations__evidence", evidence),
    )
