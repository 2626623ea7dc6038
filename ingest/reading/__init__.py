"""Reading: from the text of an article to who did what to whom, when, and who said what.

page ─document─> sentences, quotations ─entities, mentions─> who is spoken of ─acts─> what they did
     ─events, timing─> what the news is ─relevance─> is it ours? ─quotes, speakers─> who said what ─events, status─> Reading
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from ingest.reading.acts import find_acts
from ingest.reading.candidates import READ, find_candidates, name_publisher
from ingest.reading.casting import Opening
from ingest.reading.courts import find_district_court
from ingest.reading.document import Document, build_document
from ingest.reading.encoder import encode
from ingest.reading.entities import find_entities
from ingest.reading.events import Storyteller, build_events
from ingest.reading.gist import weigh_gist
from ingest.reading.language import detect_language
from ingest.reading.layout import lay_out
from ingest.reading.memory import Mention
from ingest.reading.mentions import find_mentions
from ingest.reading.names import NameTable
from ingest.reading.owners import find_owners
from ingest.reading.people import find_people
from ingest.reading.quotes import find_quotes
from ingest.reading.relevance import score_relevance
from ingest.reading.timing import Calendar
from ingest.reading.voices import Listener
from ingest.types import ActorRef, ClauseRead, EventRead, Page, QuoteRead, Reading, RoleRead

VERSION = "1"

# From this chance on that an article is none of ours the encoder is not asked.
CLEARLY_NOT = 0.97
# Stands where a page does not say who publishes it: all openings that the encoder learned from have somebody there.
SOMEBODY = ActorRef("A newspaper", "organization")
ENCODED = 0.5  # what the encoder weighs, against the gist, in whether an article is ours

__all__ = ["VERSION", "NameTable", "read_article"]


def read_article(page: Page, table: NameTable, published_at: datetime, *, only_ours: bool = False) -> Reading:
    """What `page` says.

    Never raises for odd text: what cannot be read gives a Reading with nothing in it and a reason.

    Args:
        page: the article.
        table: the actors of the record.
        published_at: dates "on Tuesday" and "last month"; the day of its own time zone counts.
        only_ours: leave out what is quoted in an article that is none of ours, which costs nearly as much as its opening.
    """
    language = detect_language(f"{page.title}\n{page.text[:4000]}", page.language)
    if language not in ("en", ""):
        return Reading(False, 0.0, (f"is written in another language ({language})",), language=language)
    doc = build_document(page)
    mentions = find_mentions(doc, find_entities(doc, table), table)
    people = find_people(doc, mentions, table)
    gist = weigh_gist(doc)
    candidates = None if gist[""] > CLEARLY_NOT else find_candidates(doc, mentions, table, _last_quoted(doc))
    acts = find_acts(doc, mentions)
    owners = find_owners(doc, mentions, table)
    calendar = Calendar(doc, published_at.date())
    kinds, opening = _weigh_opening(doc, gist, mentions, candidates, calendar, table)
    teller = Storyteller(doc, acts, mentions, people, owners, calendar, kinds, opening)
    story = teller.main_story()
    lead = max(story.acts, key=lambda a: a[1])[0] if story and story.acts else None
    relevance = score_relevance(doc, [a for a, _ in story.acts] if story else [], lead, kinds)
    quotes: tuple[QuoteRead, ...] = ()
    clauses: tuple[ClauseRead, ...] = ()
    if relevance.relevant or not only_ours:
        listener = Listener(doc, mentions, candidates, people) if candidates is not None else None
        quotes, clauses = find_quotes(doc, mentions, people, table, listener)
    events = build_events(doc, teller, _commentators(quotes)) if relevance.relevant else ()
    quotes = _free_plaintiffs(quotes, events)
    return Reading(
        relevant=relevance.relevant,
        relevance=relevance.score,
        reasons=relevance.reasons,
        actors=_actors(mentions),
        events=events,
        quotes=quotes,
        clauses=clauses,
        language=language,
    )


def _weigh_opening(
    doc: Document,
    gist: Mapping[str, float],
    mentions: dict[int, list[Mention]],
    candidates: dict[int, list[Mention]] | None,
    calendar: Calendar,
    table: NameTable,
) -> tuple[Mapping[str, float], Opening | None]:
    """How likely each kind is the news, and what the encoder says besides, if the article may be ours at all."""
    if candidates is None:
        return gist, None
    publisher = name_publisher(doc, mentions)
    layout = lay_out(doc.sentences, mentions, candidates, calendar.phrases, calendar.published, publisher or SOMEBODY)
    encoded = encode(layout)
    none = (1 - ENCODED) * gist[""] + ENCODED * encoded.kinds[""]
    told = 1 - encoded.kinds[""] or 1.0
    kinds = {k: chance * (1 - none) / told for k, chance in encoded.kinds.items()} | {"": none}
    return kinds, Opening(encoded, candidates, publisher, find_district_court(doc, table), table.interfaces)


def _last_quoted(doc: Document) -> int:
    """How far names are looked for: to the end of what the encoder reads, or of the last quotation."""
    last = doc.quotations[-1] if doc.quotations else None
    return max(READ, doc.starts[last.paragraph] + last.span.end) if last is not None else READ


def _actors(mentions: dict[int, list[Mention]]) -> tuple[ActorRef, ...]:
    """Everybody named, in the order of first mention."""
    found = {m.actor.key: m.actor for held in mentions.values() for m in held if m.how == "name"}
    return tuple(found.values())


def _free_plaintiffs(quotes: tuple[QuoteRead, ...], events: tuple[EventRead, ...]) -> tuple[QuoteRead, ...]:
    """The quotes of a person who sues are his own, whatever company he leads besides."""
    suits = (e for e in events if e.main and e.kind == "lawsuit")
    suing = {a.key for e in suits for a in e.actors("initiator") if a.kind == "person"}
    return tuple(
        replace(q, on_behalf_of=None) if q.speaker is not None and q.speaker.key in suing else q for q in quotes
    )


def _commentators(quotes: tuple[QuoteRead, ...]) -> list[RoleRead]:
    """Those who speak only for themselves."""
    found = {
        q.speaker.key: RoleRead(q.speaker, "commentator", q.evidence, q.confidence)
        for q in quotes
        if q.speaker is not None and q.speaker.kind == "person" and q.on_behalf_of is None
    }
    return list(found.values())
