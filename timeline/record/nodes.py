"""YAML text to nodes that know their line.

The nodes are built from the parser's events, not by its `compose`: that recurses as deep as the text does, so a hostile
file could end the process. Anchors are refused, since a few of them can stand for any amount of text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml
from yaml.reader import Reader
from yaml.resolver import Resolver

from timeline.record.problems import BadRecord, Place, Problem

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C one is seven times as fast; not every build has it
_DEPTH = 8  # the format itself needs 5
_HINTS = {
    "mapping values are not allowed": "a text that holds ': ' or ends with ':' needs quotes around it",
    "tab character": "indent with blanks, not tabs",
    "cannot start any token": "indent with blanks, not tabs, and put a text that begins with @, ` or % in quotes",
    "while scanning a quoted scalar": "a closing quote is missing, or a quote inside the text is not doubled",
    "did not find expected key": "indent the line like its neighbours; in a quoted text, write each quote twice",
    "did not find expected '-' indicator": "the line is not indented like its neighbours",
    "could not find expected ':'": "write 'key: value', with a blank after the colon",
    "did not find expected alphabetic or numeric character": "a text that begins with * or & needs quotes around it",
}


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value. `type` is str, int, float, bool, null, timestamp …, as YAML reads it."""

    line: int
    text: str
    type: str


@dataclass(frozen=True, slots=True)
class Items:
    line: int
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Pairs:
    line: int
    pairs: tuple[tuple[Scalar, Node], ...]


Node = Scalar | Items | Pairs


def parse_nodes(data: bytes) -> Node | None:
    """The document in `data`, None where there is none.

    Raises:
        BadRecord: it is not UTF-8, not YAML, nested too deep, or uses anchors or several documents.
    """
    text = _decode(data)
    loader = _Loader(text)
    try:
        return _Builder(loader).build()
    except yaml.MarkedYAMLError as error:
        raise BadRecord([_explain(error)]) from error
    finally:
        loader.dispose()


def _decode(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadRecord([Problem(line, "", "", "is not UTF-8 text; save the file in that encoding")]) from error
    bad = [
        Problem(text.count("\n", 0, m.start()) + 1, "", "", f"holds the control character U+{ord(m[0]):04X}; delete it")
        for m in Reader.NON_PRINTABLE.finditer(text)
    ]
    if bad:
        raise BadRecord(bad)
    return text


def _explain(error: yaml.MarkedYAMLError) -> Problem:
    mark = error.problem_mark or error.context_mark
    said = ", ".join(part for part in (error.context, error.problem) if part)
    hint = next((f"; {hint}" for key, hint in _HINTS.items() if key in said), "")
    return Problem(mark.line + 1 if mark else 1, "", "", f"is not YAML: {said}{hint}")


class _Builder:
    def __init__(self, loader: Any) -> None:
        self._events: Iterator[yaml.Event] = iter(loader.get_event, None)
        self._resolve: Any = Resolver().resolve

    def build(self) -> Node | None:
        """The one document's root."""
        root: Node | None = None
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent) and root is not None:
                raise _stop(event, "a second document begins here; keep one in a file, without '---' inside")
            if isinstance(event, yaml.NodeEvent):
                root = self._build(event, 1)
        return root

    def _build(self, event: Any, depth: int) -> Node:
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            raise _stop(event, "anchors and aliases (& and *) are not used here; write the value out, or in quotes")
        if depth > _DEPTH:
            raise _stop(event, "is nested deeper than anything in this format")
        if isinstance(event, yaml.ScalarEvent):
            return Scalar(line, event.value, self._type_of(event))
        if isinstance(event, yaml.SequenceStartEvent):
            return Items(line, tuple(self._build(e, depth + 1) for e in self._until(yaml.SequenceEndEvent)))
        return Pairs(line, tuple(self._pair(e, depth + 1) for e in self._until(yaml.MappingEndEvent)))

    def _pair(self, event: Any, depth: int) -> tuple[Scalar, Node]:
        key = self._build(event, depth)
        if not isinstance(key, Scalar):
            raise _stop(event, "a key must be a single word")
        return key, self._build(next(self._events), depth)

    def _until(self, end: type[yaml.Event]) -> Iterator[yaml.Event]:
        while not isinstance(event := next(self._events), end):
            yield event

    def _type_of(self, event: yaml.ScalarEvent) -> str:
        tag = event.tag or self._resolve(yaml.ScalarNode, event.value, event.implicit)
        return str(tag).rpartition(":")[2]


def _stop(event: Any, text: str) -> BadRecord:
    return BadRecord([Problem(event.start_mark.line + 1, "", "", text)])


def read_pairs(node: Node, place: Place) -> dict[str, tuple[int, Node]] | None:
    """The values of a mapping by key, each with its key's line; None and a problem where the node is none."""
    if not isinstance(node, Pairs):
        place.report(node.line, f"must be keys with values, not {describe(node)}")
        return None
    found: dict[str, tuple[int, Node]] = {}
    for key, value in node.pairs:
        if key.text in found:
            place.at(key.text).report(key.line, f"is given twice; it stands in line {found[key.text][0]} already")
        else:
            found[key.text] = (key.line, value)
    return found


def describe(node: Node) -> str:
    """What a node is, in words for messages."""
    if isinstance(node, Items):
        return "a list"
    if isinstance(node, Pairs):
        return "keys with values"
    if node.type == "null" or not node.text:
        return "nothing"
    words = {"int": "the number", "float": "the number", "bool": "the yes-or-no value", "timestamp": "the date"}
    return f"{words.get(node.type, 'the text')} '{node.text}'"
