"""News that no rule knows the words of: its kind from the gist of the opening, its parties from who is named first."""

from __future__ import annotations

from collections.abc import Mapping

from ingest.reading.authorities import is_court
from ingest.reading.clauses import Act
from ingest.reading.document import Document
from ingest.reading.memory import Mention
from ingest.reading.roles import Story

SURE = 0.25  # the chance of a kind from which on it is told
SURER = 0.5  # and from which on even where no party is found
WEIGHT = 2.2
READ = 3  # sentences, the headline among them, in which the parties are looked for
SHARE = 0.3


def tell_gist(doc: Document, gist: Mapping[str, float], mentions: dict[int, list[Mention]]) -> Story | None:
    """The news as the opening's words tell it; None where they are not sure of a kind, or nobody is named."""
    kind = max((k for k in gist if k), key=lambda k: gist[k])
    if gist[kind] < SURE:
        return None
    for sentence in doc.sentences[:READ]:
        parties = _list_parties(mentions.get(sentence.index, ()))
        if parties:
            act = Act(kind, WEIGHT, sentence, 0, len(sentence.plain), "gist")
            _give_roles(act, parties)
            return Story(kind, [(act, WEIGHT)], True, SHARE)
    if gist[kind] < SURER or not doc.sentences:
        return None
    return Story(kind, [(Act(kind, WEIGHT, doc.sentences[0], 0, 0, "gist"), WEIGHT)], True, SHARE)


def _list_parties(mentions: list[Mention] | tuple[Mention, ...]) -> list[Mention]:
    """Organizations of a sentence, each once, in order."""
    held: dict[str, Mention] = {}
    for mention in mentions:
        if mention.actor.kind == "organization" and not mention.media and not mention.aside:
            held.setdefault(mention.actor.key, mention)
    return list(held.values())


def _give_roles(act: Act, parties: list[Mention]) -> None:
    sides = [m for m in parties if not is_court(m.actor)]
    for mention in parties:
        if mention not in sides:
            act.add("court", mention)
    for place, mention in enumerate(sides[:2]):
        act.add("initiator" if place == 0 or act.kind == "deal" else "target", mention)
