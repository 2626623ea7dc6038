"""Media named as the source of a report are no parties to what they report. Says which are."""

from __future__ import annotations

import regex

from ingest.reading.names import fold_case

_MEDIA = frozenset(
    "the verge|verge|wired|the information|financial times|the financial times|wall street journal|the wall street journal|"
    "new york times|the new york times|washington post|the washington post|forbes|fortune|fox news|politico|the guardian|"
    "guardian|business insider|le monde|der spiegel|the economist|nikkei|new york post|cnn|bbc|getty images".split("|")
)


# Those that report on others and are seldom a party themselves.
_AGENCIES = frozenset(
    "reuters|bloomberg|bloomberg news|techcrunch|cnbc|axios|semafor|ars technica|engadget|404 media|platformer|the register|"
    "zdnet|mashable|techmeme|the-decoder|benzinga|handelsblatt|associated press|the associated press|ap|afp|the information|"
    "venturebeat|cnet|gizmodo|hacker news|github issues|discord|bluesky|mastodon|medium".split("|")
)


_PARTY = regex.compile(
    r"\b(?:su(?:es?|ed|ing)|suits?|lawsuit|licen[cs]\w+|block\w*|agree\w*|deals?|sign\w*|accus\w+|pay\w*|against|owner)\b",
    regex.IGNORECASE,
)


_SOCIAL = frozenset("x twitter linkedin reddit youtube substack".split())


_POSTED = regex.compile(
    r"(?r)\b(?:wrote|writes|posted|posts|said|says|tweeted|shared|announced|thread|post|video|message|complained|replied|asked)\s+(?:\w+\s+){0,2}?(?:on|to|in a post on|via)\s+$",
    regex.IGNORECASE,
)


_TO_US = regex.compile(r"(?r)(?:\(|\b(?:told|to|with|by|for|reads?|reading)\s+(?:the\s+)?)$")


_MEDIA_LEFT = regex.compile(
    r"(?r)\b(?:told|according to|(?:reported|cited|quoted|seen|obtained|published|broken|revealed|reviewed|first reported) by|"
    r"reports? (?:by|in|from)|interview (?:with|on|in)|newspaper|magazine|wrote (?:in|at|for)|writes (?:in|at|for)|site|"
    r"speaking (?:to|with|at)|stage at)\s+(?:the\s+)?(?:\w+\s+)?$",
    regex.IGNORECASE,
)


_MEDIA_RIGHT = regex.compile(
    r"(?:'s)?,?\s+(?:which\s+)?(?:first\s+|has\s+|had\s+|also\s+|earlier\s+|later\s+)?(?:report(?:s|ed)|published|wrote|broke|writes|article|put\s+(?:it\s+)?at|said it had seen|interview)\b"
)


def is_source(text: str, start: int, end: int, publisher: str) -> bool:
    """Whether the name from `start` to `end` is that of a medium that only reports; `publisher` in small letters."""
    name = fold_case(text[start:end])
    left = text[max(0, start - 60) : start]
    if publisher and name in (publisher, f"the {publisher}") and _TO_US.search(left):
        return True
    if name in _AGENCIES:
        return not _PARTY.search(text)
    if name in _SOCIAL:
        return bool(_POSTED.search(left))
    return name in _MEDIA and bool(_MEDIA_LEFT.search(left) or _MEDIA_RIGHT.match(text, end))
