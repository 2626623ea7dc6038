"""Is an article about a dispute over access, terms, prices or rights to APIs, models or data? And why.

The acts read must be of our matter: somebody's way to a model, an interface or a body of data. Words of neighbouring
matters (outages, launches, earnings, chips, broadcasting licences) count against it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import regex

from ingest.reading.clauses import Act
from ingest.reading.document import TITLE, Document

# (what it says, weight, pattern). Counted once for the title, once for the opening, once for the rest.
_FOR: tuple[tuple[str, float, str], ...] = (
    ("an API", 1.6, r"\bAPIs?\b|programming interface|developer (?:access|account|platform|agreement)s?"),
    (
        "access to a model",
        1.4,
        r"access to (?:\S+ ){0,4}?(?:models?|chatbot|assistant|data|API|interface|archive)|access\b|API access|model access",
    ),
    (
        "training on somebody's data",
        1.5,
        r"train(?:s|ed|ing)? (?:\S+ ){0,6}?(?:models?|AI|chatbots?|on|artificial|systems?)|training (?:data|sets?|AI)|language models?",
    ),
    ("scraping or crawling", 1.5, r"scrap(?:e|es|ed|ing|ers?)\b|crawl(?:s|ed|ing|ers?)\b|robots\.txt|harvest\w*"),
    ("distillation", 1.8, r"distill?(?:s|ed|ing|ation)\b"),
    (
        "terms of service",
        1.2,
        r"terms (?:of (?:service|use))|terms of the|usage polic(?:y|ies)|developer terms|commercial terms|(?:its|the|their) terms\b|new terms|licen[cs]ing (?:deal|agreement)|data licen[cs]\w+",
    ),
    (
        "artificial intelligence",
        0.7,
        r"\bAI\b|artificial[- ]intelligence|chatbots?\b|machine learning|generative|large language",
    ),
    (
        "third-party software",
        0.9,
        r"third-party (?:apps?|clients?|tools?|developers?|software)|outside (?:developers|software|apps)|rival (?:apps?|assistants?|models?|AI)|\bplatforms?\b|competing (?:product|model|service|app)s?|competitors?'?",
    ),
    ("models", 0.5, r"\bmodels?\b"),
    (
        "software that depends on another",
        0.5,
        r"\b(?:apps?|developers?|accounts?|plug-?ins?|integrations?)\b",
    ),
    (
        "somebody's data",
        0.5,
        r"\b(?:user|public|customer|their|its|training) (?:data|posts|content|messages|friends|listings|archive)|friends? (?:list|data)|data (?:feed|sharing)",
    ),
    (
        "licensed content",
        1.0,
        r"licens\w+ (?:\S+ ){0,5}?(?:content|data|archive|material|answers|articles|catalogue|library|music|songs|images|photos|books|journalism|posts)|(?:content|data) licen[cs]\w+|training (?:licen[cs]e|deal)",
    ),
    (
        "a known model",
        0.8,
        r"\b(?:ChatGPT|Claude|Gemini|Copilot|Llama|Mistral|Grok|DeepSeek|GPT(?:-\d\S*)?|Perplexity|OpenAI|Anthropic)\b",
    ),
    (
        "a regulator and software",
        0.8,
        r"(?:regulator|watchdog|authority|commission)\b[^.]{0,80}\b(?:chatbot|AI|app|platform|model|data)\b",
    ),
    ("what a platform carries", 0.6, r"\b(?:tweets?|posts|threads|feeds?|profiles|listings|archives?|catalogues?)\b"),
    (
        "programs that act for people",
        0.8,
        r"\b(?:bots?|robots?|agents?|assistants?|browsers?|editors?|clients?|unofficial)\b",
    ),
    (
        "paying for use",
        0.8,
        r"\b(?:credits|price list|tiers?|plans?|quotas?|pay-as-you-go|subscriptions?)\b|rate limits?|by the (?:call|token|message)",
    ),
    (
        "copying",
        0.8,
        r"cop(?:ied|ying|yists?)\b|pirat\w+|siphon\w*|without (?:permission|a licen[cs]e|leave)|copyright\w*",
    ),
    ("keys and accounts", 0.6, r"\b(?:keys?|accounts?|interfaces?|endpoints?|tokens?)\b"),
    (
        "charging for an interface",
        1.0,
        r"(?:paid|free) (?:tier|access|API)|per (?:call|request|thousand|million|token)|price list|API pric\w+|charg\w+ (?:\S+ ){0,4}?(?:API|developers|access)",
    ),
)
_AGAINST: tuple[tuple[str, float, str], ...] = (
    (
        "an outage",
        3.0,
        r"\boutages?\b|\bdown for\b|expired certificate|post-?mortem|downtime|degraded|incident report|status page|went down|elevated error|service disruption|knocked offline|back online after|root cause|on-call|"
        r"(?:out|down|dark|offline|unreachable|unavailable) for (?:\S+ ){0,3}(?:hours?|minutes?)|fell over|(?:bad|expired) certificates?|glitch\w*|misconfigur\w+|bad deploy\w*|uptime|power cut|roll-?back|error rates?|failover|all systems",
    ),
    (
        "a product launch",
        1.6,
        r"\blaunch(?:es|ed)? (?:\S+ ){0,4}?(?:model|version|assistant|feature|app)|unveil(?:s|ed) (?:\S+ ){0,4}?(?:model|assistant|chip)|context window|our most capable|now available to|benchmarks? (?:scores?|results?)|rolls? out|rolling out|new model\b|"
        r"unveil(?:s|ed)?\b|debut\w*|early testers|all comers|keynote|on stage|general(?:ly)? availab\w+|early access|hands-on|beta testers",
    ),
    (
        "a benchmark",
        1.5,
        r"leaderboards?|benchmarks?\b|scored \d|state[- ]of[- ]the[- ]art|test suite|percentage points|test sets?|outscor\w+|scoreboards?",
    ),
    (
        "funding",
        2.2,
        r"\bSeries [A-H]\b|funding round|raised \$?\d|valuation|valued at|venture (?:capital|fund)|round led by|led the (?:round|series)|investors?\b|ventures\b|seed (?:round|money)|fundrais\w+|"
        r"bags? \$?\d|rais(?:es|ed|ing) (?:about |some )?[$€£]?\d|term sheet|cap table|pre-money|backers\b",
    ),
    (
        "earnings",
        2.2,
        r"\b(?:first|second|third|fourth)-quarter|quarterly|net (?:income|loss)|revenue (?:rose|jumps?|jumped|fell|grew|of)|earnings|gross margin|shares (?:rose|fell|jumped)|per share|"
        r"turnover|dividends?|operating (?:margin|profit|loss)|shareholders|full-year|beats? (?:forecasts|expectations)|financial year|profit (?:warning|rose|fell)|top line|analysts had",
    ),
    (
        "a deprecation",
        2.0,
        r"deprecat\w+|end of life|end-of-life|sunset\w*|migration guide|breaking changes?|changelog|semantic versioning|\bSDK\b|backwards?[- ]compatib\w+|maintenance mode|"
        r"migrat(?:e|es|ing) (?:to|from|your)|\bv\d(?:\.\d+)? (?:to|endpoints?|api)|upgrade path|retire[sd]? (?:the )?(?:old|version|v\d)|release notes|drop-in replacement",
    ),
    (
        "a tutorial",
        2.0,
        r"\bhow to\b|step[- ]by[- ]step|tutorial|in this (?:guide|post|article) (?:we|you|I)|environment variable|pip install|npm install|you(?:'ll| will) need|copy the key|let's|walkthrough|getting started|"
        r"step (?:one|two|three|\d)|your (?:terminal|script|code|key|app|project)\b|paste (?:it|the)|copy and paste|command line|\.env\b|beginners?\b",
    ),
    (
        "a breach",
        2.4,
        r"\bhack(?:ers?|ed|ing)\b|intruders?|breach of (?:its )?(?:security|data)|data breach|leaked (?:\S+ )?(?:keys?|credentials)|stolen|attackers?|vulnerabilit\w+|ransomware|malware|phishing|exposed (?:keys?|credentials)|rotated?|"
        r"security researchers?|spill(?:s|ed)|public (?:code )?repository|bug bounty|lay open|unsecured|data leak|patch(?:ed|es)?\b",
    ),
    ("chips", 2.2, r"\bchips?\b|chipmak\w+|semiconductors?|processors?\b|GPUs?\b|wafers?|foundry|lithography"),
    (
        "vehicles",
        1.8,
        r"\bdriverless\b|robo-?taxis?\b|robot taxis?\b|taxi\w*|vehicles?\b|passengers?\b|recall(?:s|ed|ing)\b",
    ),
    ("broadcasting", 2.6, r"broadcast\w*|television|\bTV\b|radio station|channel(?:'s)? licen[cs]e"),
    ("visas", 3.0, r"\bvisas?\b|immigration|passports?|asylum|deport\w*|embassy|consulate"),
    (
        "advertising markets",
        2.0,
        r"advertis(?:ing|ements?|ers?)\b|ad (?:tech|exchange|server)s?|search monopoly|app store fees",
    ),
    ("health, safety or schools", 0.8, r"\bpatients?\b|clinicians?|diagnos\w+|hospitals?|classrooms?|pupils"),
    ("personnel", 1.6, r"\bresign(?:s|ed|ation)?\b|steps? down|appointed|layoffs?|laid off|job cuts|hires?\b|poach\w*"),
    (
        "other licences",
        1.8,
        r"driv(?:er's|ing) licen[cs]es?|liquor|banking licen[cs]e|operating licen[cs]e|medical licen[cs]e|press accreditation|press pass(?:es)?|airline|mining|drone licen[cs]e|patents?\b|trade ?marks?",
    ),
)
THRESHOLD = 0.5
LEAST = 0.6  # what must speak for an article at least
# What it counts against an article that less does, and if that much speaks of another matter: advertising, broadcasting.
NOTHING_BUT, ANOTHER_MATTER = 5.0, 1.5
ENOUGH = 5.0  # more speaks no louder
BIAS = 2.0
GIST = 1.0  # what the words of the opening weigh
SUREST = 4.0
WEAK = 2.0  # the weight under which an act's words say little


@dataclass(frozen=True, slots=True)
class Relevance:
    """`score` between 0 and 1; `reasons` in words, those for it first."""

    score: float
    reasons: tuple[str, ...]

    @property
    def relevant(self) -> bool:
        return self.score >= THRESHOLD


@dataclass(frozen=True, slots=True, eq=False)
class _Topic:
    """A matter, how much it weighs, the words that speak of it, and whether they speak for or against."""

    what: str
    weight: float
    pattern: regex.Pattern[str]
    ours: bool


_ENDS = (" ", "-", ".", "'")  # what may follow a first word
_LETTERS = regex.compile(r"\\.|[A-Z]")
_WORD = regex.compile(r"\p{L}[\p{L}\p{N}']*")
# More of a long text says nothing new about its subject.
ZONE = 4000  # characters
_ZONE_WEIGHTS = ((0.9, 1), (0.47, 2), (0.23, 3))  # for each time, up to so many: headline, opening, rest


def _topic(what: str, weight: float, source: str, ours: bool) -> _Topic:
    """The pattern in small letters, for texts in small letters: that is much faster than to ignore case."""
    lower = _LETTERS.sub(lambda m: m.group() if m.group().startswith("\\") else m.group().lower(), source)
    return _Topic(what, weight, regex.compile(f"(?:{lower})"), ours)


_TOPICS = tuple(_topic(*row, ours) for rows, ours in ((_FOR, True), (_AGAINST, False)) for row in rows)


@lru_cache(maxsize=20_000)
def _topics_of(word: str) -> tuple[_Topic, ...]:
    """The topics whose patterns can begin with `word`."""
    return tuple(t for t in _TOPICS if any(t.pattern.match(word + end, partial=True) for end in _ENDS))


def _zones(doc: Document) -> tuple[str, str, str]:
    title = " ".join(s.plain for s in doc.sentences if s.paragraph == TITLE)
    opening = " ".join(s.plain for s in doc.sentences if 0 <= s.paragraph <= 1)
    rest = " ".join(s.plain for s in doc.sentences if s.paragraph > 1)
    return title[:ZONE].lower(), opening[:ZONE].lower(), rest[:ZONE].lower()


def _count_topics(zone: str, most: int) -> dict[_Topic, int]:
    """How often `zone` speaks of each topic, no more than `most` times."""
    counts: dict[_Topic, int] = {}
    for word in _WORD.finditer(zone):
        for topic in _topics_of(word.group()):
            if counts.get(topic, 0) < most and topic.pattern.match(zone, word.start()):
                counts[topic] = counts.get(topic, 0) + 1
    return counts


def _weigh(doc: Document) -> tuple[dict[bool, float], dict[bool, list[str]]]:
    """The weight of what speaks for (True) and against, and in words what does."""
    values: dict[_Topic, float] = {}
    for zone, (weight, most) in zip(_zones(doc), _ZONE_WEIGHTS, strict=True):
        for topic, count in _count_topics(zone, most).items():
            values[topic] = values.get(topic, 0.0) + topic.weight * weight * count
    totals = {side: sum(v for t, v in values.items() if t.ours is side) for side in (True, False)}
    reasons = {side: [t.what for t in _TOPICS if t.ours is side and values.get(t, 0) > 0.3] for side in (True, False)}
    return totals, reasons


def _weigh_story(acts: list[Act], main: Act) -> float:
    """What the tellings of the news, and `main` among them, say for an article: by place, by words, by the parties."""
    value = {TITLE: 3.0, 0: 2.4, 1: 2.0, 2: 1.6}.get(main.sentence.paragraph, 1.0) * min(main.weight, 3.2) / 3
    told = {role: {a.key: a for act in acts for a in act.actors(role)} for role in ("initiator", "target", "subject")}
    value += 0.9 * bool(told["initiator"]) + 0.9 * bool(told["target"]) + 0.6 * bool(told["subject"])
    value += 0.4 * any(a.slug for held in told.values() for a in held.values())
    value -= 1.0 * (not told["initiator"] and not told["target"])
    weak = all(a.weight < WEAK for a in acts)
    return value - 1.6 * weak - 1.0 * main.hedged


def score_relevance(doc: Document, acts: list[Act], main: Act | None, gist: Mapping[str, float]) -> Relevance:
    """How surely `doc` tells of a dispute of ours; `acts` tell of its news, `main` leads them, None where none was read."""
    totals, reasons_for = _weigh(doc)
    for_it, against = totals[True], totals[False]
    total = 0.45 * min(for_it, ENOUGH) - 0.9 * against - BIAS
    total += _weigh_story(acts, main) if main is not None else -3.0
    if for_it < LEAST:
        total -= NOTHING_BUT if against > ANOTHER_MATTER else 1.0
    total += GIST * max(-SUREST, min(SUREST, math.log((1.001 - gist[""]) / (gist[""] + 0.001))))
    score = 1 / (1 + 2.718281828 ** (-max(-20.0, min(20.0, total))))
    reasons = [f"speaks of {w}" for w in reasons_for[True]] + [f"but also of {w}" for w in reasons_for[False]]
    if main is not None:
        reasons.insert(0, f"tells of a {main.kind}")
    else:
        reasons.insert(0, "tells of no act of ours")
    return Relevance(round(score, 3), tuple(reasons))
