"""Names that reading is not sure of, for the encoder to judge: whatever is written as a name is, and who publishes the page.

`entities` decides by the words around a name, and leaves out what nothing speaks for. The encoder reads more than those
words, so it is shown all of them; what it gives no part to stays unnamed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import regex

from ingest.reading.capitals import HONORIFICS, MAY_LEAD, NAME, ONE_NAME, blank_slug, is_title_case, is_upper
from ingest.reading.document import TITLE, Document, Sentence
from ingest.reading.lexicon.ordinary import is_ordinary
from ingest.reading.memory import Mention, Mentions
from ingest.reading.names import NameTable, fold_case
from ingest.reading.nobody import describes
from ingest.reading.small import LOWER_WORD, WITH_DIGITS
from ingest.reading.typography import fold_marks
from ingest.reading.words import COMMON, MONTHS, WEEKDAYS
from ingest.types import ActorRef

MOST = 60  # candidates of an article
READ = 3200  # characters of it
_NOT_NAMES = (
    COMMON
    | HONORIFICS
    | frozenset(MONTHS)
    | frozenset(WEEKDAYS)
    | frozenset(
        "i ai api apis q a inc ltd llc llp plc gmbh hon bv b.v nv n.v s.a s.p.a ag ab oy oyj asa a/s aps kg kft pty pte".split()
    )
)
# "oolite faces suit", "nohrm.io": brands in small letters show where a sentence begins, or by a dot.
_SMALL = regex.compile(r"^(?P<name>\p{Ll}[\p{L}\p{N}]{2,}(?:\.\p{Ll}{2,3})?)(?=[\s,'])")
_DOMAIN = regex.compile(
    r"(?<![\w@/.-])(?P<name>[\p{L}\p{N}-]{2,}\.(?:ai|io|dev|app|com|net|org|fm|tv|xyz|co))(?![\w/])"
)
_DOT = re.compile(r"[^\W_]\.[a-z]")
_TOKEN = re.compile(r"\S+")
# What a company calls the part of its site that speaks.
_DESK = regex.compile(
    r"(?:[\s,|:–—-]+(?:the|blog|docs|documentation|newsroom|engineering|developers?|press|status|news|changelog|updates|community|"
    r"support|team|help|center|centre|announcements|notices?|portal|releases?|investor|relations|room|platform|policy|hub))+$",
    regex.IGNORECASE,
)
_AND = regex.compile(r"\s+and\s+")
_OWNED = regex.compile(r"'s?$")


def find_candidates(doc: Document, mentions: Mentions, table: NameTable, until: int = READ) -> dict[int, list[Mention]]:
    """Further mentions by sentence, none overlapping `mentions`; each an organization for all that is known.
    `until` is how many characters of the article are read."""
    known = {fold_case(m.actor.name): m.actor for held in mentions.values() for m in held}
    text = " ".join(fold_marks(s.text) for s in doc.sentences if s.start < until)
    words = Counter(LOWER_WORD.findall(text))
    lower, small = set(words), _find_small(doc, words, text, until)
    found: dict[int, list[Mention]] = {}
    keys: set[str] = set()
    for sentence in doc.sentences:
        if sentence.start > until or len(keys) > MOST:
            break
        taken = [(m.start, m.end) for m in mentions.get(sentence.index, ()) if m.how == "name"]
        for start, end, actor in _spot(sentence, table, lower, small, taken):
            actor = known.get(fold_case(actor.name), actor)
            found.setdefault(sentence.index, []).append(Mention(start, end, actor, "name"))
            keys.add(actor.key)
    return found


def name_publisher(doc: Document, mentions: Mentions) -> ActorRef | None:
    """Who publishes the page, as an actor: the one that the article names, if it does."""
    name = doc.page.publisher.strip()
    while (short := _DESK.sub("", name)) and short != name:
        name = short
    if not name:
        return None
    named = (m.actor for held in mentions.values() for m in held if m.actor.kind == "organization")
    return next((a for a in named if fold_case(a.name) == fold_case(name)), ActorRef(name, "organization"))


def _spot(
    sentence: Sentence, table: NameTable, lower: set[str], small: set[str], taken: list[tuple[int, int]]
) -> list[tuple[int, int, ActorRef]]:
    """(start, end, actor) of what looks like a name in a sentence, quotations and all, beside what is `taken`."""
    text = blank_slug(fold_marks(sentence.text))
    if is_upper(text):
        return []
    found: list[tuple[int, int, ActorRef]] = []
    known = [(hit.start, hit.end, hit.actor) for hit in table.find_names(text)]
    spans = _spans(text, lower, small, headline=sentence.paragraph == TITLE)
    for start, end, actor in (*known, *((low, high, None) for low, high in spans)):
        end -= len(text[start:end]) - len(_OWNED.sub("", text[start:end]))
        if all(end <= low or high <= start for low, high in taken):
            taken.append((start, end))
            found.append((start, end, actor or ActorRef(text[start:end], "organization")))
    return sorted(found, key=lambda f: f[0])


def _spans(text: str, lower: set[str], small: set[str], *, headline: bool) -> Iterator[tuple[int, int]]:
    """Where names may stand: domains, runs of capitalised words, brands in small letters."""
    if _DOT.search(text):
        yield from (match.span("name") for match in _DOMAIN.finditer(text))
    if not (headline and is_title_case(text)):
        runs = (_trim(text, low, high, lower) for match in NAME.finditer(text) for low, high in _part(text, match))
        yield from (span for span in runs if span)
    yield from (match.span() for match in WITH_DIGITS.finditer(text))
    words = LOWER_WORD.finditer(text) if small else ()
    yield from (word.span() for word in words if word.group() in small)


def _part(text: str, run: regex.Match[str]) -> Iterator[tuple[int, int]]:
    """A run of capitalised words cut at each "and", unless it names an office: "Ministry of Trade and Industry"."""
    low = run.start()
    for cut in _AND.finditer(run.group()) if not ONE_NAME.search(run.group()) else ():
        yield low, run.start() + cut.start()
        low = run.start() + cut.end()
    yield low, run.end()


def _trim(text: str, start: int, end: int, lower: set[str]) -> tuple[int, int] | None:
    """A run of capitalised words without the common ones at its ends; None where nothing is left."""
    words = [(m.start() + start, m.end() + start) for m in _TOKEN.finditer(text[start:end])]
    begins = not text[:start].strip(" \"'(*-") or text[:start].rstrip()[-1:] in ".:?!"
    while words and _is_common(text[slice(*words[0])], lower if begins else set()):
        if not begins and len(words) > 1 and fold_case(text[slice(*words[0])]) in MAY_LEAD:
            break
        words, begins = words[1:], False
    while words and _is_common(text[slice(*words[-1])], set()) and not _numbers(text, words):
        words.pop()
    if not words or words[-1][1] - words[0][0] < 2:
        return None
    return words[0][0], words[-1][1]


def _numbers(text: str, words: list[tuple[int, int]]) -> bool:
    """Whether the last word numbers what stands before it: "Brevik 4", not "May 4"."""
    return text[slice(*words[-1])].isdigit() and len(words) > 1 and not _is_common(text[slice(*words[-2])], set())


def _is_common(word: str, lower: set[str]) -> bool:
    plain = fold_case(word.strip(".,'\"")).split("'")[0]  # "He'd" is "he"
    return plain in _NOT_NAMES or plain in lower or plain.isdigit() or describes(plain)


def _find_small(doc: Document, words: Counter[str], text: str, until: int) -> set[str]:
    """Words in small letters with which sentences begin, and those that are no English ones and come back."""
    found = (_SMALL.match(fold_marks(s.text)) for s in doc.sentences if s.start < until)
    begins = {m.group("name") for m in found if m and m.group("name") not in COMMON}
    strange = {w for w in words if len(w) > 3 and w.isalpha() and w not in COMMON and not is_ordinary(w)}
    return begins | {w for w in strange if words[w] > 1 or f"{w}'s" in text}
