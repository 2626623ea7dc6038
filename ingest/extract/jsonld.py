"""What a page says of itself in JSON-LD (https://schema.org/Article)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml.html import HtmlElement

from ingest.canonical import plain_text

_ARTICLE_TYPES = ("article", "blogposting", "report", "socialmediaposting", "discussionforumposting", "techarticle")
_DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Linked:
    """The fields of the page's article, "" where it has none."""

    headline: str = ""
    author: str = ""
    publisher: str = ""
    published: str = ""
    url: str = ""


def read_jsonld(tree: HtmlElement) -> Linked:
    """The first article described in the page's JSON-LD blocks; blocks that are not JSON are passed over."""
    for script in tree.iterfind('.//script[@type="application/ld+json"]'):
        try:
            data = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(data, _DEEPEST):
            if _is_article(node):
                return _read_article(node)
    return Linked()


def _nodes(data: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth == 0:
        return
    if isinstance(data, dict):
        yield data
        for name in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _nodes(data.get(name), depth - 1)
    elif isinstance(data, list):
        for part in data:
            yield from _nodes(part, depth - 1)


def _is_article(node: dict[str, Any]) -> bool:
    kinds = node.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(name, str) and name.lower().endswith(_ARTICLE_TYPES) for name in names)


def _read_article(node: dict[str, Any]) -> Linked:
    return Linked(
        headline=_text(node.get("headline")) or _text(node.get("name")),
        author=" and ".join(_names(node.get("author"))),
        publisher=next(iter(_names(node.get("publisher"))), ""),
        published=_text(node.get("datePublished")) or _text(node.get("dateCreated")),
        url=_text(node.get("url")) or _address(node.get("mainEntityOfPage")),
    )


def _names(value: Any) -> list[str]:
    parts = value if isinstance(value, list) else [value]
    names = (_text(part.get("name")) if isinstance(part, dict) else _text(part) for part in parts)
    return [name for name in names if name and "://" not in name]


def _address(value: Any) -> str:
    return _text(value.get("@id")) if isinstance(value, dict) else _text(value)


def _text(value: Any) -> str:
    return plain_text(value) if isinstance(value, str) else ""
