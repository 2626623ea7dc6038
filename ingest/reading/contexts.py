"""What the words around a name say of its kind: person, organization, product or place."""

from __future__ import annotations

import regex

from ingest.reading.lexicon.forms import verbs
from ingest.reading.words import ORG_NOUNS, PRODUCT_NOUNS, TITLE_NOUNS

_SPEECH = (
    r"(?:said|says|told|tells|wrote|writes|added|adds|posted|replied|tweeted|explained|argued|argues|insisted|insists|"
    r"recalled|joked|warned|noted|asked|asks|answered|complained|announced|declined|called|calls|described|thinks|believes)"
)


_PERSON_LEFT = regex.compile(
    rf"(?r)(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Professor|Judge|Justice|Senator|Sen|Sir|Dame)\.?|\b(?:{TITLE_NOUNS})),?\s+$"
)


_PERSON_RIGHT = regex.compile(
    rf"(?:,\s+(?:\d\d,|who\b|an?\s|the\s|its\s|their\s|\p{{Lu}}|one of|then\b|now\b|until\b)[^.;]{{0,50}}?\b(?:{TITLE_NOUNS})\b|,\s+who\b|,\s+(?:{TITLE_NOUNS})\b)"
)


# "Fintan Roe (71)", "Fintan Roe, 71,": only people have an age.
_AGED = regex.compile(r"(?:\s\(|,\s)(?:aged\s+)?[1-9]\d(?:\)|,)")


_SPEAKS = regex.compile(rf"(?:,[^,.]{{0,60}},)?\s+(?:also |later |then |has |had )?{_SPEECH}\b")


_SPOKEN = regex.compile(rf"(?r)\b{_SPEECH}\s+$")


_ORG = "|".join(sorted(ORG_NOUNS, key=len, reverse=True))

_ORG_LEFT = regex.compile(
    rf"(?r)(?:\b(?:{_ORG})(?:\s+(?:called|named))?,?\s+|\b(?:{TITLE_NOUNS}|customers?|clients?|users|employees|staff|engineers|"
    rf"subsidiary|unit|division|lawyers|shares|investors?|partners?)\s+(?:of|at|for|in|with)\s+(?:the\s+)?)$"
)


_ORG_RIGHT = regex.compile(
    rf"(?:\s\([^)]*\))?,\s+(?:an?|the|which|whose|one of|itself|now|part of)\b[^.;,]{{0,60}}?\b(?:{_ORG})(?!'s)\b|,\s+which\b"
)


# "Minnow Social, a three-person shop that sorts complaints": a person would be one "who" does.
_THAT_RIGHT = regex.compile(r",\s+(?:an?|the)\s+([^.;,]{3,60}?)\b(?:that|which)\s")
_APART = regex.compile(r",\s+(?:an?|the|which|whose|itself|by\s+means)\s+(\p{Ll}[^.;,]{0,60})")
_THING_OR_SPEECH = regex.compile(rf"\b(?:{'|'.join(sorted(PRODUCT_NOUNS))}|{_SPEECH})\b")


_ORG_OWNS = regex.compile(
    r"'s?\s+(?:[\p{L}-]+\s+){0,3}?(?:APIs?|terms|models?|platform|lawyers|general counsel|spokes\w+|chief|service|services|users|customers|developers|"
    r"access|account|accounts|crawlers?|website|site|staff|engineers|policy|policies|licen[cs]e|board|boss|data|archive|content|subscribers|decision|move)\b"
)


_DEEDS = (
    "cut revoke suspend block sue accuse file bar ban restrict limit raise announce launch agree sign lose charge change withdraw license offer make sell acquire buy "
    "introduce update throttle cap halve slash double triple pull yank end cancel terminate rescind restore reinstate reopen lift reconnect amend rewrite revise tighten "
    "alter add insert allege denounce settle license lease rent supply partner merge invest pay deny reject rebut apologise apologize dispute order fine drop ditch scrap "
    "axe kill freeze shut lock fence gate wall evict expel eject oust unplug disconnect stop refuse decline wave swap waive snap walk hand give undercut undo outlaw forbid "
    "respond react reply vow plan face fight answer defend prohibit clamp crack open close remove reserve confine ration curb trim squeeze tap haul drag take bring put set move switch reverse relent back publish release"
)
_ORG_ACTS = regex.compile(
    r"\s+(?:has |had |have |is |was |will |to |may |must )?(?:also |now |quietly |abruptly |then |again |not |been |to |\w+ly )?"
    rf"{verbs(_DEEDS)}\b"
)


_ONE_OF = regex.compile(
    r"(?r)\b(?:firms|companies|customers|clients|those|businesses|publishers|vendors|start-ups)\b[^.;]{0,40}\b(?:is|are|include|includes|was|were)\s+$"
)


_OF_PLACE = regex.compile(r"\s+of\s+\p{Lu}\p{L}+,\s+(?:where|which)\b")


_DOES = regex.compile(
    r"\s+(?:has |had |have |will )?(?:also |now |then |not |quietly |just )?(?!(?:used|based|called|named|owned|founded|need|indeed|is|was|does|goes)\b)\p{Ll}{2,}(?:ed|es|s|put|cut|set|let|told|made|took|gave|won)(?![\p{L}'])"
)


_HUMAN = regex.compile(
    r"(?r)(?:\b(?:friend|colleague|neighbou?r|wife|husband|brother|sister|user|reader|aunt|uncle|called|boss|founder)\s+)$"
)


_HE_FOLLOWS = regex.compile(r"[^.]{0,80}?\b(?:he|she|his|her)\b")


_PRODUCT_RIGHT = regex.compile(
    rf"(?:,\s+(?:an?|the|its|their|our)\b[^.;,]{{0,50}}?\b(?:{'|'.join(sorted(PRODUCT_NOUNS))})\b|\s+(?:APIs?|SDK|models?|apps?|chatbot|assistant|platform|family|plugin|extension|subscription|endpoints?)\b)"
)


# "Harrow Grande, the largest of the Dutch firm's models".
_ONE_OF_THINGS = regex.compile(
    rf",\s+(?:an?|the|one)\b[^.;,]{{0,25}}?\bof\s(?:its|their|our|the|\p{{Lu}})[^.;,]{{0,40}}?\b(?:{'|'.join(n for n in sorted(PRODUCT_NOUNS) if n.endswith('s'))})\b"
)


_PRODUCT_LEFT = regex.compile(
    r"(?r)(?:\b(?:apps?|models?|assistant|chatbot|tool|product|system|plugin|editor|service|crawler|bot|agent|engine|client|reader|dataset|called|named|dubbed|known as)\s+|"
    r"\b(?:access to|use of|using|uses?|version of|versions of|built on|trained on|runs? on|maker of|makes|sells|licen[cs]e (?:for|to)|users of|powered by)\s+(?:the\s+|its\s+)?)$"
)


# "Larkfield's own Heron", "their model Heron": who has a name of one word owns a thing.
_OWNED_LEFT = regex.compile(
    r"(?r)(?:\p{Lu}[\p{L}\p{N}]+(?:'s|s'|')\s+(?:own\s+|new\s+|latest\s+|flagship\s+|rival\s+|popular\s+)*|\b(?:its|their|our)\s+(?:own\s+|new\s+|latest\s+|flagship\s+|rival\s+)+)$"
)


_RUNS_LEFT = regex.compile(
    r"(?r)\b(?:who|which|that|he|she|they|and|has|had|have|to)\s+(?:also\s+|now\s+)?(?:runs?|ran|founded|co-founded|owns?|owned|started|heads?|headed|leads?|led|joined|edits|chairs?|represents?|maintains?)\s+(?:the\s+)?$"
)


_EMPLOYS = regex.compile(r"(?r)\p{Lu}\p{L}+\s+(?:of|at|from|for)\s+(?:the\s+)?$")
# "Folake Adebanjo of Kosoko Advisory": whom somebody with two names is of, at or with.
_HELD_BY = regex.compile(r"(?r)\p{Lu}[\p{L}'-]+\s+\p{Lu}[\p{L}'-]+,?\s+(?:of|at|from|with)\s+(?:the\s+)?$")
_AT = regex.compile(r"(?r)\b(?:at|for)\s+(?:the\s+)?$")
_WHOSE_RIGHT = regex.compile(
    r",\s+whose\s+(?:\w+\s+){0,2}?(?:company|firm|start-up|startup|studio|app|shop|agency|team|site|lab|business|newsletter|blog)\b"
)
_WHO_RIGHT = regex.compile(
    r",\s+(?:who|whose\s+(?:wife|husband|father|mother|daughter|son|sister|brother|job|day|own|portraits|blog))\b"
)


_PLACE_LEFT = regex.compile(r"(?r)\b(?:in|near|across|outside|based in|from|around|throughout)\s+$")


# "cut off Brisk", "sued by Halden", "access to Halden's": a name as the other side of a deed.
_DONE_TO = regex.compile(
    rf"(?r)(?:\b{verbs('sue accuse cut ban bar block evict expel acquire buy license fine order accuse tell charge let drop ditch readmit reconnect throttle')}(?:\s+off)?|"
    r"\b(?:sued|accused|cut\s+off|banned|barred|blocked|owned|supplied|published|announced|made|run|offered|withdrawn|revoked|pulled|restored|filed|brought|lodged|signed|imposed)\s+by|"
    r"\b(?:against|between|deal\s+with|agreement\s+with|partnership\s+with|suit\s+against|access\s+to))\s+$"
)


# What the words before a name say of its kind: (kind, kind if the name has several words, weight, pattern).
# "" where the pattern says nothing of such names.
BEFORE: tuple[tuple[str, str, float, regex.Pattern[str]], ...] = (
    ("person", "person", 2.5, _PERSON_LEFT),
    ("organization", "person", 0.8, _SPOKEN),
    ("organization", "organization", 2.2, _ORG_LEFT),
    ("organization", "organization", 1.8, _ONE_OF),
    ("", "person", 1.0, _HUMAN),
    ("product", "product", 1.6, _PRODUCT_LEFT),
    ("product", "", 1.2, _OWNED_LEFT),
    ("organization", "organization", 1.6, _RUNS_LEFT),
    ("organization", "organization", 0.8, _DONE_TO),
    ("place", "place", 0.9, _PLACE_LEFT),
    ("organization", "organization", 1.6, _HELD_BY),
    ("organization", "organization", 0.4, _AT),
)
AFTER: tuple[tuple[str, str, float, regex.Pattern[str]], ...] = (
    ("", "person", 2.5, _PERSON_RIGHT),
    ("person", "person", 2.5, _AGED),
    ("person", "", 1.6, _WHO_RIGHT),
    ("person", "person", 3.0, _WHOSE_RIGHT),
    ("organization", "person", 0.8, _SPEAKS),
    ("organization", "organization", 2.2, _ORG_RIGHT),
    ("organization", "organization", 1.5, _ORG_OWNS),
    ("place", "place", -0.9, _ORG_OWNS),
    ("organization", "organization", 1.0, _ORG_ACTS),
    ("organization", "person", 0.5, _DOES),
    ("organization", "organization", 1.8, _OF_PLACE),
    ("", "person", 0.7, _HE_FOLLOWS),
    ("product", "product", 2.0, _PRODUCT_RIGHT),
    ("product", "product", 2.0, _ONE_OF_THINGS),
)
# Which of AFTER can begin with the character that follows a name; all but one begin with a comma, a space or an "'s".
_AFTER_COMMA = tuple(row for row in AFTER if row[3] not in (_ORG_OWNS, _ORG_ACTS, _DOES, _OF_PLACE))
_AFTER_SPACE = tuple(row for row in AFTER if row[3] not in (_ORG_OWNS, _PERSON_RIGHT, _WHO_RIGHT, _WHOSE_RIGHT))
_AFTER_MARK = tuple(row for row in AFTER if row[3] in (_ORG_OWNS, _HE_FOLLOWS))
_AFTER_OTHER = tuple(row for row in AFTER if row[3] is _HE_FOLLOWS)
_DETERMINED = regex.compile(
    r"(?r)\b(?:an?|the|its|his|her|their|our|my|your|this|that|these|those|no|some|any|each|every|many|more|other|of)\s+(?:(?!(?:is|are|was|were)\s)\p{Ll}+\s+)?$|[\p{L}\p{N}-]$"
)
REACH = 60  # characters before a name
FIRM = "company|firm|start-up|startup|lab|laboratory|studio|outfit|business|agency|publisher|broadcaster|retailer|unicorn|chipmaker"
_FIRM_LEFT = regex.compile(
    rf"(?r)(?:\b(?:{FIRM})\s+(?:(?:is\s+)?(?:called|named)\s+)?|\b(?:founders?|co-founders?|chief\s+executive(?:\s+officer)?|CEO|CTO|"
    r"spokes\w+|lawyers?|customers|users|employees|staff|engineers)\s+(?:of|for|at)\s+|\b(?:is|was|it)\s+(?:spelled|spelt|called|named)\s+)$"
)
_CALLED = regex.compile(rf"(?r)\b(?:{FIRM})\s+(?:is\s+)?(?:called|named)\s+$")
# "A start-up in Bergen, oolite, has": a verb in the singular after the comma.
_SET_APART = regex.compile(r",\s+(?:is|was|has|had|says?|said)\b")
_IS_FIRM = regex.compile(
    rf"(?:,\s+(?:an?|the|which\s+is\s+an?|itself\s+an?)\s|\s+is\s+an?\s)(?:(?!\b(?:of|to|by|for|at|whose|who)\b)[^.;,]){{0,50}}?\b(?:{FIRM})(?![\p{{L}}'-])"
)


def acts_or_speaks(text: str, end: int) -> bool:
    """Whether the word that ends at `end` does or says something, or owns what organizations own."""
    return any(pattern.match(text, end) for pattern in (_ORG_ACTS, _SPEAKS, _ORG_OWNS))


def is_determined(text: str, start: int) -> bool:
    """Whether "the", "its" or the like stands before `start`, as before the nouns of things."""
    return _DETERMINED.search(text[max(0, start - REACH) : start]) is not None


def is_named_firm(text: str, start: int, end: int) -> bool:
    """Whether the words around give the word from `start` to `end` as the name of a company: "a start-up called Oolite"."""
    return _IS_FIRM.match(text, end) is not None or _CALLED.search(text[max(0, start - REACH) : start]) is not None


def is_introduced(text: str, start: int, end: int) -> bool:
    """Whether the words around say that the word from `start` to `end` is what a company is called: "the start-up oolite",
    "a founder of oolite", "oolite, a company that", "oolite is a studio"."""
    if _IS_FIRM.match(text, end) or (text[max(0, start - 2) : start] == ", " and _SET_APART.match(text, end)):
        return True
    return _FIRM_LEFT.search(text[max(0, start - REACH) : start]) is not None


def does_as_a_name(text: str, start: int, end: int) -> bool:
    """Whether a word in small letters stands where only a name can: "mursk said", "sued glimt", "ummra, a studio"."""
    left = text[max(0, start - REACH) : start]
    if _DETERMINED.search(left):
        return False
    after = acts_or_speaks(text, end) or _ORG_RIGHT.match(text, end) or _THAT_RIGHT.match(text, end)
    return bool(after or _RUNS_LEFT.search(left) or _DONE_TO.search(left))


def weigh_context(weight: dict[str, float], text: str, start: int, end: int) -> None:
    """Add to `weight` what the words around one occurrence of a name say of its kind."""
    left = text[max(0, start - REACH) : start]
    several = " " in text[start:end]
    for single, plural, value, pattern in BEFORE if left[-1:].isspace() else ():
        kind = plural if several else single
        if kind and pattern.search(left):
            weight[kind] += value
    if text.startswith(", ", end):
        _weigh_apposition(weight, text, end, several)
    for single, plural, value, pattern in _list_after(text[end : end + 1]):
        kind = plural if several else single
        # In "Mara Quist of Oakmere, who left" she left.
        if kind and pattern.match(text, end) and not (kind == "person" and _EMPLOYS.search(left)):
            weight[kind] += value


def _list_after(following: str) -> tuple[tuple[str, str, float, regex.Pattern[str]], ...]:
    """The rows of AFTER that can match before the character `following`."""
    if following.isspace():
        return _AFTER_SPACE
    return {",": _AFTER_COMMA, "'": _AFTER_MARK}.get(following, _AFTER_OTHER)


def _weigh_apposition(weight: dict[str, float], text: str, end: int, several: bool) -> None:
    """Add what the words set apart after a name say: "Minnow Social, a three-person shop that sorts complaints"."""
    for pattern, value in ((_THAT_RIGHT, 1.2), (_APART, 0.0 if several else 0.8)):
        found = pattern.match(text, end)
        if found and not _THING_OR_SPEECH.search(found.group(1)):
            weight["organization"] += value
