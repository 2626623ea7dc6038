"""The table of names: which known actors a text names, and where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import regex
from ahocorasick_rs import AhoCorasick, MatchKind

from ingest.reading.authorities import is_court, is_government
from ingest.reading.lexicon.ordinary import is_ordinary
from ingest.reading.words import COMMON
from ingest.types import ActorRef, KnownActor

# Names that are also ordinary words: as printed in the table only, and not where a sentence merely begins.
_ORDINARY = frozenset(
    "meta x slack notion cursor comet muse scale sync apollo gemini vine delphi wired cognition grok bard sora llama "
    "apple amazon windsurf perplexity mistral nova copilot atlas neon target oracle stripe block square signal "
    "discord threads edge bing sonar pi character inflection cohere scale adept runway bright data replicate together "
    "modal linear figma canva zoom box snowflake palantir unity epic steam reverb medium ghost pocket bolt lovable "
    "harvey glean sierra abridge suno spring orbit mercury anomaly sst strawberry ross sync yaps narwhal forbes "
    "antigravity opencode meerkat kimi trae delta luna terra sol".split()
)
# Parts of names that the press leaves out.
_DROPPED = frozenset("AI Labs Inc. Technologies Foundation LLC Systems".split())
_RARE_FIRST = regex.compile(r"\p{Lu}\p{Ll}{5,}")


@dataclass(frozen=True, slots=True)
class NameHit:
    """A known actor named in a text, from `start` to `end`."""

    start: int
    end: int
    actor: ActorRef
    surface: str


def fold_case(text: str) -> str:
    """`text` in lower case, character by character, so that offsets stay."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _is_part_of_word(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    if before and (before.isalnum() or before == "_" or (before in "-@/#." and text[start - 2 : start - 1].isalnum())):
        return True
    if not after or not (after.isalnum() or after == "_"):
        return after == "-" and text[end + 1 : end + 2].isdigit()
    return not (after == "s" and not text[end + 1 : end + 2].isalnum() and text[start:end][-1:].isupper())


@dataclass(frozen=True, slots=True)
class NameTable:
    """The names and aliases of known actors, ready to be found in texts. Immutable: build once, use everywhere."""

    actors: dict[str, KnownActor]
    refs: dict[str, ActorRef]
    names: tuple[tuple[str, str], ...]  # (name as written, slug)
    families: dict[str, str]  # "Claude" -> slug of the vendor whose products begin with it
    automaton: AhoCorasick = field(repr=False, compare=False)
    surnames: dict[str, str]  # last names of people -> slug
    one_product: frozenset[str]  # slugs of vendors of whom a single product is known
    public: tuple[KnownActor, ...]  # courts and authorities
    officers: dict[str, list[KnownActor]]  # slug of an organization -> its people with a title
    interfaces: dict[str, ActorRef]  # slug of a vendor -> the API of all that it offers: "Claude API", "Slack API"

    @classmethod
    def build(cls, actors: Iterable[KnownActor]) -> NameTable:
        """The table of `actors`; of two that share a name the first one keeps it."""
        known = {a.slug: a for a in actors}
        refs = {a.slug: ActorRef(a.name, a.kind, a.slug, a.parent) for a in known.values()}
        by_name: dict[str, tuple[str, str]] = {}
        for actor in known.values():
            for name in (actor.name, *actor.aliases, *_short_forms(actor)):
                if len(name) > 1 or name.isupper():
                    by_name.setdefault(fold_case(name.replace("’", "'")), (name.replace("’", "'"), actor.slug))
        families = _families(known.values(), by_name)
        patterns = list(by_name) + [fold_case(f) for f in families]
        names = (*by_name.values(), *((f, "") for f in families))
        automaton = AhoCorasick(patterns, matchkind=MatchKind.LeftmostLongest)
        surnames = {a.name.split()[-1]: a.slug for a in known.values() if a.kind == "person"}
        counts = Counter(a.parent for a in known.values() if a.kind == "product" and a.parent)
        one_product = frozenset(slug for slug, count in counts.items() if count == 1)
        public = tuple(a for a in known.values() if is_court(refs[a.slug]) or is_government(refs[a.slug]))
        officers: dict[str, list[KnownActor]] = {}
        for actor in known.values():
            if actor.kind == "person" and actor.parent and actor.title:
                officers.setdefault(actor.parent, []).append(actor)
        interfaces = _interfaces(known)
        return cls(known, refs, names, families, automaton, surnames, one_product, public, officers, interfaces)

    def find_names(self, text: str, *, upper: bool = False) -> Iterator[NameHit]:
        """The known actors named in `text` (marks folded), longest names first, none overlapping.

        `upper` says that the text is all in capitals, so that case tells nothing.
        """
        for number, start, end in self.automaton.find_matches_as_indexes(fold_case(text)):
            name, slug = self.names[number]
            surface = text[start:end]
            if _is_part_of_word(text, start, end) or not _is_written(surface, name, upper):
                continue
            actor = self.refs[slug] if slug else ActorRef(name, "product", None, self.families[name])
            yield NameHit(start, end, actor, surface)

    def vendor_of(self, actor: ActorRef) -> ActorRef | None:
        """The organization an actor belongs to: its parent, or a product's maker."""
        return self.refs.get(actor.parent) if actor.parent else None


def _short_forms(actor: KnownActor) -> list[str]:
    """Shorter names that the press uses without being told: "Moonshot" for "Moonshot AI", "Commerce Department"."""
    forms: list[str] = []
    if actor.kind != "organization":
        return forms
    for name in (actor.name, *actor.aliases):
        words = name.split()
        if words[0] == "The" and len(words) > 2:
            forms.append(" ".join(words[1:]))
        if len(words) == 2 and words[1] in _DROPPED and len(words[0]) > 4:
            forms.append(words[0])
        forms += _public_forms(name)
        if (
            len(words) > 3
            and _RARE_FIRST.fullmatch(words[0])
            and words[1].islower()
            and not is_ordinary(fold_case(words[0]))
        ):
            forms.append(words[0])
    return forms


def _public_forms(name: str) -> list[str]:
    """Shorter names of American courts and departments."""
    if name.startswith("US Court of Appeals for the "):
        return [name.removeprefix("US Court of Appeals for the "), name.removeprefix("US ")]
    if name.startswith("US District Court, "):
        where = name.removeprefix("US District Court, ")
        return [f"{us}District Court for the {where}" for us in ("US ", "U.S. ", "")] + [where]
    if name.startswith("US Department of "):
        return [name.removeprefix("US "), f"{name.removeprefix('US Department of ')} Department"]
    return []


def _is_written(surface: str, name: str, upper: bool) -> bool:
    """Whether `surface` names somebody, rather than being a word that looks like `name`."""
    if surface == name:
        return True
    ordinary = fold_case(name) in _ORDINARY or fold_case(name) in COMMON or len(name) < 4
    if upper:
        return len(name) > 2
    if ordinary:
        return False
    if " " in name:
        return surface[:1].isupper() or not name[:1].isupper()
    return True


def _interfaces(known: Mapping[str, KnownActor]) -> dict[str, ActorRef]:
    """By vendor the API that bears its own name or that of its family of products."""
    products = [a for a in known.values() if a.kind == "product" and a.parent in known]
    families = Counter((a.parent, a.name.split()[0]) for a in products)
    found: dict[str, ActorRef] = {}
    for actor in products:
        of, vendor = actor.name.removesuffix(" API"), known[actor.parent or ""]
        is_api = of != actor.name and (of in (vendor.name, *vendor.aliases) or families[vendor.slug, of] > 1)
        if is_api:
            found.setdefault(vendor.slug, ActorRef(actor.name, actor.kind, actor.slug, actor.parent))
    return found


def _families(actors: Iterable[KnownActor], taken: dict[str, tuple[str, str]]) -> dict[str, str]:
    """First words that the products of one vendor share, such as "Claude" of "Claude Code" and "Claude API"."""
    vendors: dict[str, set[str]] = {}
    counts: dict[str, int] = {}
    names = {fold_case(a.name) for a in actors if a.kind != "product"}
    for actor in actors:
        if actor.kind != "product" or not actor.parent or " " not in actor.name:
            continue
        first = actor.name.split()[0]
        if len(first) < 4 or not first[0].isupper() or fold_case(first) in COMMON or fold_case(first) in names:
            continue
        vendors.setdefault(first, set()).add(actor.parent)
        counts[first] = counts.get(first, 0) + 1
    return {
        first: next(iter(found))
        for first, found in vendors.items()
        if len(found) == 1 and counts[first] > 1 and fold_case(first) not in taken
    }
