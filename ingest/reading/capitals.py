"""Capitalised names in a sentence, before it is known whom or what they name."""

from __future__ import annotations

import regex

from ingest.reading.courts import seat_end
from ingest.reading.document import FILLER
from ingest.reading.lexicon.ordinary import is_ordinary
from ingest.reading.names import NameHit, fold_case
from ingest.reading.nobody import describes, names_nobody, without_letters
from ingest.reading.words import COMMON, MONTHS, WEEKDAYS

_PART = r"(?:(?:\p{Lu}\.){2,}|[AIK]/S(?![\p{L}\p{N}])|\p{Lu}[\p{L}\p{N}&_]*(?:[.-][\p{L}\p{N}]+)*(?:'(?!s\b)\p{Lu}?\p{L}+|(?<=s)'(?=\s\p{Lu}))?|\p{Ll}{1,2}\p{Lu}[\p{L}\p{N}]+|\p{N}+\p{Lu}\p{L}+|(?<=\p{Lu}{2}\s)\p{N}\p{Lu}(?!\p{L})|(?:al|el|an|ar|as|at|az|ash|ul)-\p{Lu}[\p{L}-]+|\p{N}{1,3}(?:st|nd|rd|th)(?=\s(?:&\s)?\p{Lu}))"


_LINK = r"(?:\s+(?:van der|van den|van de|van|von der|von|de la|de|der|del|della|di|da|do|dos|du|am|bin|al|el|ten|ter|af|of the|of|for the|for|&|and|y|et|und|och|og)\s+|[^\S\n]+|\s?&\s?)"


NAME = regex.compile(
    rf"(?<![\p{{L}}\p{{N}}_@#/]){_PART}(?:{_LINK}{_PART}|\s\d{{1,2}}(?:\.\d+)?(?![\p{{L}}\p{{N}}%]|,\d)(?!\s(?:million|billion|thousand|hundred|hours?|minutes?|days?|weeks?|months?|years?|dollars|euros|pounds|crowns|cents|percent|per|calls?|times|points?|articles|requests|seconds|people|users|and\s+\d|to\s+\d)\b))*"
)


_HANDLE = regex.compile(
    r"^([a-z][\w-]{2,})(?=(?:\s+(?:wrote|writes|said|says|posted|replied)(?:\s[\w ]{1,24})?)?:\s*[“\"']|\s+(?:wrote|writes|posted|replied):\s)|(?<![\w@])(?:u/|@)?([a-z][a-z0-9]*_[a-z0-9_]+|(?<=@)\w+|(?<=u/)\w+)"
)


_SPLIT_LINKS = frozenset("of for and the".split())


HONORIFICS = frozenset(
    "mr mrs ms miss dr prof professor judge justice sir dame lord lady baroness sen senator rep congressman congresswoman councillor mme herr frau chief".split()
)


_API = regex.compile(
    r"\s+(?:(?!(?:from|to|of|for|and|or|with|in|on|by|after|over|the|a|an|its|his|her|their|as|at|via|has|had|is|was|says|said|whose|through|into)\b)[\p{L}]+\s+){0,2}?(?:APIs?|SDK)(?![\p{L}\p{N}])"
)


INSTITUTION = regex.compile(
    r"\b(?:University|Department|Ministry|Bank|Institute|Court|Office|Bureau|College|School|Committee|Commission|Council|Authority|Federation|Association|Union|Society|Centre|Center|Board|Church|House|Library|Museum|Chamber|Academy|Guild|City|State|Republic|Port|District|Tribunal|Parliament|Registry|Register|Bar|"
    r"Fund|Agency|Forum|Coalition|Foundation|Trust|Network|Company|Co-op|Co-operative|Cooperative|Order|Alliance|Confederation|League|Inspectorate|Sisters|Brothers|Friends) (?:of|for)\b"
)


# In these "and" and "for" belong to the name: "Ministry for Digital Affairs".
ONE_NAME = regex.compile(
    r"\b(?:Ministry|Department|Court|Committee|Commission|Authority|Office|Centre|Center|Institute|Agency|Council|Sons|Society|Association)\b"
)


# Higher courts have their seat behind another "of": "Court of Appeal of The Hague".
_COURT_OF = regex.compile(r"\bCourts? of (?:First Instance|\p{Lu}\p{L}+)$")
# "Association of Wine Growers of the Loire": whom it unites, and where.
_OF_MEMBERS = regex.compile(
    r"(?:\S+\s)*(?:Association|Federation|Society|Union|Guild|Council|Confederation|League|Alliance|Institute|Chamber|Forum|Coalition|Network) of (?:[\p{L}&-]+\s)*\p{Lu}\p{Ll}+s"
)
# Behind "and" these go on with a name.
_AND_THESE = frozenset("then some more sons son daughters daughter brothers sisters company co friends".split())
_ONE_FIRM = regex.compile(
    r"(?r)\b(?:union|firm|company|start-up|startup|studio|agency|duo|app|charity|label|called|named)\s+$"
)
# Behind these "and" joins two names: "Volta Institute and Floor Labs".
_ENDS_NAME = regex.compile(
    r"\s(?:Commission|Authority|Office|Centre|Center|Institute|Agency|Council|Society|Association)$"
)
# Numbers and plain adjectives that begin names too, within a sentence: "they bought Two Rivers", "known as Big Sky".
MAY_LEAD = frozenset(
    "two three four five six seven eight nine ten twelve twenty forty second third next last half big small little few old "
    "good better late early long light near fair plenty every many most less more most open once still beyond under above "
    "over both free full further central pacific eastern earth like right wire page table".split()
)


_TWO_LETTERS = regex.compile(r"\p{L}{2}|^\p{Lu}\d")


_SMALL_RUN = regex.compile(r"\p{Ll}{3}")


_LONG_WORD = regex.compile(r"[\p{L}'-]{4,}")


_TOKEN_RUN = regex.compile(r"[^\s]+")


_TRAILING_LINK = regex.compile(r"\s+(?:of the|for the|of|for|and|the|van|de|&)$")


_KEEPS_STOP = regex.compile(r"\.\w+\.$|\b(?:Inc|Corp|Ltd|Co)\.$")


def blank_slug(text: str) -> str:
    """`text` without what wire agencies put before a headline, letters staying where they are."""
    slug = _WIRE_SLUG.match(text)
    return " " * slug.end() + text[slug.end() :] if slug else text


def is_upper(text: str) -> bool:
    """Whether a text is all in capitals, so that they tell nothing."""
    return len(text) > 12 and not _SMALL_RUN.search(text) and any(c.isalpha() for c in text)


def is_title_case(text: str) -> bool:
    """Whether a headline capitalises most of its words, so that capitals tell nothing."""
    words = _LONG_WORD.findall(text)
    return len(words) > 3 and sum(w[0].isupper() for w in words) >= 0.75 * len(words)


def names_in(text: str, known: list[NameHit], lower: set[str]) -> list[tuple[int, int]]:
    """Where capitalised names stand in a sentence, without what only a sentence's beginning capitalises.

    `known` are the names of the table in it; `lower` the words that the article also writes small.
    """
    if is_upper(text):
        return []
    text = blank_slug(text)
    covered = [(h.start, h.end) for h in known]
    found = [
        span
        for match in NAME.finditer(text)
        for start, end in _split_run(text, match.start(), match.end(), lower)
        for span in _beside_known(text, start, seat_end(text, start, end, covered), known)
    ]
    for hit in known:
        api = _API.match(text, hit.end)
        if api and hit.actor.kind != "person" and not any(s < api.end() and hit.start < e for s, e in found):
            found.append((hit.start, api.end()))
    if text[:1].islower() or "_" in text or "@" in text or "u/" in text:
        found += [m.span(m.lastindex or 0) for m in _HANDLE.finditer(text) if FILLER not in m.group()]
    return found


def _beside_known(text: str, start: int, end: int, known: list[NameHit]) -> list[tuple[int, int]]:
    """A name as it is, or with the "API" after it; where it holds a known name, what goes beyond that. Before a known
    person's stands an office: "Secretary of War Pete Hegseth"."""
    held = [h for h in known if h.start < end and start < h.end]
    inside = [(h.start, h.end) for h in held]
    if any(h.actor.kind == "person" and h.end == end for h in held):
        return []
    if inside:
        return [] if is_title_case(text) else _extends(text, start, end, inside)
    api = _API.match(text, end)
    own = text[start:end].split()[-1].lower() in ("api", "apis", "sdk")
    return [(start, api.end() if api and not own else end)]


def _extends(text: str, start: int, end: int, inside: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """A name longer than the known one within it: "Google Ad Manager", "Reddit Data API"."""
    low, high = min(c[0] for c in inside), max(c[1] for c in inside)
    if len(inside) > 1 or (start == low and end <= high):
        return []
    if low > start and not text[:start].strip(" \"'“‘"):
        return [] if high >= end else [(low, end)]
    rest = (text[start:low] + " " + text[high:end]).split()
    if not rest or any(w.lower() in COMMON or w.lower() in _SPLIT_LINKS for w in rest[:1]):
        return [(start, end)] if rest and rest[-1].startswith("API") else []
    return [(start, end)]


# Offices whose first word is a common one.
_BEGINS_OFFICE = regex.compile(
    r"Data Protection (?:Authority|Commission|Commissioner|Board|Agency|Office|Inspectorate)"
)
# What wire agencies put before a headline: "BRIEF-Oakmere closes its API", "UPDATE 2-Oakmere closes its API".
_WIRE_SLUG = regex.compile(
    r"(?:BRIEF|UPDATE \d+|EXCLUSIVE|CORRECTED|REFILE|WRAPUP(?: \d+)?|FACTBOX|EXPLAINER|ANALYSIS|FOCUS|INSIGHT|TIMELINE)-(?=\p{L})"
)
_FIRST_PERSON = regex.compile(r"i(?!\p{L})")
# Offices that stand before the name of who holds them: "Tindle CEO Mara Quist", "Interior Minister Mara Quist".
_BEARS_OFFICE = regex.compile(
    r"(?:CEO|CTO|CFO|COO|VP|Minister|Co-founder|Cofounder|Attorney|Lawyer|Analyst|Engineer|Developer|Head|Boss|Chair|Manager|Editor|Maintainer|Owner|President|Vice-President|Commissioner|Chancellor|Chairman|Chairwoman|Chairperson|Spokesman|Spokeswoman|"
    r"Spokesperson|Secretary|Director|Founder|Co-Founder|Counsel|Senator|Governor|Ombudsman|Judge|Justice|Executive|Officer)$"
)
_OF_RANK = frozenset(
    "Chief Vice Deputy General Managing Executive Senior Prime Financial Technology Operating Press".split()
)
_HOLDER = regex.compile(r"\s+\p{Lu}[\p{L}.'-]+\s+\p{Lu}")


def begins_at(text: str, place: int) -> bool:
    """Whether a sentence, quotation or line begins at `place`, so that any word has a capital there."""
    return place == 0 or text[:place].rstrip(" ")[-1:] in ".:?!\"“'‘(—–-\x00\n•*"


class _Run:
    """A run of capitalised words on its way to names: cut at dates and joining words, common first words dropped."""

    def __init__(self, text: str, start: int, end: int, lower: set[str]) -> None:
        self.text, self.start, self.end, self.lower = text, start, end, lower
        self.first, self.last = -1, -1
        self.pieces: list[tuple[int, int]] = []

    def split(self) -> list[tuple[int, int]]:
        for match in _TOKEN_RUN.finditer(self.text, self.start, self.end):
            self._take(match.group(), match.start(), match.end())
        self._close()
        return self.pieces

    def _take(self, word: str, low: int, high: int) -> None:
        plain = fold_case(word.strip(".,"))
        if self._parts(plain, high):
            self._close()
        elif self.first >= 0 and _BEARS_OFFICE.match(word) and _HOLDER.match(self.text, high, self.end):
            self._close_before_office(word)
        elif self.first >= 0:
            self.last = high
        elif not self._leads(word, plain, low, high):
            return
        else:
            self.first, self.last = low, high

    def _close(self) -> None:
        if self.first >= 0:
            self.pieces.append((self.first, self.last))
        self.first = -1

    def _close_before_office(self, word: str) -> None:
        """An office between names parts them; of "Interior Minister" the first word names nobody."""
        drop = word == "Minister"
        while self.first >= 0 and (drop or self.text[self.first : self.last].split()[-1] in _OF_RANK):
            space = self.text.rfind(" ", self.first, self.last)
            self.first, self.last = (self.first, space) if space > 0 else (-1, -1)
            drop = False
        self._close()

    def _parts(self, plain: str, high: int) -> bool:
        """Whether a word stands between names rather than in one."""
        if plain in MONTHS or plain in WEEKDAYS:
            return True
        if self.first < 0:
            return False
        if plain == "of":
            so_far = self.text[self.first : self.last]
            last = so_far.split()[-1]
            return not (INSTITUTION.match(f"{last} of ") or _COURT_OF.search(so_far) or _OF_MEMBERS.fullmatch(so_far))
        if plain == "and" and _ENDS_NAME.search(self.text[self.first : self.last]):
            return True
        if plain == "and" and self._is_firm_of_two(high):
            return False
        if plain == "for":
            return not ONE_NAME.search(self.text[self.first : self.last])
        return plain == "and" and not ONE_NAME.search(self.text[self.start : self.end])

    def _is_firm_of_two(self, high: int) -> bool:
        """Whether "and", ending at `high`, joins words of one name: "the union Bread and Salt", "Plum and Some More"."""
        left, right = self.text[self.first : self.last].split(), self.text[high : self.end].split()
        if right and fold_case(right[0]) in _AND_THESE:
            return True
        plain = all(is_ordinary(fold_case(w)) or fold_case(w) in COMMON for w in (*left, *right))
        return plain and _ONE_FIRM.search(self.text[max(0, self.first - 40) : self.first]) is not None

    def _leads(self, word: str, plain: str, low: int, high: int) -> bool:
        """Whether a word may begin a name."""
        leads = plain in MAY_LEAD and not begins_at(self.text, low) and _goes_on(self.text[high : self.end])
        leads = leads or _BEGINS_OFFICE.match(self.text, low, self.end) is not None
        if (plain.split("'")[0] in COMMON and not leads) or plain in HONORIFICS or word.isdigit() or describes(word):
            return False
        if plain in _SPLIT_LINKS:
            return False
        if _BEARS_OFFICE.fullmatch(word) and _HOLDER.match(self.text, high, self.end):
            return False
        if not begins_at(self.text, low) or word[1:] != word[1:].lower():
            return True
        if plain not in self.lower and not is_ordinary(plain):
            return True
        return _goes_on(self.text[high : self.end]) or self.text[high : high + 2].strip().startswith("'")


def _split_run(text: str, start: int, end: int, lower: set[str]) -> list[tuple[int, int]]:
    """The names in a run of capitalised words."""
    stripped = (_strip_links(text, a, b) for a, b in _Run(text, start, end, lower).split())
    cut = ((a, a + len(without_letters(text[a:b]))) for a, b in stripped)
    return [(a, b) for a, b in cut if _TWO_LETTERS.search(text[a:b]) and not names_nobody(text[a:b])]


def _goes_on(rest: str) -> bool:
    """Whether another capitalised word follows that is no date: then a first word belongs to the name."""
    word, following, *_ = (*rest.split(), "", "")
    if word == "and" and fold_case(following) in _AND_THESE:
        return True
    plain = fold_case(word.strip(".,"))
    if word == "&" or word[:1].isdigit():
        return True
    return word[:1].isupper() and plain not in MONTHS and plain not in WEEKDAYS and not _FIRST_PERSON.match(plain)


def _strip_links(text: str, start: int, end: int) -> tuple[int, int]:
    while True:
        match = _TRAILING_LINK.search(text[start:end])
        if not match:
            break
        end = start + match.start()
    if text[end - 1 : end] == "." and not _KEEPS_STOP.search(text[start:end]):
        end -= 1
    return start, end
