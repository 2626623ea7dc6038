"""From a Reading to the record: which event each act belongs to, and the rows that say so."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction

from ingest.match import MATCH_DAYS, match_events
from ingest.pipeline.names import RecordNames
from ingest.pipeline.tellings import weigh_again
from ingest.pipeline.version import BY
from ingest.types import ActorRef, Candidate, EventRead, Evidence, Match, Page, Reading
from ingest.wording import make_slug_words, make_summary, make_title
from timeline import services
from timeline.queries import reading as queries
from timeline.queries.reading import NearEvent
from timeline.services import ClauseDraft, EventDraft, QuoteDraft, RoleDraft, Sentence


@dataclass(frozen=True, slots=True)
class Recorded:
    """Where one act of an article went. `known` is False for an event proposed by this article."""

    event: EventRead
    event_id: int
    slug: str
    known: bool
    reasons: tuple[str, ...]


@transaction.atomic(savepoint=False)
def record_reading(
    reading: Reading, page: Page, published_at: datetime, article_id: int, names: RecordNames
) -> tuple[Recorded, ...]:
    """Attach the article to the events it tells of, proposing those that the record lacks.

    Call it for one article at a time (`services.lock_matching`): what the next one is matched with must hold what this
    one added.
    """
    actors = _Actors(names)
    near = _list_near(reading, published_at.date(), names)
    matches = match_events(reading, page, published_at, [_make_candidate(event) for event in near])
    public = {event.id for event in near if event.state == "published"}
    ids = [_record_event(match, page, article_id, actors, public) for match in matches]
    slugs = {event.id: event.slug for event in near}
    if new := set(ids) - slugs.keys():
        slugs |= queries.get_event_slugs(new)
    recorded = [
        Recorded(match.event, event_id, slugs[event_id], match.id is not None, match.reasons)
        for match, event_id in zip(matches, ids, strict=True)
    ]
    for match, done in zip(matches, recorded, strict=True):
        if match.link_to and match.relation and match.link_to != done.event_id and not done.known:
            services.add_link(event_id=done.event_id, to_id=match.link_to, relation=match.relation, by=BY)
    news = next((r for r in recorded if r.event.main), None)
    if news is not None:
        _record_words(reading, news.event_id, article_id, actors)
    return tuple(recorded)


def _list_near(reading: Reading, published_on: date, names: RecordNames) -> list[NearEvent]:
    around = timedelta(days=MATCH_DAYS)
    days = {published_on, *(event.on for event in reading.events)}
    parties = {a for event in reading.events for a in event.actors("initiator", "target", "subject", "court")}
    return queries.list_near_events(
        spans=[(day - around, day + around) for day in days],
        actors={known for actor in parties if (known := names.find(actor)) is not None},
    )


def _make_candidate(event: NearEvent) -> Candidate:
    return Candidate(
        id=event.id,
        kind=event.kind,
        on=event.on,
        precision=event.precision,
        participants=event.participants,
        title=event.title,
        texts=event.titles,
        article_days=event.article_days,
        dispute=event.dispute,
        said=event.said,
    )


def _record_event(match: Match, page: Page, article_id: int, actors: _Actors, public: Collection[int]) -> int:
    """Attach the article to the event matched, or propose one. Returns its id. `public` are published already."""
    draft = _draft_event(match.event, page, actors)
    reasons = "; ".join(match.reasons)
    if match.id is not None:
        event_id = match.id
        services.add_citation(
            event_id=event_id, article_id=article_id, draft=draft, reasons=reasons, confidence=match.score, by=BY
        )
        if event_id not in public:
            weigh_again(event_id)
    else:
        event_id = services.add_proposal(
            draft=draft, article_id=article_id, reasons=reasons, confidence=match.event.confidence, by=BY
        )
    if event_id not in public:
        services.publish_if_agreed(
            event_id=event_id,
            publishers=settings.INGEST_PUBLISH_SOURCES,
            confidence=settings.INGEST_PUBLISH_CONFIDENCE,
            by=BY,
        )
    return event_id


def _draft_event(event: EventRead, page: Page, actors: _Actors) -> EventDraft:
    roles = {(actors.get_id(role.actor), role.role): role for role in event.participants}
    parts = {role: [actor.name for actor in event.actors(role)] for role in ("initiator", "target", "court", "subject")}
    title = make_title(event.kind, parts)
    return EventDraft(
        title=title,
        kind=event.kind,
        on=event.on,
        precision=event.precision,
        status=event.status,
        roles=tuple(
            RoleDraft(actor_id, role, _sentence(read.evidence, read.confidence))
            for (actor_id, role), read in roles.items()
        ),
        evidence=_sentence(event.evidence, event.confidence),
        main=event.main,
        summary=make_summary(title, event.status, [page.publisher] if page.publisher else []),
        scope=event.scope,
        date_evidence=_sentence(event.date_evidence, event.confidence) if event.date_evidence else None,
        scope_evidence=_sentence(event.scope_evidence, event.confidence) if event.scope_evidence else None,
        slug_words=make_slug_words(event.kind, parts),
    )


def _record_words(reading: Reading, event_id: int, article_id: int, actors: _Actors) -> None:
    quotes = [
        QuoteDraft(
            text=quote.text,
            speaker_id=actors.get_id(quote.speaker, title=quote.title),
            on_behalf_of_id=actors.get_id(quote.on_behalf_of) if quote.on_behalf_of else None,
            evidence=_sentence(quote.evidence, quote.confidence),
        )
        for quote in reading.quotes
        if quote.speaker
    ]
    clauses = [
        ClauseDraft(
            clause.text, actors.get_id(clause.vendor), clause.document, _sentence(clause.evidence, clause.confidence)
        )
        for clause in reading.clauses
        if clause.vendor
    ]
    services.add_quotes(event_id=event_id, article_id=article_id, quotes=quotes, by=BY)
    services.add_clauses(event_id=event_id, article_id=article_id, clauses=clauses, by=BY)


def _sentence(evidence: Evidence, confidence: float) -> Sentence:
    return Sentence(evidence.sentence, evidence.start, evidence.end, confidence)


class _Actors:
    """Row ids of the actors an article names; those that the record lacks are proposed when first asked for."""

    def __init__(self, names: RecordNames) -> None:
        self._names = names
        self._added: dict[str, int] = {}

    def get_id(self, ref: ActorRef, title: str = "") -> int:
        known = self._names.find(ref)
        if known is not None:
            return known
        if ref.key not in self._added:
            self._added[ref.key] = services.add_actor(
                name=ref.name, kind=ref.kind, parent_id=self._find_parent(ref), title=title, by=BY
            )
        return self._added[ref.key]

    def _find_parent(self, ref: ActorRef) -> int | None:
        if not ref.parent:
            return None
        return self._names.ids.get(ref.parent) or self._added.get(ref.parent.casefold())
