r"""Words and phrases that tell of an act: the patterns of `lexicon`, compiled, and where they stand in a sentence.

Frames: `verb` (who does it stands before, whom it is done to after; the passive turns them round), `noun` ("the
revocation of A's access by B"), `undergo` ("A's access was cut"), `loss` (told from the side of the one who loses), and
those of `forums`. In patterns `~` stands for up to four words, `<ACCESS>` for the nouns of access, `(?:\S+\s+)` for a
word without a comma; a pattern with `@` counts only in a sentence that names something one can have access to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import regex

from ingest.reading.lexicon import access, changes, disputes, idioms, quarrels, trade

WORDS = r"(?:[^\s,;.]+\s+){0,4}?"
ACCESS = re.compile(
    r"\b(?:access|APIs?|accounts?|keys?|models?|capacity|data(?:base)?s?|services?|platforms?|tokens?|endpoints?|clients?|"
    r"crawl\w*|scrap\w+|bots?|feeds?|firehose|licen[cs]\w*|integrations?|apps?|interfaces?|developers?|tier|quota|requests?|"
    r"plug-?ins?|SDKs?|chatbots?|assistants?|subscriptions?|AI|training|archive|index|content|terms|customers?|tools?|"
    r"connections?|weights|posts?|tweets?|plans?|pages?|threads?|catalogues?|editors?|robots?|keys?|users?|pipe|tap|calls?|quer(?:y|ies)|program(?:me)?s?|forums?|ecosystem|marketplace|network|software|answers|prompts|tokens?|browsers?|credentials|using|versions?|robots?|requests?)\b"
)
ACCESS_NOUNS = (
    "(?:access|connection|API keys?|keys?|accounts?|capacity|supply|service|licen[cs]es?|data feed|feed|tokens?|credentials|"
    "permissions?|use|subscriptions?|integration|traffic|requests?|queries|logins?|sign-ins?)"
)
# What stands for a noun in patterns.
_NOUNS = {
    "<ACCESS>": ACCESS_NOUNS,
    "<MEANS>": "(?:pipes?|pipelines?|taps?|spigot|hose|firehose|plug|plumbing|lifeline|cord|umbilical|bridge|lights)",
    "<RULES>": (
        r"(?:terms(?!\s+of\s+the\s+(?:deal|agreement))|polic(?:y|ies)|(?:developer|user|customer|reseller|partner|seller|service|licen[cs]e|platform|merchant)\s+agreement|handbook|charter|TOS|small\s+print|fine\s+print|rule-?book|rules|"
        r"guidelines|conditions|clauses?|contracts?|licen[cs]e|robots\.txt|wording)"
    ),
    "<PLANS>": r"(?:plans?|tiers?|allowances?|subscriptions?|packages?|quotas?|access|APIs?|version)",
}
_CAPITALS = "[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĪİŁŃŇŌŐŘŚŞŠŢŤŪŮŰŹŻŽ]"
_ENDS = (" ", "-", ".")  # what may follow a first word
_FIRST_WORD = re.compile(r"(?<![^\W\d_])(?<!-)[^\W\d_][^\W\d_'-]*(?:['-][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Cue:
    """A pattern that tells of an act. `access` says that the sentence must name something one has access to.

    `pattern` can tell which words begin it, `quick` is the same for matching, in half the time.
    """

    kind: str
    weight: float
    pattern: regex.Pattern[str]
    quick: re.Pattern[str]
    frame: str
    access: bool


def _compile(kind: str, weight: float, frame: str, source: str) -> Cue:
    body = source.replace("@", "").replace("~", WORDS)
    for name, nouns in _NOUNS.items():
        body = body.replace(name, nouns)
    body = body.replace(r"(?:\S+\s+)", r"(?:[^\s,;]+\s+)")
    quick = re.compile(f"(?:{body})".replace(r"\p{Lu}", _CAPITALS), re.IGNORECASE)
    return Cue(kind, weight, regex.compile(f"(?:{body})", regex.IGNORECASE), quick, frame, "@" in source)


_LISTS = (access, trade, disputes, idioms, quarrels, changes)


@cache
def _list_cues() -> tuple[Cue, ...]:
    """All of them, compiled when the first article is read: workers that only poll feeds need not hold them."""
    return tuple(_compile(*row) for rows in _LISTS for row in rows.ROWS)


_BEGUN: dict[str, tuple[Cue, ...]] = {}  # the cues that each word met so far begins
MANY = 20_000


def _cues_of(word: str) -> tuple[Cue, ...]:
    """The cues that can begin with `word`: few words begin any, so most of a text is never matched at all."""
    found = tuple(c for c in _list_cues() if any(c.pattern.match(word + end, partial=True) for end in _ENDS))
    if len(_BEGUN) >= MANY:
        _BEGUN.clear()
    _BEGUN[word] = found
    return found


def find_cues(text: str, *, has_access: bool) -> Iterator[tuple[Cue, re.Match[str]]]:
    """Every cue in a sentence with its match, in order of place; `has_access` says that the sentence names something
    one can have access to."""
    for word in _FIRST_WORD.finditer(text):
        begins = _BEGUN.get(word.group())
        for cue in _cues_of(word.group()) if begins is None else begins:
            if cue.access and not has_access:
                continue
            match = cue.quick.match(text, word.start())
            if match is not None and match.end() > match.start():
                yield cue, match
