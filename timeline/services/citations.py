"""Joining articles to events, with the sentences that say so, and the words that stand in them."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from timeline.models import Change, Clause, Event, Evidence, Quote
from timeline.models.common import WordsState
from timeline.services.drafts import ClauseDraft, EventDraft, QuoteDraft, Sentence
from timeline.services.history import note_change
from timeline.services.words import refresh_words

# One statement each, for an article's reading is kept while all others wait for their turn to be matched.
_CITE = """
WITH added AS (
    INSERT INTO timeline_citation (event_id, article_id, position, main, reasons, confidence, by, created_at)
    VALUES (%(event)s, %(article)s, (SELECT count(*) FROM timeline_citation WHERE event_id = %(event)s),
            %(main)s, %(reasons)s, %(confidence)s, %(by)s, %(now)s)
    ON CONFLICT (event_id, article_id) DO NOTHING
    RETURNING article_id
)
INSERT INTO timeline_change (noun, row_id, slug, action, before, after, reason, by, at)
SELECT 'event', %(event)s, %(slug)s, 'cite', '{}', jsonb_build_object('article', url), %(reasons)s, %(by)s, %(now)s
FROM timeline_article WHERE id IN (SELECT article_id FROM added)
"""
_ADD_ROLES = """
INSERT INTO timeline_participation (event_id, actor_id, role, position, confidence, by)
SELECT %(event)s, actor, role, place - 1 + (SELECT count(*) FROM timeline_participation WHERE event_id = %(event)s),
    confidence, %(by)s
FROM unnest(%(actors)s::bigint[], %(roles)s::text[], %(confidences)s::float8[])
    WITH ORDINALITY AS row (actor, role, confidence, place)
ON CONFLICT DO NOTHING
"""
_ADD_EVIDENCE = """
INSERT INTO timeline_evidence (citation_id, fact, participation_id, sentence, start, "end", confidence)
SELECT c.id, row.fact, p.id, row.sentence, row.start, row.stop, row.confidence
FROM timeline_citation c
CROSS JOIN unnest(
    %(facts)s::text[], %(actors)s::bigint[], %(roles)s::text[], %(sentences)s::text[], %(starts)s::int[],
    %(ends)s::int[], %(confidences)s::float8[]
) WITH ORDINALITY AS row (fact, actor, role, sentence, start, stop, confidence, place)
LEFT JOIN timeline_participation p ON p.event_id = c.event_id AND p.actor_id = row.actor AND p.role = row.role
WHERE c.event_id = %(event)s AND c.article_id = %(article)s AND (row.actor IS NULL OR p.id IS NOT NULL)
ORDER BY row.place
ON CONFLICT DO NOTHING
"""
SAME_WORDS = 0.85  # two quotes of one speaker that share this much of their text are one


@transaction.atomic(savepoint=False)
def add_citation(
    *, event_id: int, article_id: int, draft: EventDraft, reasons: str, confidence: float, by: str
) -> bool:
    """Attach an article to an event, with its evidence. A second call changes nothing.

    Roles that the article adds are taken over only while the event is a proposal: what is published, people decide.

    Returns:
        Whether the article is newly attached.
    """
    event = Event.objects.select_for_update().only("state", "slug", "words", "actor_ids").get(pk=event_id)
    if not cite(event, article_id, draft, reasons=reasons, confidence=confidence, by=by):
        return False
    added = add_roles(event, draft, by) if event.state == Event.State.PROPOSED else 0
    add_evidence(event, article_id, draft)
    Event.objects.filter(pk=event.pk).update(updated_at=timezone.now())
    if added:
        refresh_words(event)
    return True


def cite(event: Event, article_id: int, draft: EventDraft, *, reasons: str, confidence: float, by: str) -> bool:
    """Add the citation and its row in the history of the event, unless it is there. Returns whether it is new."""
    values = {
        "event": event.pk, "article": article_id, "main": draft.main, "reasons": reasons,
        "confidence": confidence, "by": by, "now": timezone.now(), "slug": event.slug,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_CITE, values)
        return int(cursor.rowcount) == 1


def add_roles(event: Event, draft: EventDraft, by: str) -> int:
    """Add the draft's roles that the event lacks, after those it has. Returns how many."""
    values: dict[str, Any] = {
        "event": event.pk,
        "by": by,
        "actors": [role.actor_id for role in draft.roles],
        "roles": [role.role for role in draft.roles],
        "confidences": [role.evidence.confidence for role in draft.roles],
    }
    with connection.cursor() as cursor:
        cursor.execute(_ADD_ROLES, values)
        return int(cursor.rowcount)


def add_evidence(event: Event, article_id: int, draft: EventDraft) -> None:
    """Keep the sentences of an article that is cited; those behind roles that the event does not have are left out."""
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
    names = ("facts", "actors", "roles", "sentences", "starts", "ends", "confidences")
    columns: dict[str, Any] = dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))
    with connection.cursor() as cursor:
        cursor.execute(_ADD_EVIDENCE, columns | {"event": event.pk, "article": article_id})


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
