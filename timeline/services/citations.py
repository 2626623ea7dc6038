"""Joining articles to events, with the sentences that say so, and the words that stand in them."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher

from django.db import transaction
from django.utils import timezone

from timeline.models import Article, Change, Citation, Clause, Event, Evidence, Participation, Quote
from timeline.models.common import WordsState
from timeline.services.drafts import ClauseDraft, EventDraft, QuoteDraft, Sentence
from timeline.services.history import note_change
from timeline.services.words import refresh_words

SAME_WORDS = 0.85  # two quotes of one speaker that share this much of their text are one


@transaction.atomic
def add_citation(
    *, event_id: int, article_id: int, draft: EventDraft, reasons: str, confidence: float, by: str
) -> bool:
    """Attach an article to an event, with its evidence. A second call changes nothing.

    Roles that the article adds are taken over only while the event is a proposal: what is published, people decide.

    Returns:
        Whether the article is newly attached.
    """
    event = Event.objects.select_for_update().get(pk=event_id)
    citation, created = Citation.objects.get_or_create(
        event=event,
        article_id=article_id,
        defaults={
            "reasons": reasons,
            "confidence": confidence,
            "main": draft.main,
            "by": by,
            "position": event.citations.count(),
        },
    )
    if not created:
        return False
    if event.state == Event.State.PROPOSED:
        add_roles(event, draft, by)
    _add_evidence(citation, draft)
    event.updated_at = timezone.now()
    event.save(update_fields=["updated_at"])
    refresh_words(event)
    note_change(
        noun=Change.Noun.EVENT,
        row_id=event.pk,
        slug=event.slug,
        action=Change.Action.CITE,
        by=by,
        after={"article": Article.objects.values_list("url", flat=True).get(pk=article_id)},
        reason=reasons,
    )
    return True


def add_roles(event: Event, draft: EventDraft, by: str) -> None:
    """Add the draft's roles that the event lacks, after those it has."""
    position = event.participations.count()
    Participation.objects.bulk_create(
        [
            Participation(
                event=event,
                actor_id=role.actor_id,
                role=role.role,
                position=position + n,
                confidence=role.evidence.confidence,
                by=by,
            )
            for n, role in enumerate(draft.roles)
        ],
        ignore_conflicts=True,
    )


def _add_evidence(citation: Citation, draft: EventDraft) -> None:
    facts: list[tuple[str, Sentence | None, int | None]] = [
        (Evidence.Fact.KIND, draft.evidence, None),
        (Evidence.Fact.DATE, draft.date_evidence, None),
        (Evidence.Fact.SCOPE, draft.scope_evidence, None),
    ]
    parts = {(p.actor_id, p.role): p.pk for p in citation.event.participations.all()}
    facts += [(Evidence.Fact.ROLE, r.evidence, parts.get((r.actor_id, r.role))) for r in draft.roles]
    Evidence.objects.bulk_create(
        [
            Evidence(
                citation=citation,
                fact=fact,
                participation_id=part,
                sentence=sentence.text,
                start=sentence.start,
                end=sentence.end,
                confidence=sentence.confidence,
            )
            for fact, sentence, part in facts
            if sentence and (fact != Evidence.Fact.ROLE or part)
        ],
        ignore_conflicts=True,
    )


@transaction.atomic
def add_quotes(*, event_id: int, article_id: int, quotes: Iterable[QuoteDraft], by: str) -> int:
    """Propose quotes of an article for an event, leaving out what it holds already in nearly the same words.

    Returns:
        How many were added.
    """
    held = [(q.speaker_id, q.text) for q in Quote.objects.filter(event_id=event_id)]
    added = 0
    for draft in quotes:
        if any(speaker == draft.speaker_id and _same_words(text, draft.text) for speaker, text in held):
            continue
        Quote.objects.create(
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
        held.append((draft.speaker_id, draft.text))
        added += 1
    _note_proposed(event_id, "quotes_proposed", added, by)
    return added


@transaction.atomic
def add_clauses(*, event_id: int, article_id: int, clauses: Iterable[ClauseDraft], by: str) -> int:
    """Propose clauses, as `add_quotes` does quotes. Returns how many were added."""
    held = [(c.vendor_id, c.text) for c in Clause.objects.filter(event_id=event_id)]
    added = 0
    for draft in clauses:
        if any(vendor == draft.vendor_id and _same_words(text, draft.text) for vendor, text in held):
            continue
        Clause.objects.create(
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
        held.append((draft.vendor_id, draft.text))
        added += 1
    _note_proposed(event_id, "clauses_proposed", added, by)
    return added


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
