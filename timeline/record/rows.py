"""Nodes to rows: every key known, every value of its kind. What rows say of each other is not looked at here."""

from __future__ import annotations

from dataclasses import dataclass, field

from timeline.record.fields import ReadValue
from timeline.record.nodes import Items, Node, Pairs, Scalar, describe, read_pairs
from timeline.record.problems import Place, suggest
from timeline.record.shapes import Shape

_NOUNS = {"actors": "actor", "disputes": "dispute", "events": "event"}


@dataclass(frozen=True, slots=True)
class Located:
    """A value and its line."""

    value: str
    line: int


@dataclass(frozen=True, slots=True)
class Row:
    """A mapping that was read; what was faulty is left out of it."""

    line: int
    place: Place
    values: dict[str, Located] = field(default_factory=dict)
    lists: dict[str, list[Located]] = field(default_factory=dict)
    parts: dict[str, list[Row]] = field(default_factory=dict)

    def get(self, key: str) -> str:
        """The value, "" where there is none."""
        return self.values[key].value if key in self.values else ""

    def all(self, key: str) -> list[Row]:
        """The mappings listed under `key`."""
        return self.parts.get(key, [])

    def report(self, key: str, text: str) -> None:
        """Add a problem with the value of `key`."""
        self.place.at(key).report(self.values[key].line if key in self.values else self.line, text)


def read_rows(root: Node | None, shapes: dict[str, Shape], place: Place) -> dict[str, list[Row]]:
    """The rows of each top-level list; faults are added to the place's problems."""
    rows: dict[str, list[Row]] = {name: [] for name in shapes}
    if root is None or (isinstance(root, Scalar) and not root.text):
        place.report(1, f"the file is empty; it needs the lists {', '.join(shapes)}")
        return rows
    pairs = read_pairs(root, place) or {}
    _refuse_unknown(pairs, tuple(shapes), place)
    for name, (_, node) in pairs.items():
        if name in shapes:
            nodes = _read_items(node, place.at(name))
            rows[name] = [row for n in nodes if (row := _read_entry(n, shapes[name], place, _NOUNS[name]))]
    return rows


def _read_entry(node: Node, shape: Shape, place: Place, noun: str) -> Row | None:
    return _read_row(node, shape, place.in_row(f"{noun} {_name(node)}"))


def _name(node: Node) -> str:
    """What to call a row in messages, however faulty it is."""
    named = {k.text: v for k, v in node.pairs} if isinstance(node, Pairs) else {}
    for key in ("slug", "name", "title"):
        value = named.get(key)
        if isinstance(value, Scalar) and value.text:
            return value.text[:80]
    return "without a slug"


def _read_row(node: Node, shape: Shape, place: Place) -> Row | None:
    pairs = read_pairs(node, place)
    if pairs is None:
        return None
    row = Row(node.line, place)
    _refuse_unknown(pairs, shape.keys, place)
    for key in shape.keys:
        if key in pairs:
            _read_key(row, key, pairs[key][1], shape)
        elif key in shape.required:
            place.at(key).report(node.line, "is missing")
    return row


def _read_key(row: Row, key: str, node: Node, shape: Shape) -> None:
    place = row.place.at(key, needed=key in shape.required)
    if key in shape.fields:
        row.values.update({key: found} if (found := _locate(node, shape.fields[key], place)) else {})
        return
    nodes = _read_items(node, place)
    if key in shape.lists:
        row.lists[key] = [found for n in nodes if (found := _locate(n, shape.lists[key], place))]
        return
    places = (row.place.at(f"{key} {number}") for number in range(1, len(nodes) + 1))
    row.parts[key] = [part for n, p in zip(nodes, places, strict=True) if (part := _read_row(n, shape.parts[key], p))]


def _locate(node: Node, read: ReadValue, place: Place) -> Located | None:
    value = read(node, place)
    return None if value is None else Located(value, node.line)


def _read_items(node: Node, place: Place) -> tuple[Node, ...]:
    if isinstance(node, Items) and node.items:
        return node.items
    if isinstance(node, Items) or describe(node) == "nothing":
        if place.row:
            place.report_empty(node.line)
        return ()
    place.report(node.line, f"must be a list, each entry after '- ', not {describe(node)}")
    return ()


def _refuse_unknown(pairs: dict[str, tuple[int, Node]], known: tuple[str, ...], place: Place) -> None:
    for key, (line, _) in pairs.items():
        if key not in known:
            end = suggest(key, known) or f"; the keys here are {', '.join(known)}"
            place.at(key).report(line, f"is not a key of this format{end}")
