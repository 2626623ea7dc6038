"""Where in an article unknown names stand: what its sentences show one by one, and what only the article as a whole does."""

from __future__ import annotations

from collections import Counter

import regex

from ingest.reading.capitals import begins_at, is_title_case, names_in
from ingest.reading.contexts import acts_or_speaks
from ingest.reading.document import TITLE, Document
from ingest.reading.joined import find_joined_names
from ingest.reading.lexicon.ordinary import is_ordinary
from ingest.reading.names import NameHit, fold_case
from ingest.reading.odd import find_odd_names, may_stand
from ingest.reading.small import LOWER_WORD, find_small_names
from ingest.reading.words import COMMON

_FIRST_WORD = regex.compile(r"[\"'“‘«(\[–—-]*(\p{Lu}[\p{L}\p{N}]+)(?![\p{L}\p{N}])")
Spans = dict[int, list[tuple[int, int]]]


def find_spans(doc: Document, known: dict[int, list[NameHit]]) -> tuple[Spans, set[str], set[str]]:
    """Where names stand, by sentence number, beside those `known`; the words that the article writes small; and which of
    the names it does."""
    lower = set(LOWER_WORD.findall(" ".join(s.plain for s in doc.sentences)))
    spans = {s.index: names_in(s.plain, known[s.index], lower) for s in doc.sentences}
    _find_beginnings(doc, spans, known, lower)
    small = _find_small(doc, spans, known, lower) | _find_odd(doc, spans, known)
    _find_in_headline(doc, spans, known)
    return spans, lower, small


def _find_beginnings(doc: Document, spans: Spans, known: dict[int, list[NameHit]], lower: set[str]) -> None:
    """Add to `spans` names that are ordinary words where they begin sentences: "Notice said", if "Notice" is written so
    within sentences too; twice, where the article writes the word small as well."""
    within: Counter[str] = Counter()
    for sentence in doc.sentences:
        if sentence.paragraph != TITLE:
            found = (sentence.plain[a:b] for a, b in spans[sentence.index] if not begins_at(sentence.plain, a))
            within.update(name for name in found if " " not in name)
    last = {sentence.plain[a:b].split()[-1] for sentence in doc.sentences for a, b in spans[sentence.index]}
    names = {name for name, count in within.items() if count > (fold_case(name) in lower)} | _doers(doc, lower, last)
    names = {name for name in names if fold_case(name) in lower or is_ordinary(fold_case(name))}
    for sentence in doc.sentences:
        for name in names:
            if name in sentence.plain:
                free = _free_places(name, sentence.plain, spans[sentence.index], known[sentence.index])
                spans[sentence.index] += [p for p in free if begins_at(sentence.plain, p[0])]


def _free_places(name: str, text: str, spans: list[tuple[int, int]], known: list[NameHit]) -> list[tuple[int, int]]:
    """Where `name` stands in `text`, but for places that belong to a name already found."""
    taken = (*spans, *((h.start, h.end) for h in known))
    places = []
    start = text.find(name)
    while start >= 0:
        end = start + len(name)
        whole = not text[start - 1 : start].isalnum() and not text[end : end + 1].isalnum()
        if whole and not any(a < end and start < b for a, b in taken):
            places.append((start, end))
        start = text.find(name, end)
    return places


def _doers(doc: Document, lower: set[str], last: set[str]) -> set[str]:
    """Ordinary words that only begin sentences, but act there again and again: "Almanac said", "Almanac has bought".
    Things that are counted need an article in the singular, so it must be a name. Once is enough for the `last` words
    of longer names, such as people's surnames."""
    does: Counter[str] = Counter()
    for sentence in doc.sentences:
        first = _FIRST_WORD.match(sentence.plain)
        if first and acts_or_speaks(sentence.plain, first.end(1)):
            does[first.group(1)] += 1
    return {
        name
        for name, count in does.items()
        if name in last or (count > 1 and not name.endswith("s") and fold_case(name) not in COMMON | lower)
    }


def _find_small(doc: Document, spans: Spans, known: dict[int, list[NameHit]], lower: set[str]) -> set[str]:
    """Add to `spans` names in small letters, and return them."""
    found: set[str] = set()
    for sentence, start, end in find_small_names(doc, lower):
        held = (*spans[sentence.index], *((h.start, h.end) for h in known[sentence.index]))
        if not any(a < end and start < b for a, b in held):
            spans[sentence.index].append((start, end))
            found.add(sentence.plain[start:end])
    return found


def _find_odd(doc: Document, spans: Spans, known: dict[int, list[NameHit]]) -> set[str]:
    """Put into `spans` names that are days or common words, begin with one, or are joined by small words, and return them."""
    names = sorted(find_odd_names(doc) | find_joined_names(doc, spans), key=len, reverse=True)
    for sentence in doc.sentences if names else ():
        here = spans[sentence.index]
        for name in names:
            for start, end in _free_places(name, sentence.plain, [], known[sentence.index]):
                longer = any(a <= start and end <= b for a, b in here)
                if not longer and may_stand(name, sentence.plain, start, end):
                    here[:] = [p for p in here if p[1] <= start or end <= p[0]] + [(start, end)]
    return set(names)


def _find_in_headline(doc: Document, spans: Spans, known: dict[int, list[NameHit]]) -> None:
    """In a Headline That Has Capitals Throughout, put into `spans` the names that the text below it has, if any."""
    for title in doc.sentences[:1]:
        if title.paragraph != TITLE or not is_title_case(title.plain):
            return
        names = {s.plain[a:b] for s in doc.sentences[1:] for a, b in spans[s.index]}
        places: list[tuple[int, int]] = []
        for name in sorted(names, key=len, reverse=True):
            places += _free_places(name, title.plain, places, known[title.index])
        spans[title.index] = sorted(places) or [s for s in spans[title.index] if " " not in title.plain[slice(*s)]]
