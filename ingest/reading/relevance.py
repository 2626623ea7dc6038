"""Is an article about a dispute over access, terms, prices or rights to APIs, models or data? And why.

The acts read must be of our matter: somebody's way to a model, an interface or a body of data. Words of neighbouring
matters (outages, launches, earnings, chips, broadcasting licences) count against it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

import regex

from ingest.reading.clauses import Act
from ingest.reading.document import TITLE, Document

# (what it says, weight, pattern). Counted once for the title, once for the opening, once for the rest.
_FOR: tuple[tuple[str, float, str], ...] = (
    ("an API", 1.6, r"\bAPIs?\b|programming interface|developer (?:access|account|platform|agreement)s?"),
    (
        "access to a model",
        1.4,
        r"access to (?:\S+ ){0,4}?(?:models?|chatbot|assistant|data|API|interface|archive)|(?:'s|s') access\b|API access|model access",
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
    ("models", 0.5, r"\b(?:AI |language |large |frontier |coding |image |speech )*models?\b"),
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
    (
        "charging for an interface",
        1.0,
        r"(?:paid|free) (?:tier|access|API)|per (?:call|request|thousand|million|token)|price list|API pric\w+|charg\w+ (?:\S+ ){0,4}?(?:API|developers|access)",
    ),
)
_AGAINST: tuple[tuple[str, float, str], ...] = (
    (
        "an outage",
        2.6,
        r"\boutages?\b|downtime|degraded|incident report|status page|went down|elevated error|service disruption|knocked offline|back online after|root cause|on-call",
    ),
    (
        "a product launch",
        1.6,
        r"\blaunch(?:es|ed)? (?:\S+ ){0,4}?(?:model|version|assistant|feature|app)|unveil(?:s|ed) (?:\S+ ){0,4}?(?:model|assistant|chip)|context window|our most capable|now available to|benchmarks? (?:scores?|results?)|rolls? out|rolling out|new model\b",
    ),
    (
        "a benchmark",
        1.5,
        r"leaderboards?|benchmarks?\b|scored \d|state[- ]of[- ]the[- ]art|test suite|percentage points",
    ),
    (
        "funding",
        2.2,
        r"\bSeries [A-H]\b|funding round|raised \$?\d|valuation|valued at|venture (?:capital|fund)|round led by|led the round|investors?\b",
    ),
    (
        "earnings",
        2.2,
        r"\b(?:first|second|third|fourth)-quarter|quarterly|net (?:income|loss)|revenue (?:rose|jumps?|jumped|fell|grew|of)|earnings|gross margin|shares (?:rose|fell|jumped)|per share",
    ),
    (
        "a deprecation",
        2.0,
        r"deprecat\w+|end of life|end-of-life|sunset\w*|migration guide|breaking changes?|changelog|semantic versioning|\bSDK\b|backwards?[- ]compatib\w+|maintenance mode",
    ),
    (
        "a tutorial",
        2.0,
        r"\bhow to\b|step[- ]by[- ]step|tutorial|in this (?:guide|post|article) (?:we|you|I)|environment variable|pip install|npm install|you(?:'ll| will) need|copy the key|let's|walkthrough|getting started",
    ),
    (
        "a breach",
        2.4,
        r"\bhack(?:ers?|ed|ing)\b|intruders?|breach of (?:its )?(?:security|data)|data breach|leaked (?:\S+ )?(?:keys?|credentials)|stolen|attackers?|vulnerabilit\w+|ransomware|malware|phishing|exposed (?:keys?|credentials)|rotated?",
    ),
    ("chips", 2.2, r"\bchips?\b|chipmak\w+|semiconductors?|processors?\b|GPUs?\b|wafers?|foundry|lithography"),
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


@dataclass(frozen=True, slots=True)
class Relevance:
    """`score` between 0 and 1; `reasons` in words, those for it first."""

    score: float
    reasons: tuple[str, ...]

    @property
    def relevant(self) -> bool:
        return self.score >= THRESHOLD


def _compile(rows: tuple[tuple[str, float, str], ...]) -> list[tuple[str, float, regex.Pattern[str]]]:
    """The patterns in small letters, for texts in small letters: much faster than to ignore case."""
    return [(what, weight, regex.compile(_LETTERS.sub(_lower, source))) for what, weight, source in rows]


_LETTERS = regex.compile(r"\\.|[A-Z]")


def _lower(match: regex.Match[str]) -> str:
    return match.group() if match.group().startswith("\\") else match.group().lower()


_PRO, _CON = _compile(_FOR), _compile(_AGAINST)
# More of a long text says nothing new about its subject.
ZONE = 4000  # characters


def _zones(doc: Document) -> tuple[str, str, str]:
    title = " ".join(s.plain for s in doc.sentences if s.paragraph == TITLE)
    opening = " ".join(s.plain for s in doc.sentences if 0 <= s.paragraph <= 1)
    rest = " ".join(s.plain for s in doc.sentences if s.paragraph > 1)
    return title[:ZONE].lower(), opening[:ZONE].lower(), rest[:ZONE].lower()


def _count(pattern: regex.Pattern[str], zone: str, most: int) -> int:
    """How often `pattern` stands in `zone`, no more than `most` times."""
    return sum(1 for _ in islice(pattern.finditer(zone), most))


def _weigh(
    patterns: list[tuple[str, float, regex.Pattern[str]]], zones: tuple[str, str, str]
) -> tuple[float, list[str]]:
    total, reasons = 0.0, []
    for what, weight, pattern in patterns:
        title, opening, rest = (_count(pattern, z, n) for z, n in zip(zones, (1, 2, 3), strict=True))
        value = weight * (0.9 * title + 0.7 * opening / 1.5 + 0.35 * rest / 1.5)
        if value > 0.3:
            reasons.append(what)
        total += value
    return total, reasons


def score_relevance(doc: Document, acts: list[Act], main: Act | None) -> Relevance:
    """How surely `doc` tells of a dispute of ours; `main` is its leading act, None where nothing was read."""
    zones = _zones(doc)
    for_it, why = _weigh(_PRO, zones)
    against, why_not = _weigh(_CON, zones)
    lead = 0.0
    if main is not None:
        lead = {TITLE: 3.0, 0: 2.2, 1: 1.6, 2: 1.2}.get(main.sentence.paragraph, 0.6) * min(main.weight, 3.2) / 3
        lead += (
            0.9 * bool(main.actors("initiator"))
            + 0.9 * bool(main.actors("target"))
            + 0.6 * bool(main.actors("subject"))
        )
    total = 0.55 * for_it + lead - 0.75 * against - 2.6
    if main is None:
        total -= 3
    elif not (main.actors("initiator") or main.actors("target")):
        total -= 1
    if for_it < LEAST:
        total -= 1.5
    score = 1 / (1 + 2.718281828 ** (-max(-20.0, min(20.0, total))))
    reasons = [f"speaks of {w}" for w in why] + [f"but also of {w}" for w in why_not]
    if main is not None:
        reasons.insert(0, f"tells of a {main.kind}")
    else:
        reasons.insert(0, "tells of no act of ours")
    return Relevance(round(score, 3), tuple(reasons))
