"""From acts to events: which tellings belong together, which one is the news, who takes part as what."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date

import regex

from ingest.reading.authorities import is_court
from ingest.reading.clauses import CUT, Act
from ingest.reading.document import TITLE, Document
from ingest.reading.mentions import Mention
from ingest.reading.speakers import People
from ingest.reading.status import find_scope, read_status
from ingest.reading.timing import Calendar
from ingest.types import ActorRef, EventRead, Evidence, RoleRead

_PLACE = {TITLE: 4.0, 0: 2.6, 1: 1.6, 2: 1.2}
_FAMILY = {"restriction": "revocation"}
MIN_WEIGHT = 2.0
CORE = ("initiator", "target", "subject", "court")


@dataclass
class Story:
    """The acts of an article that tell of one event."""

    kind: str
    acts: list[tuple[Act, float]] = field(default_factory=list)
    main: bool = False


def family(kind: str) -> str:
    """Kinds between which tellings of one event waver count as one."""
    return _FAMILY.get(kind, kind)


@dataclass(frozen=True)
class _News:
    """What the news is, for telling other events from it."""

    initiators: list[ActorRef]
    parties: set[str]
    targets: set[str]
    family: str
    on: date


class Storyteller:
    """Sorts the acts of one article into the news and the background."""

    def __init__(
        self, doc: Document, acts: list[Act], mentions: dict[int, list[Mention]], people: People, published: date
    ) -> None:
        self.doc, self.acts, self.mentions, self.people, self.published = doc, acts, mentions, people, published
        self.calendar = Calendar(doc, published)
        self.background = {id(a) for a in acts if self.calendar.is_background(a)}

    def maker(self, product: ActorRef) -> ActorRef | None:
        """The organization a product belongs to, if the article names it."""
        for held in self.mentions.values():
            for mention in held:
                if mention.actor.slug and mention.actor.slug == product.parent:
                    return mention.actor
        return None

    def weight(self, act: Act) -> float:
        """How much one act says of what the news is: by its words, its place and its certainty."""
        place = _PLACE.get(act.sentence.paragraph, 0.5)
        return act.weight * place * (0.2 if act.hedged else 1.0)

    def main_story(self) -> Story | None:
        """The news of the article."""
        votes: dict[str, float] = defaultdict(float)
        fresh = [a for a in self.acts if id(a) not in self.background] or self.acts
        for act in fresh:
            votes[act.kind] += self.weight(act)
        if not votes:
            return None
        self._prefer(votes)
        kind = max(votes, key=lambda k: votes[k])
        story = Story(kind, [(a, self.weight(a)) for a in fresh if family(a.kind) == family(kind)], main=True)
        return self._settle_members(story)

    def _settle_members(self, story: Story) -> Story:
        """Drop the tellings that hit somebody else; where the headline alone is fresh, take in older ones that fit."""
        ranked = vote_roles(story, self.people)
        who, whom = (
            {a.key for a, w, _ in ranked.get(role, []) if w >= 0.45 * ranked[role][0][1]}
            for role in ("initiator", "target")
        )
        story.acts = [(a, w) for a, w in story.acts if not self._hits_another(a, whom)] or story.acts
        if all(a.sentence.paragraph == TITLE for a, _ in story.acts):
            for act in self.acts:
                fits = {m.key for m in act.actors("target")} & whom and {m.key for m in act.actors("initiator")} <= who
                if id(act) in self.background and family(act.kind) == family(story.kind) and fits:
                    story.acts.append((act, act.weight))
        return story

    def _prefer(self, votes: dict[str, float]) -> None:
        """An accusation or a verb of answering that comes with a deed is only its reason or its echo."""
        deeds = max((votes[k] for k in votes if k not in ("accusation", "response")), default=0.0)
        titled = {a.kind for a in self.acts if a.sentence.paragraph == TITLE}
        if deeds and "accusation" in votes and "accusation" not in titled:
            votes["accusation"] *= 0.4
        if votes.get("ruling", 0.0) >= 0.5 * votes.get("lawsuit", 0.0) and "lawsuit" in votes and "ruling" in votes:
            votes["lawsuit"] *= 0.4  # what is ruled on was filed before
        if deeds and "response" in votes and "response" not in titled:
            votes["response"] *= 0.5

    def side_stories(self, main: Story, roles: dict[str, list[ActorRef]], on: date) -> list[Story]:
        """The other events that the article recounts, besides `main` with its `roles` and day."""
        news = _News(
            roles.get("initiator", []),
            {a.key for role in ("initiator", "target") for a in roles.get(role, ())},
            {a.key for a in roles.get("target", ())},
            family(main.kind),
            on,
        )
        used = {id(a) for a, _ in main.acts}
        stories: list[Story] = []
        for act in self.acts:
            if act.hedged or act.weight < MIN_WEIGHT or act.sentence.paragraph == TITLE:
                continue
            apart = (
                id(act) in self.background or self._hits_another(act, news.targets) or self._on_another_day(act, news)
            )
            if (id(act) not in used or apart) and self._tells_apart(act, news):
                self._attach(act, stories)
        return stories

    def _hits_another(self, act: Act, targets: set[str]) -> bool:
        """Whether the act is done to somebody, named, whom the news does not hit."""
        named = {m.actor.key for m in act.roles.get("target", ()) if m.how == "name"}
        return act.sentence.paragraph > 1 and act.weight >= 2.4 and bool(named and targets) and not named & targets

    def _on_another_day(self, act: Act, news: _News) -> bool:
        """Whether the act has a date of its own, days before the news."""
        dated = self.calendar.of_act(act)
        if dated is None or not dated.own or dated.reported or dated.vague or act.sentence.paragraph == 0:
            return False
        return (news.on - dated.on).days >= (2 if family(act.kind) != news.family else 7)

    def _tells_apart(self, act: Act, news: _News) -> bool:
        """Whether an act is another event than the news: it is older, or hits somebody else."""
        if (
            not act.actors("initiator")
            and act.kind in CUT
            and self._hits_another(act, news.targets)
            and news.initiators
        ):
            # Who else lost access lost it, where nobody is named, at the same hands.
            mention = act.roles["target"][0]
            act.add("initiator", replace(mention, actor=news.initiators[0]))
        initiators = act.actors("initiator")
        about = act.actors("target") or act.actors("subject") or act.actors("affected")
        if not initiators or not (about or act.kind in ("terms-change", "price-change")):
            return False
        if id(act) in self.background:
            return True
        if act.kind in ("accusation", "response"):
            return False
        if self._on_another_day(act, news):
            return True
        dated = self.calendar.of_act(act)
        others = {a.key for a in (*initiators, *act.actors("target"))} - news.parties
        return bool(others) and (self._hits_another(act, news.targets) or (dated is not None and dated.own))

    def _attach(self, act: Act, stories: list[Story]) -> None:
        who = {a.key for a in act.actors("initiator")}
        whom = {a.key for a in act.actors("target")}
        for story in stories:
            told = {a.key for s, _ in story.acts for a in s.actors("initiator")}
            hit = {a.key for s, _ in story.acts for a in s.actors("target")}
            if family(story.kind) == family(act.kind) and who & told and (not whom or not hit or whom & hit):
                story.acts.append((act, act.weight))
                return
        stories.append(Story(act.kind, [(act, act.weight)]))


def vote_roles(story: Story, people: People) -> dict[str, list[tuple[ActorRef, float, Evidence]]]:
    """The participants of a story by role, each in the role most tellings give, strongest first."""
    votes: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    actors: dict[str, ActorRef] = {}
    evidence: dict[tuple[str, str], Evidence] = {}
    for act, weight in story.acts:
        for role, mentions in act.roles.items():
            for mention in mentions:
                sure = {"name": 1.0, "epithet": 0.7, "pronoun": 0.6}[mention.how]
                # Who acts for an organization is not a party: the organization is.
                actor = people.employer.get(mention.actor.key, mention.actor)
                if is_court(actor):
                    role = "court"
                votes[actor.key][role] += weight * sure * (0.3 if role == "affected" else 1.0)
                actors[actor.key] = actor
                evidence.setdefault((actor.key, role), act.sentence.evidence)
    result: dict[str, list[tuple[ActorRef, float, Evidence]]] = defaultdict(list)
    for key, by_role in votes.items():
        role = max(by_role, key=lambda r: by_role[r])
        result[role].append((actors[key], by_role[role], evidence[(key, role)]))
    if story.kind != "response":
        things = [r for r in result.get("initiator", []) if r[0].kind == "product"]
        result["initiator"] = [r for r in result.get("initiator", []) if r[0].kind != "product"]
        result["subject"] += things
    _drop_products_of(result, "target")
    _drop_products_of(result, "initiator")
    for held in result.values():
        held.sort(key=lambda r: -r[1])
    return result


def _drop_products_of(ranked: dict[str, list[tuple[ActorRef, float, Evidence]]], role: str) -> None:
    """Of an organization and its own product in one role the organization stays."""
    slugs = {a.slug for a, _, _ in ranked.get(role, []) if a.kind == "organization"}
    ranked[role] = [
        r for r in ranked.get(role, []) if r[0].kind != "product" or r[0].parent not in slugs or not r[0].parent
    ]


def choose_roles(story: Story, people: People) -> list[RoleRead]:
    """The participants to report: the strongest of each role, and those about as strong."""
    ranked = vote_roles(story, people)
    total = sum(w for _, w in story.acts) or 1.0
    chosen: list[RoleRead] = []
    for role, share in (("initiator", 0.5), ("target", 0.45), ("subject", 0.6), ("affected", 0.3), ("court", 0.3)):
        held = ranked.get(role, [])
        if role == "subject":
            held = _prefer_api(held)
        if role == "court" and story.kind not in ("lawsuit", "ruling"):
            continue
        top = held[0][1] if held else 0.0
        for actor, weight, evidence in held:
            if weight >= share * top:
                chosen.append(RoleRead(actor, role, evidence, round(min(0.97, 0.5 + 0.5 * weight / total), 2)))
    return chosen


def _prefer_api(held: list[tuple[ActorRef, float, Evidence]]) -> list[tuple[ActorRef, float, Evidence]]:
    """ "Claude" and "Claude API" of one article are one subject, the latter."""
    apis = [h for h in held if h[0].name.endswith(" API")]
    if not apis:
        return held[:1] if held else held
    best = apis[0]
    return [(best[0], sum(h[1] for h in held), best[2])]


def fill_roles(story: Story, roles: list[RoleRead], teller: Storyteller) -> list[RoleRead]:
    """`roles` with what goes without saying: the API of the one who acts, the other party of an answer."""
    initiators = [r.actor for r in roles if r.role == "initiator"]
    held = {r.role for r in roles}
    lead = max(story.acts, key=lambda a: a[1])[0]
    if "subject" not in held:
        owners = [
            r.actor for r in roles if r.role == ("target" if story.kind in ("lawsuit", "regulation") else "initiator")
        ]
        subject = _own_interface(owners, teller, story)
        if subject is not None:
            roles.append(RoleRead(subject, "subject", lead.sentence.evidence, 0.6))
    if story.kind in ("lawsuit", "ruling") and "court" not in held:
        court = next(
            (m for held in teller.mentions.values() for m in held if m.how == "name" and is_court(m.actor)), None
        )
        if court is not None:
            roles.append(RoleRead(court.actor, "court", lead.sentence.evidence, 0.6))
    vendors = [v for r in roles if r.role == "subject" and (v := teller.maker(r.actor)) is not None]
    vendors = [v for v in vendors if v.key not in {r.actor.key for r in roles}]
    if (
        vendors
        and "target" not in held
        and story.kind in ("regulation", "restoration", "lawsuit", "ruling", "accusation")
    ):
        roles.append(RoleRead(vendors[0], "target", lead.sentence.evidence, 0.6))
        held.add("target")
    if story.kind == "deal" and len(initiators) == 1:
        taken = {initiators[0].key}
        partner = next((v for v in vendors if v.key not in taken), None) or _other_party(taken, teller)
        if partner is not None:
            roles.append(RoleRead(partner, "initiator", lead.sentence.evidence, 0.55))
    if initiators and "target" not in held and story.kind in ("response", "accusation"):
        other = _other_party({a.key for a in initiators}, teller)
        if other is not None:
            roles.append(RoleRead(other, "target", lead.sentence.evidence, 0.5))
    return roles


def _own_interface(vendors: list[ActorRef], teller: Storyteller, story: Story) -> ActorRef | None:
    """The product of one of `vendors` that the article speaks of most, or the API where an act's sentence says "API"."""
    counts: dict[str, int] = defaultdict(int)
    products: dict[str, ActorRef] = {}
    slugs = {v.slug for v in vendors if v.slug}
    prefixes = tuple(f"{v.name.split()[0]} " for v in vendors)
    for held in teller.mentions.values():
        for mention in held:
            actor = mention.actor
            own = actor.parent in slugs or (bool(prefixes) and actor.name.startswith(prefixes))
            if actor.kind == "product" and own:
                counts[actor.key] += 1 + 2 * actor.name.endswith("API")
                products[actor.key] = actor
    if counts:
        return products[max(counts, key=lambda k: counts[k])]
    says_api = any(regex.search(r"\bAPIs?\b", a.sentence.plain) for a, _ in story.acts)
    if (
        vendors
        and says_api
        and story.kind in ("revocation", "restriction", "restoration", "price-change", "terms-change")
    ):
        return ActorRef(f"{vendors[0].name} API", "product", None, vendors[0].slug)
    return None


def _other_party(parties: set[str], teller: Storyteller) -> ActorRef | None:
    """The organization named most besides `parties`."""
    counts: dict[str, int] = defaultdict(int)
    actors: dict[str, ActorRef] = {}
    for held in teller.mentions.values():
        for mention in held:
            if mention.actor.kind == "organization" and mention.actor.key not in parties and not mention.media:
                counts[mention.actor.key] += 1
                actors[mention.actor.key] = mention.actor
    return actors[max(counts, key=lambda k: counts[k])] if counts else None


def build_events(doc: Document, teller: Storyteller, commentators: list[RoleRead]) -> tuple[EventRead, ...]:
    """The events of an article, the news first."""
    main = teller.main_story()
    if main is None:
        return ()
    roles = fill_roles(main, choose_roles(main, teller.people), teller)
    held: dict[str, list[ActorRef]] = defaultdict(list)
    for role in roles:
        held[role.role].append(role.actor)
    taken = {r.actor.key for r in roles}
    roles += [c for c in commentators if c.actor.key not in taken]
    events = [_event(doc, teller, main, roles)]
    for story in teller.side_stories(main, held, events[0].on):
        events.append(_event(doc, teller, story, choose_roles(story, teller.people)))
    return tuple(events)


def _event(doc: Document, teller: Storyteller, story: Story, roles: list[RoleRead]) -> EventRead:
    dated = teller.calendar.settle(story.acts)
    if dated is None and story.main:
        dated = teller.calendar.reported_day()
    lead = max(story.acts, key=lambda a: a[1])[0]
    body = next((a for a, _ in sorted(story.acts, key=lambda x: -x[1]) if a.sentence.paragraph != TITLE), lead)
    neighbours = [s for s in doc.sentences if 0 < s.index - body.sentence.index <= 2]
    scope = find_scope(doc, body.sentence) if story.main else None
    on, precision = (dated.on, dated.precision) if dated else (teller.published, "day")
    return EventRead(
        kind=story.kind,
        on=on,
        precision=precision,
        main=story.main,
        status=read_status(story.kind, body.sentence, neighbours),
        participants=tuple(roles),
        evidence=lead.sentence.evidence,
        confidence=_confidence(story, roles, dated is not None),
        date_evidence=dated.sentence.evidence if dated else None,
        scope=scope.text if scope else "",
        scope_evidence=scope.evidence if scope else None,
    )


def _confidence(story: Story, roles: list[RoleRead], dated: bool) -> float:
    held = {r.role for r in roles}
    value = 0.45 + 0.1 * ("initiator" in held) + 0.1 * ("target" in held) + 0.05 * ("subject" in held) + 0.08 * dated
    value += 0.05 * min(len(story.acts), 4) * story.main
    return round(min(0.95, value), 2)
