"""Who speaks for nobody: "an independent analyst", "a freelance illustrator"."""

from __future__ import annotations

import regex

from ingest.reading.memory import Mention

_TRADE = r"(?:[\p{Ll}-]+\s){0,3}?[\p{Ll}-]+"
_AFTER = regex.compile(
    r",\s(?:an?|the)\s(?:[\p{Ll}-]+\s){0,2}?(?:independent|freelance|unaffiliated)\s[^.;\"“”\x00]{3,80}"
)
_BEFORE = regex.compile(rf"(?r)\b(?:independent|freelance)\s{_TRADE},?\s$")


def speaks_alone(text: str, person: Mention, here: list[Mention]) -> bool:
    """Whether the words beside `person` in the sentence `text` say that he works for nobody, and name nobody for whom he
    does ("an independent adviser to Oakmere"). `here` are the mentions of the sentence."""
    after = _AFTER.match(text, person.end)
    if after is None:
        return _BEFORE.search(text[max(0, person.start - 60) : person.start]) is not None
    return not any(m.actor.kind == "organization" and after.start() < m.start < after.end() for m in here)
