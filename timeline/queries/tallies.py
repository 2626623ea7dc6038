"""How many events a filter has, and how they fall on kinds, months, disputes, actors: all in one pass over them.

Some hundred events are looked at, whatever the size of the record. All of them where there are no more; beyond, of what
words or actors find one in two, four, ... 64 stands for the others, so many that at least LEAST are looked at, one in
SMALL or fewer as soon as that holds so many. What is said is about right then; how many there are in all is counted one
by one where that is asked for. What has neither words nor actors is looked at up to some 2,500, beyond one in FINE.
Beyond COUNT_CAP the answer is "10,000+", and one in COARSE stands for all. Looking at a row costs the same wherever it
lies, so shares and samples have indexes (migrations 0009, 0014 and 0020).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from timeline.filters import EventFilter
from timeline.queries.counting import SMALL, Look, Subject, look_at_all, look_at_sample, look_at_share, probe
from timeline.queries.found import Seen, find_best_of, find_newest_of, is_small
from timeline.queries.selecting import Chosen, find_ids, is_indexed, select_events

COUNT_CAP = 10_000
FEW = 2_500  # that are all looked at in a small record
COARSE, FINE = 512, 8
PROBED = 64  # one in so many is counted first, to know which share to look at
WHOLE = 400  # so many or fewer are all looked at, which finds the first of the list as well
LOOKED = 250  # of more, no more than so many are looked at, and half as many or more
LEAST = 80  # are looked at of a share, else of a larger one: what chance takes away from half of LOOKED
# So many of a sample mean more than the cap of all, unless chance is off by four standard deviations.
SURE_OF_ALL = COUNT_CAP // COARSE + 19
SURE_OF_PARTS = 310
HARDLY_ANY = 1  # of the coarse sample: too few to expect SURE_OF_PARTS of the fine one
DIGITS = 2  # of a total told by a share, which is no closer than that
SURELY = 1.15  # times the cap: what a share says to be more than that is more than the cap


@dataclass(frozen=True, slots=True)
class Total:
    """How many rows there are; `capped` where counting stopped and there are more, `about` where a sample says so."""

    number: int
    capped: bool = False
    about: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of the events of one filter; `about` where those of parts are of a sample, scaled.

    `parts` are number by value by name: kind, status, dispute (id), actor (id), role. `first` are the ids of the first
    events of the list, where they were asked for and found on the way; else None.
    """

    total: Total = Total(0)
    parts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    months: Mapping[date, Mapping[str, int]] = field(default_factory=dict)
    about: bool = False
    first: tuple[int, ...] | None = None


def tally_events(
    asked: EventFilter,
    names: Collection[str] = (),
    *,
    whole: bool = True,
    first: int = 0,
    chosen: Chosen | None = None,
) -> Tally:
    """The counts of the filter's events, all in one pass over them, or over a part of them.

    Args:
        asked: the filter.
        names: what is counted besides all of them: "kind", "status", "month", "dispute", "actor" (others than the
            filter's own) and "role" (of the filter's actors).
        whole: whether the total is to be exact up to COUNT_CAP; where it is not, it may be about right only.
        first: of how many events at the top of the list the ids are wanted, if they are found on the way.
        chosen: the ids of what the filter names, where they are known.
    """
    subject = Subject(asked, chosen or find_ids(asked), tuple(names), first)
    if names and asked.narrows() and is_small():
        few = look_at_all(subject, FEW + 1, planned=True)
        if few.number <= FEW:
            return _tell(few)
    if names and is_indexed(asked):
        return _tally_share(subject, whole)
    return _tally_sample(subject, whole)


def count_events(asked: EventFilter) -> Total:
    """How many events there are, up to COUNT_CAP."""
    return tally_events(asked).total


def choose_share(probed: int) -> int:
    """One in how many events is to be looked at; `probed` is how many there are in one of PROBED."""
    share, most, guessed = 1, WHOLE, probed * PROBED
    while share < PROBED and guessed > most:
        share *= 2
        most = LOOKED * share
    if 1 < share < SMALL and guessed >= LEAST * SMALL:
        return min(SMALL, PROBED)  # the first share that has an index of its own: a tenth of the time
    return share


def _tally_share(subject: Subject, whole: bool) -> Tally:
    """The counts of what words or actors find."""
    coarse, probed = probe(subject, COARSE, SURE_OF_ALL, PROBED)
    if coarse >= SURE_OF_ALL:
        return _find_first(subject, _tell_many(look_at_sample(subject, COARSE)), COARSE)
    share = choose_share(probed)
    while share > 1:
        seen = look_at_share(subject, share)
        if seen.number >= LEAST:
            total = _count_all(subject) if whole else _guess(seen, share)
            return _find_first(subject, _tell_about(seen, total), share)
        share //= 2
    return _tally_all(subject)


def _find_first(subject: Subject, tally: Tally, share: int) -> Tally:
    """The tally with the first of the list, if they are wanted: they are looked for in as many months as it says."""
    asked = subject.asked
    find = {"newest": find_newest_of, "relevance": find_best_of}.get(asked.order)
    if not subject.first or find is None or not (asked.q or asked.until):
        return tally  # of an actor alone the planner knows how many there are
    return replace(tally, first=tuple(find(asked, subject.chosen, subject.first, Seen(tally.months, share))))


def _tally_sample(subject: Subject, whole: bool) -> Tally:
    """The counts of any filter."""
    coarse = look_at_sample(subject, COARSE)
    if coarse.number >= SURE_OF_ALL:
        return _tell_many(coarse)
    if subject.names and coarse.number > HARDLY_ANY:
        searched = subject.asked.q or subject.asked.actors
        fine = look_at_share(subject, FINE) if searched else look_at_sample(subject, FINE)
        if fine.number >= SURE_OF_PARTS:
            return _tell_about(fine, _count_all(subject) if whole else _guess(fine, FINE))
    return _tally_all(subject)


def _tally_all(subject: Subject) -> Tally:
    """All events looked at, up to the cap."""
    seen = look_at_all(subject, COUNT_CAP + 1)
    return _tell(seen) if seen.number <= COUNT_CAP else _tell_many(look_at_sample(subject, COARSE))


def _count_all(subject: Subject) -> Total:
    number = select_events(subject.asked).order_by()[: COUNT_CAP + 1].count()
    return Total(min(number, COUNT_CAP), capped=number > COUNT_CAP)


def _guess(seen: Look, share: int) -> Total:
    number = seen.number * share
    number = round(number, DIGITS - len(str(number)))
    capped = number > COUNT_CAP * SURELY
    return Total(min(number, COUNT_CAP), capped=capped, about=not capped)


def _tell(seen: Look) -> Tally:
    """What was seen where all were looked at."""
    return Tally(Total(seen.number), seen.parts, seen.months, first=seen.first)


def _tell_many(coarse: Look) -> Tally:
    return _tell_about(coarse, Total(COUNT_CAP, capped=True))


def _tell_about(seen: Look, total: Total) -> Tally:
    """What a share says of all."""
    return Tally(total, seen.parts, seen.months, about=True)
