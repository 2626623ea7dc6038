"""Joining articles to events, with the sentences that say so, and the words that stand in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple
from difflib import SequenceMatcher
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from psycopg.types.json import Jsonb

from timeline.models import Change, Clause, Event, Evidence, Quote
from timeline.models.common import WordsState
from timeline.services.drafts import ClauseDraft, EventDraft, QuoteDraft, Sentence
from timeline.services.history import note_change

# One statement for all that an article adds to an event, since all others wait for their turn to be matched meanwhile:
# the citation, its row in the history of the event, the roles that a proposal lacks, after those that it has, and the
# sentences; those behind roles that the event does not have are left out.
_ATTACH = """
WITH event AS (
    SELECT id, slug, state FROM timeline_event WHERE id = %(event)s FOR UPDATE
), added AS (
    INSERT INTO timeline_citation (event_id, article_id, position, main, reasons, confidence, by, told, created_at)
    SELECT id, %(article)s, (SELECT count(*) FROM timeline_citation WHERE event_id = %(event)s),
        %(main)s, %(reasons)s, %(confidence)s, %(by)s, %(told)s, %(now)s
    FROM event
    ON CONFLICT (event_id, article_id) DO NOTHING
    RETURNING id
), noted AS (
    INSERT INTO timeline_change (noun, row_id, slug, action, before, after, reason, by, at)
    SELECT 'event', event.id, event.slug, 'cite', '{}',
        (SELECT jsonb_build_object('article', url) FROM timeline_article WHERE id = %(article)s),
        %(reasons)s, %(by)s, %(now)s
    FROM event, added
), joined AS (
    INSERT INTO timeline_participation (event_id, actor_id, role, position, confidence, by)
    SELECT event.id, actor, role, place - 1, row.confidence, %(by)s
    FROM event, added, unnest(%(actors)s::bigint[], %(roles)s::text[], %(confidences)s::float8[])
        WITH ORDINALITY AS row (actor, role, confidence, place)
    WHERE %(fresh)s
    ON CONFLICT DO NOTHING
    RETURNING id, actor_id, role
), parts AS (
    SELECT id, actor_id, role FROM timeline_participation WHERE event_id = %(event)s
    UNION ALL SELECT id, actor_id, role FROM joined
), told AS (
    INSERT INTO timeline_evidence (citation_id, fact, participation_id, sentence, start, "end", confidence)
    SELECT added.id, row.fact, parts.id, row.sentence, row.start, row.stop, row.confidence
    FROM added CROSS JOIN unnest(
        %(facts)s::text[], %(fact_actors)s::bigint[], %(fact_roles)s::text[], %(sentences)s::text[], %(starts)s::int[],
        %(ends)s::int[], %(fact_confidences)s::float8[]
    ) WITH ORDINALITY AS row (fact, actor, role, sentence, start, stop, confidence, place)
    LEFT JOIN parts ON parts.actor_id = row.actor AND parts.role = row.role
    WHERE row.actor IS NULL OR parts.id IS NOT NULL
    ORDER BY row.place
    ON CONFLICT DO NOTHING
), touched AS (
    UPDATE timeline_event SET updated_at = %(now)s
    WHERE id = %(event)s AND NOT %(fresh)s AND EXISTS (SELECT 1 FROM added)
)
SELECT (SELECT count(*) FROM event), (SELECT count(*) FROM added)
"""
SAME_WORDS = 0.85  # two quotes of one speaker that share this much of their text are one


@transaction.atomic(savepoint=False)
def add_citation(
    *, event_id: int, article_id: int, draft: EventDraft, reasons: str, confidence: float, by: str
) -> bool:
    """Attach an article to an event, with its evidence and what it tells. A second call changes nothing.

    The event stays as it is: what its articles together make of a proposal, `revise_proposal` takes over.

    Returns:
        Whether the article is newly attached.

    Raises:
        Event.DoesNotExist: there is no such event.
    """
    return attach(event_id, article_id, draft, reasons=reasons, confidence=confidence, by=by)


def attach(
    event_id: int, article_id: int, draft: EventDraft, *, reasons: str, confidence: float, by: str, fresh: bool = False
) -> bool:
    """As `add_citation`; `fresh` says that the event was added just now, and takes the roles of the draft."""
    values: dict[str, Any] = {
        "event": event_id, "article": article_id, "main": draft.main, "reasons": reasons, "confidence": confidence,
        "by": by, "now": timezone.now(), "fresh": fresh, "told": Jsonb(_tell(draft)),
        "actors": [role.actor_id for role in draft.roles],
        "roles": [role.role for role in draft.roles],
        "confidences": [role.evidence.confidence for role in draft.roles],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_ATTACH, values | _list_facts(draft))
        events, added = cursor.fetchone()
    if not events:
        raise Event.DoesNotExist(event_id)
    return bool(added)


def _tell(draft: EventDraft) -> dict[str, Any]:
    """What an article tells, as it is kept: `Citation.told`. Each role has its actor's id and its sentence."""
    return {
        "kind": draft.kind,
        "on": draft.on.isoformat(),
        "precision": draft.precision,
        "dated": draft.date_evidence is not None,
        "status": draft.status,
        "scope": draft.scope,
        "confidence": draft.evidence.confidence,
        "roles": [[role.actor_id, role.role, *astuple(role.evidence)] for role in draft.roles],
    }


def _list_facts(draft: EventDraft) -> dict[str, list[Any]]:
    """The sentences behind the facts of a draft, as columns."""
    facts: list[tuple[str, Sentence | None, int | None, str | None]] = [
        (Evidence.Fact.KIND, draft.evidence, None, None),
        (Evidence.Fact.DATE, draft.date_evidence, None, None),
        (Evidence.Fact.SCOPE, draft.scope_evidence, None, None),
        *((Evidence.Fact.ROLE, role.evidence, role.actor_id, role.role) for role in draft.roles),
    ]
    rows = [
        (str(fact), actor, role, said.text, said.start, said.end, said.confidence)
        for fact, said, actor, role in facts
        if said
    ]
    names = ("facts", "fact_actors", "fact_roles", "sentences", "starts", "ends", "fact_confidences")
    return dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))


@transaction.atomic(savepoint=False)
def add_quotes(*, event_id: int, article_id: int, quotes: Iterable[QuoteDraft], by: str) -> int:
    """Propose quotes of an article for an event, leaving out what it holds already in nearly the same words.

    Returns:
        How many were added.
    """
    if not (drafts := list(quotes)):
        return 0
    held = list(Quote.objects.filter(event_id=event_id).values_list("speaker_id", "text"))
    added = []
    for draft in drafts:
        if any(speaker == draft.speaker_id and _same_words(text, draft.text) for speaker, text in held):
            continue
        added.append(
            Quote(
                event_id=event_id,
                article_id=article_id,
                text=draft.text,
                speaker_id=draft.speaker_id,
                on_behalf_of_id=draft.on_behalf_of_id,
                position=len(held),
                sentence=draft.evidence.text,
                start=draft.evidence.start,
                end=draft.evidence.end,
                confidence=draft.evidence.confidence,
                state=WordsState.PROPOSED,
                by=by,
            )
        )
        held.append((draft.speaker_id, draft.text))
    Quote.objects.bulk_create(added)
    _note_proposed(event_id, "quotes_proposed", len(added), by)
    return len(added)


@transaction.atomic(savepoint=False)
def add_clauses(*, event_id: int, article_id: int, clauses: Iterable[ClauseDraft], by: str) -> int:
    """Propose clauses, as `add_quotes` does quotes. Returns how many were added."""
    if not (drafts := list(clauses)):
        return 0
    held = list(Clause.objects.filter(event_id=event_id).values_list("vendor_id", "text"))
    added = []
    for draft in drafts:
        if any(vendor == draft.vendor_id and _same_words(text, draft.text) for vendor, text in held):
            continue
        added.append(
            Clause(
                event_id=event_id,
                article_id=article_id,
                text=draft.text,
                vendor_id=draft.vendor_id,
                document=draft.document[:200],
                position=len(held),
                confidence=draft.evidence.confidence,
                state=WordsState.PROPOSED,
                by=by,
            )
        )
        held.append((draft.vendor_id, draft.text))
    Clause.objects.bulk_create(added)
    _note_proposed(event_id, "clauses_proposed", len(added), by)
    return len(added)


def _note_proposed(event_id: int, what: str, count: int, by: str) -> None:
    """Keep that words wait for an editor; not which: the history of an event is public, they are not yet."""
    if count:
        note_change(
            noun=Change.Noun.EVENT,
            row_id=event_id,
            slug=Event.objects.values_list("slug", flat=True).get(pk=event_id),
            action=Change.Action.CORRECT,
            by=by,
            after={what: count},
        )


def _same_words(one: str, other: str) -> bool:
    a, b = one.casefold().strip(" .,"), other.casefold().strip(" .,")
    return a == b or SequenceMatcher(None, a, b, autojunk=False).ratio() >= SAME_WORDS
