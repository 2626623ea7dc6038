"""Names that are days, months or words without which no sentence does, where the text tells that they are a company's:
"Sunday is a laboratory", "at Anyone", "the planner of Monday Freight"."""

from __future__ import annotations

from collections import defaultdict

import regex

from ingest.reading.contexts import FIRM, acts_or_speaks
from ingest.reading.document import TITLE, Document
from ingest.reading.words import COMMON, MONTHS, WEEKDAYS

_DAYS = frozenset(w.capitalize() for w in (*WEEKDAYS, *MONTHS) if len(w) > 4 or w == "may")
_DAY = "|".join(sorted(_DAYS))
# Common words that have a capital anyhow.
_PROPER = frozenset(
    "english chinese eastern pacific central internet artificial intelligence christmas easter thanksgiving hanukkah ramadan valentine's "
    "heaven earth judge justice chief section article clause chapter figure table volume part page version series round phase bill".split()
)
_WORDS = (
    frozenset(w.capitalize() for w in COMMON if len(w) > 4 and w.isalpha()) - {w.capitalize() for w in _PROPER} - _DAYS
)
_WORD = regex.compile(r"(?<=[\p{Ll},]\s)(?P<name>\p{Lu}\p{Ll}{2,})(?![\p{L}\p{N}-])")
_LONGER = regex.compile(
    rf"\b(?:of|at|with|called|named)\s(?P<name>(?:{_DAY})(?:\s\p{{Lu}}\p{{Ll}}+){{1,2}})(?![\p{{L}}'-])"
)
_HEAD = regex.compile(rf"(?:[^.:]{{0,80}}:\s)?({_DAY})(?![\p{{L}}\p{{N}}-])")
# What tells that a word is a firm's name, and how much; two are enough.
_BEFORE = (
    (2, regex.compile(r"(?r)\b(?:called|named)\s+$")),
    (1, regex.compile(rf"(?r)\b(?:{FIRM})\s+$")),
    (1, regex.compile(r"(?r)\b(?:at|with|joined|sued|against)\s+$")),
    (1, regex.compile(rf"(?r)\b(?:On|on|Last|last)\s(?:{_DAY}),\s$")),
)
_AFTER = (
    (2, regex.compile(rf"(?:,\s+an?|\s+is\s+an?)\s[^.;,]{{0,40}}?\b(?:{FIRM}|maker\sof)(?![\p{{L}}'-])")),
    (2, regex.compile(rf",\s+the\s(?:[\p{{Ll}}-]+\s){{0,4}}(?:{FIRM}),")),
    (1, regex.compile(r"\s(?:\p{Lu}\p{Ll}+\s)?(?:API|SDK|model)\b")),
    (1, regex.compile(r"'s\s+(?:API|terms|models?|platform|lawyers|users|customers|developers)\b")),
)
ENOUGH = 2
# Behind these a day is one.
_WHEN = regex.compile(
    r"(?r)\b(?:on|last|next|this|that|every|each|since|until|till|by|from|before|after|late|early|of|the|a|in|for|and|to|one|"
    r"yesterday|said|says|\p{Ll}+ed)\s+$",
    regex.IGNORECASE,
)


def find_odd_names(doc: Document) -> set[str]:
    """The names of `doc` that are, or begin with, a day or a common word."""
    told: dict[str, int] = defaultdict(int)
    found: set[str] = set()
    for sentence in doc.sentences:
        text = sentence.plain
        for match in _WORD.finditer(text):
            name = match.group("name")
            if name in _DAYS or (name in _WORDS and sentence.paragraph != TITLE):
                told[name] += _weigh(text, match.start("name"), match.end("name"))
        head = _HEAD.match(text)
        if head is not None and sentence.paragraph != TITLE:
            told[head.group(1)] += _weigh(text, head.start(1), head.end(1))
        found.update(m.group("name") for m in _LONGER.finditer(text) if _is_whole(m.group("name"), doc))
    return found | {name for name, weight in told.items() if weight >= ENOUGH}


def _weigh(text: str, start: int, end: int) -> int:
    left, day = text[max(0, start - 40) : start], text[start:end] in _DAYS
    before = sum(weight for weight, pattern in _BEFORE if pattern.search(left))
    return before + sum(
        weight for weight, pattern in _AFTER if pattern.match(text, end) and not (day and _is_time(text, start))
    )


def _is_whole(name: str, doc: Document) -> bool:
    """Whether what follows the day in `name` never stands without it: "Monday Freight", but not "at noon of Monday Oolite"."""
    day, rest = name.split(" ", 1)
    alone = regex.compile(rf"(?<!\b{day}\s)(?<=[\p{{Ll}},]\s){regex.escape(rest.split()[0])}\b")
    return rest not in _DAYS and not any(alone.search(s.plain) for s in doc.sentences)


def _is_time(text: str, start: int) -> bool:
    return _WHEN.search(text[max(0, start - 20) : start]) is not None


def may_stand(name: str, text: str, start: int, end: int) -> bool:
    """Whether the odd name from `start` to `end` is one here, and no day or common word."""
    if " " in name:
        return True
    if name in _DAYS:
        return not _is_time(text, start)
    return _WORD.match(text, start) is not None or acts_or_speaks(text, end)
