"""Cuts a feed of very many items into smaller feeds, so that they need not all be held as trees at once."""

from __future__ import annotations

import re
from collections.abc import Iterator

SLICE_ITEMS = 1_000

_FIRST = re.compile(rb"<(?:[\w.-]+:)?(?:item|entry)[\s>]")
# Only between two items that follow each other directly: "</item>" alone may also stand in a CDATA section.
_BETWEEN = re.compile(rb"</((?:[\w.-]+:)?(?:item|entry))\s*>\s*(?=<\1[\s>])")


def slice_feed(body: bytes, size: int = SLICE_ITEMS) -> Iterator[bytes]:
    """`body` itself, or feeds of `size` of its items each, with its head and end around them.

    Args:
        body: RSS, RDF or Atom in an encoding that writes ASCII as ASCII.
        size: items a feed.
    """
    cuts = [match.end() for match in _BETWEEN.finditer(body)][size - 1 :: size]
    first = _FIRST.search(body)
    if not cuts or first is None:
        yield body
        return
    head, end = body[: first.start()], body[_end_of_items(body) :]
    starts = [first.start(), *cuts]
    for start, stop in zip(starts, [*cuts, len(body) - len(end)], strict=True):
        yield head + body[start:stop] + end


def count_items(body: bytes) -> int:
    """How many items follow each other in `body`, as far as can be told without reading them."""
    return sum(1 for _ in _BETWEEN.finditer(body)) + (1 if _FIRST.search(body) else 0)


def _end_of_items(body: bytes) -> int:
    last = max(body.rfind(b"</item"), body.rfind(b"</entry"), body.rfind(b":item"), body.rfind(b":entry"))
    close = body.find(b">", last)
    return close + 1 if close >= 0 else len(body)
