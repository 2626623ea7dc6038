"""From acts to events: which tellings belong together, which one is the news, who takes part as what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

import regex

from ingest.reading.background import read_background
from ingest.reading.casting import Opening, cast_parts, list_cast
from ingest.reading.clauses import CUT, Act, family
from ingest.reading.confidence import score_confidence
from ingest.reading.document import TITLE, Document
from ingest.reading.gist import KINDS
from ingest.reading.headline import tell_gist
from ingest.reading.memory import Mention
from ingest.reading.owners import Owners
from ingest.reading.people import People
from ingest.reading.roles import Story, choose_roles, fill_roles, vote_roles
from ingest.reading.status import find_scope, read_status
from ingest.reading.timing import ActDate, Calendar
from ingest.reading.weighing import Known
from ingest.types import ActorRef, EventRead, RoleRead

_PLACE = {TITLE: 4.0, 0: 2.6, 1: 1.6, 2: 1.2}
_API = regex.compile(r"\bAPIs?\b")
_API_OF = regex.compile(r"(?<![\p{L}\p{N}])(?P<of>\p{Lu}[\p{L}\p{N}.]*(?:\s[\p{Lu}\p{N}][\p{L}\p{N}.]*){0,2})\sAPI\b")
_WE = regex.compile(r"\b[Ww]e(?:'re|'ve|'ll)?\s+\p{Ll}")  # quotations are masked: who says it writes it
_AND = regex.compile(r"(?:\s[\d.]+)?,?\s(?:and|or)\s(?:the\s|its\s)?|,\s")
OPENING = 1500  # characters
MIN_WEIGHT = 2.0
SURE = 2.8
NARROWED = 0.39
RULES = 0.35  # what the rules say of the kind of the news, against what the words of its opening say
CORE = ("initiator", "target", "subject", "court")


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
        self,
        doc: Document,
        acts: list[Act],
        mentions: dict[int, list[Mention]],
        people: People,
        owners: Owners,
        calendar: Calendar,
        kinds: Mapping[str, float],
        opening: Opening | None = None,
    ) -> None:
        self.doc, self.acts, self.mentions, self.people, self.owners = doc, acts, mentions, people, owners
        self.calendar, self.kinds, self.opening = calendar, kinds, opening
        self.background = {id(a) for a in acts if self.calendar.is_background(a)}

    def all_roles(self, story: Story) -> list[RoleRead]:
        """The participants of the news, with those that go without saying."""
        says_api = any(_API.search(s.plain) for s in self.doc.sentences)
        chosen = choose_roles(story, self.people, self.owners)
        if story.kind == "ruling":
            chosen = self._with_plaintiff(chosen)
        ruled = fill_roles(story, chosen, self.mentions, self.owners, says_api=says_api)
        if self.opening is None:
            return ruled
        cast = list_cast(self.doc, self.mentions, self.opening)
        says_we = any(_WE.search(s.plain) for s in self.doc.sentences if s.start < OPENING)
        apis = frozenset(m.group("of") for s in self.doc.sentences for m in _API_OF.finditer(s.plain))
        known = Known(self.people, self.owners, says_api, apis, says_we, self._list_beside(self.opening))
        return cast_parts(story.kind, ruled, self.opening, cast, known)

    def _list_beside(self, opening: Opening) -> frozenset[tuple[str, str]]:
        """Pairs, both ways round, of those whom the opening names side by side."""
        found: set[tuple[str, str]] = set()
        for sentence in (s for s in self.doc.sentences if s.start < OPENING):
            named = (m for by in (self.mentions, opening.candidates) for m in by.get(sentence.index, ()))
            here = sorted((m for m in named if m.how == "name"), key=lambda m: m.start)
            for one, other in pairwise(here):
                if _AND.fullmatch(sentence.text[one.end : other.start]):
                    found |= {(one.actor.key, other.actor.key), (other.actor.key, one.actor.key)}
        return frozenset(found)

    def settle_day(self, story: Story) -> ActDate | None:
        """The day of a story: of the news, as its tellings and the encoder have it."""
        ruled = self.calendar.settle(story.acts)
        if not story.main:
            return ruled
        ruled = ruled or self.calendar.reported_day()
        return self.calendar.choose(ruled, self.opening.encoded.days) if self.opening is not None else ruled

    def _with_plaintiff(self, roles: list[RoleRead]) -> list[RoleRead]:
        """What was ruled on was brought by somebody: he initiates it, if the ruling itself names nobody who does."""
        if any(r.role == "initiator" for r in roles):
            return roles
        sued = (a for a in self.acts if a.kind == "lawsuit" and not a.hedged)
        brought = min(
            (m for a in sued for m in a.roles.get("initiator", ())), key=lambda m: m.how == "pronoun", default=None
        )
        if brought is None:
            return roles
        actor = self.people.employer.get(brought.actor.key, brought.actor)
        evidence = roles[0].evidence if roles else self.doc.sentences[0].evidence
        kept = [r for r in roles if r.actor.key != actor.key]
        return [*kept, RoleRead(actor, "initiator", evidence, 0.6)]

    def weight(self, act: Act) -> float:
        """How much one act says of what the news is: by its words, its place and its certainty."""
        place = _PLACE.get(act.sentence.paragraph, 0.5)
        return act.weight * place * (0.1 if act.hedged else 1.0) * (0.5 if act.earlier else 1.0)

    def main_story(self) -> Story | None:
        """The news of the article."""
        votes: dict[str, float] = defaultdict(float)
        fresh = [a for a in self.acts if id(a) not in self.background] or self.acts
        for act in fresh:
            votes[act.kind] += self.weight(act)
        if not votes:
            return tell_gist(self.doc, self.kinds, self.mentions)
        self._prefer(votes)
        if votes.get("restriction", 0.0) >= NARROWED * votes.get("revocation", 0.0) > 0:
            # headlines say "cut off" of what the text says was limited
            votes["restriction"] += votes.pop("revocation")
        total = sum(votes.values()) or 1.0
        shares = {k: v / total for k, v in votes.items()}
        leading = max(shares, key=lambda k: shares[k])
        kind = max(KINDS[1:], key=lambda k: RULES * shares.get(k, 0.0) + self.kinds[k])
        told = kind if any(family(k) == family(kind) for k in shares) else leading
        share = sum(v for k, v in shares.items() if family(k) == family(told))
        story = Story(kind, [(a, self.weight(a)) for a in fresh if family(a.kind) == family(told)], True, share)
        return self._settle_members(story)

    def _settle_members(self, story: Story) -> Story:
        """Drop the tellings that hit somebody else; where the headline alone is fresh, take in older ones that fit."""
        ranked = vote_roles(story, self.people, self.owners)
        who, whom = (
            {a.key for a, w, _ in ranked.get(role, []) if w >= 0.45 * ranked[role][0][1]}
            for role in ("initiator", "target")
        )
        who = self._first_doers(story) or who
        apart = {id(a) for a, _ in story.acts if self._hits_another(a, whom) or self._done_by_another(a, who)}
        story.acts = [(a, w) for a, w in story.acts if id(a) not in apart] or story.acts
        if all(a.sentence.paragraph == TITLE for a, _ in story.acts):
            for act in self.acts:
                fits = {m.key for m in act.actors("target")} & whom and {m.key for m in act.actors("initiator")} <= who
                if id(act) in self.background and family(act.kind) == family(story.kind) and fits:
                    story.acts.append((act, act.weight))
        return story

    def _first_doers(self, story: Story) -> set[str]:
        """Who acts where the news is first told, in the headline and the paragraphs around the first telling."""
        told = [a for a, _ in story.acts if a.sentence.paragraph != TITLE]
        first = min((a.sentence.paragraph for a in told), default=0)
        leading = [a for a, _ in story.acts if a.sentence.paragraph <= first + 2]
        doers = (m for a in leading for m in a.roles.get("initiator", ()) if m.how != "pronoun")
        return {self.people.employer.get(m.actor.key, m.actor).key for m in doers}

    def _prefer(self, votes: dict[str, float]) -> None:
        """An accusation or a verb of answering that comes with a deed is only its reason or its echo."""
        done = {a.kind for a in self.acts if not a.hedged} - {"accusation", "response"}
        deeds = max((votes[k] for k in votes if k in done), default=0.0)
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
            apart = self._hits_another(act, news.targets) or self._on_another_day(act, news)
            if (id(act) not in used or apart) and self._tells_apart(act, news):
                self._attach(act, stories)
        return stories

    def _done_by_another(self, act: Act, who: set[str]) -> bool:
        """Whether the act is done, further down, by somebody named who does not make the news."""
        named = {m.actor.key for m in act.roles.get("initiator", ()) if m.how == "name" and m.actor.kind != "person"}
        return act.sentence.paragraph > 2 and bool(named and who) and not named & who

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
        apart = self._hits_another(act, news.targets) or (
            act.kind in CUT and act.weight >= SURE and self._done_by_another(act, news.parties)
        )
        return bool(others) and (apart or (dated is not None and dated.own))

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


def build_events(doc: Document, teller: Storyteller, commentators: list[RoleRead]) -> tuple[EventRead, ...]:
    """The events of an article, the news first."""
    main = teller.main_story()
    if main is None:
        return ()
    roles = teller.all_roles(main)
    held: dict[str, list[ActorRef]] = defaultdict(list)
    for role in roles:
        held[role.role].append(role.actor)
    taken = {r.actor.key for r in roles}
    roles += [c for c in commentators if c.actor.key not in taken]
    events = [_event(doc, teller, main, roles)]
    for story in teller.side_stories(main, held, events[0].on):
        events.append(_event(doc, teller, story, choose_roles(story, teller.people, teller.owners)))
    if teller.opening is not None:
        candidates = teller.opening.candidates
        events = read_background(doc, teller.mentions, candidates, teller.calendar, teller.people, events)
    return tuple(events)


def _event(doc: Document, teller: Storyteller, story: Story, roles: list[RoleRead]) -> EventRead:
    dated = teller.settle_day(story)
    lead = max(story.acts, key=lambda a: a[1])[0]
    body = next((a for a, _ in sorted(story.acts, key=lambda x: -x[1]) if a.sentence.paragraph != TITLE), lead)
    neighbours = [s for s in doc.sentences if 0 < s.index - body.sentence.index <= 2]
    scope = find_scope(doc) if story.main else None
    on, precision = (dated.on, dated.precision) if dated else (teller.calendar.published, "day")
    return EventRead(
        kind=story.kind,
        on=on,
        precision=precision,
        main=story.main,
        status=read_status(story.kind, body.sentence, neighbours),
        participants=tuple(roles),
        evidence=lead.sentence.evidence,
        confidence=score_confidence(story, roles, dated=dated is not None),
        date_evidence=dated.sentence.evidence if dated else None,
        scope=scope.text if scope else "",
        scope_evidence=scope.evidence if scope else None,
    )
