"""Readers of single values: a node and its place in, the value out, or None and a problem at that place."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.text import slugify

from timeline.addresses import find_page_named
from timeline.models.common import find_day_fault, validate_slug
from timeline.record.nodes import Node, Scalar, describe
from timeline.record.problems import Place, name_choices, suggest

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
# Controls, half characters, line and paragraph separators, and what turns the direction of writing around.
_ODD = re.compile("[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\\ud800-\\udfff\\u2028-\\u202e\\u2066-\\u2069\\ufeff]")
_check_url = URLValidator(schemes=["http", "https"])

ReadValue = Callable[[Node, Place], "str | None"]


@dataclass(frozen=True, slots=True)
class Text:
    """Words, at most `longest` characters; `lines` tells whether they may hold line breaks."""

    longest: int
    lines: bool = False

    def __call__(self, node: Node, place: Place) -> str | None:
        text = read_scalar(node, place)
        if text is None:
            return None
        text = text.rstrip("\n")  # a block of lines (| or >) ends with one
        fault = self._find_fault(text)
        if fault:
            place.report(node.line, fault)
            return None
        return text

    def _find_fault(self, text: str) -> str:
        if "\n" in text and not self.lines:
            return "must be one line"
        if odd := _ODD.search(text):
            return f"holds the control character U+{ord(odd[0]):04X}; delete it"
        if text != text.strip():
            return "has blanks or line breaks at an end; delete them"
        if not self.lines and "  " in text:
            return "holds two blanks in a row; delete one"
        if len(text) > self.longest:
            return f"has {len(text)} characters; the most is {self.longest}"
        return ""


@dataclass(frozen=True, slots=True)
class Slug:
    """A name that addresses are made of."""

    longest: int = 120

    def __call__(self, node: Node, place: Place) -> str | None:
        text = Text(self.longest)(node, place)
        if text is None:
            return None
        try:
            validate_slug(text)
        except ValidationError:
            near = slugify(text).replace("_", "-")
            end = f"; did you mean '{near}'?" if near else ""
            place.report(node.line, f"'{text}' is not lower-case letters and digits joined by single hyphens{end}")
            return None
        return text


@dataclass(frozen=True, slots=True)
class Choice:
    """One of some words."""

    choices: tuple[str, ...]

    def __call__(self, node: Node, place: Place) -> str | None:
        text = read_scalar(node, place)
        if text is None or text in self.choices:
            return text
        end = suggest(text, self.choices)
        place.report(node.line, f"'{text}' is not one of {name_choices(self.choices)}{end}")
        return None


@dataclass(frozen=True, slots=True)
class Url:
    """The address of a page; where `named`, also the name of one that has no address (`addresses.name_page`)."""

    longest: int
    named: bool = False

    def __call__(self, node: Node, place: Place) -> str | None:
        text = Text(self.longest)(node, place)
        if text is None:
            return None
        if self.named and (page := find_page_named(text)) != text:
            return page
        try:
            _check_url(text)
        except ValidationError:
            place.report(node.line, f"'{text}' is not the address of a page; it begins with https:// or http://")
            return None
        return text


@dataclass(frozen=True, slots=True)
class Day:
    """A date as YYYY-MM-DD, with or without quotes; within what `find_day_fault` allows `today`."""

    today: date

    def __call__(self, node: Node, place: Place) -> str | None:
        if isinstance(node, Scalar) and node.type == "timestamp":
            node = Scalar(node.line, node.text, "str")
        text = read_scalar(node, place)
        fault = None if text is None else self._find_fault(text)
        if fault:
            place.report(node.line, fault)
            return None
        return text

    def _find_fault(self, text: str) -> str:
        if not _DAY.fullmatch(text):
            return f"'{text}' is not a date; write it as '{self.today}'"
        try:
            day = date.fromisoformat(text)
        except ValueError:
            return f"'{text}' does not exist in the calendar"
        fault = find_day_fault(day, self.today)
        return fault and f"'{text}' {fault}"


def read_scalar(node: Node, place: Place) -> str | None:
    """The text of a node that is one, and not empty."""
    if not isinstance(node, Scalar):
        place.report(node.line, f"must be a text, not {describe(node)}")
    elif not node.text.strip() or node.type == "null":
        place.report_empty(node.line)
    elif node.type not in {"str", "value"}:
        place.report(node.line, f"must be a text, not {describe(node)}; put it in quotes: '{node.text}'")
    else:
        return node.text
    return None
