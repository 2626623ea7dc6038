"""What is wrong with a record file, said so that its author can put it right."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process

from timeline.errors import TimelineError

_NEAR = 70  # per cent of shared letters from which a word counts as a slip for another


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault: the line (from 1), the row it is in ("event 2025-08-01-…"), the field ("quotes 2: url"), and what
    would be right. Row and field are "" where the fault is of the whole file."""

    line: int
    row: str
    field: str
    text: str

    def __str__(self) -> str:
        return ": ".join(part for part in (self.row, self.field, self.text) if part)


class BadRecord(TimelineError):
    """A record file that cannot be loaded.

    Attributes:
        problems: all that was found, by line.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(f"line {p.line}: {p}" for p in self.problems))


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the file one reads; problems found there are added to the list that all places share."""

    problems: list[Problem]
    row: str = ""
    field: str = ""
    needed: bool = False  # whether the format asks for what stands here

    def in_row(self, row: str) -> Place:
        return replace(self, row=row, field="")

    def at(self, field: str, *, needed: bool = False) -> Place:
        return replace(self, field=f"{self.field}: {field}" if self.field else field, needed=needed)

    def report_empty(self, line: int) -> None:
        self.report(line, "is empty" if self.needed else "is empty; leave the key out where there is nothing to say")

    def report(self, line: int, text: str) -> None:
        self.problems.append(Problem(line, self.row, self.field, text))


def suggest(word: str, choices: Collection[str]) -> str:
    """The end of a message: "; did you mean '…'?" where a choice is near enough, else ""."""
    found = process.extractOne(word.lower(), choices, scorer=fuzz.ratio, score_cutoff=_NEAR)
    return f"; did you mean '{found[0]}'?" if found else ""


def name_choices(choices: Iterable[str]) -> str:
    """ "one, two or three"."""
    *most, last = choices
    return f"{', '.join(most)} or {last}" if most else last
