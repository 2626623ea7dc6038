"""A feed and its entries, whatever form they are written in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. `id` is a name for good, `html` all of its content."""

    id: str
    url: str
    title: str
    summary: str
    html: str
    published_at: datetime
    updated_at: datetime
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed. `home` is the page that shows the same, `url` its own address."""

    id: str
    title: str
    home: str
    url: str
    entries: list[Entry] = field(default_factory=list)


def make_tag(name: str) -> str:
    """A name for good (RFC 4151), whatever becomes of the address."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},2026:{name}"
