"""An event as machines and bibliographies name it: schema.org, plain citation, BibTeX."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.utils.html import format_html

from timeline.addresses import known_address

SITE = "aiwatch: the record of the AI API war"
FRAME = (600, 340)  # dots of a card in a frame, where nobody asks for fewer
_ACTOR_TYPES = {"organization": "Organization", "person": "Person", "product": "Product"}
_BIBTEX = {
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    **{char: f"\\{char}" for char in "&%$#_{}"},
}  # fmt: skip


def describe_event(event: Any, url: str, picture: str, changes: Iterable[Any]) -> dict[str, Any]:
    """The event in schema.org's words: the entry is an article about an event, with quotations, sources, corrections.

    Args:
        changes: of the entry, as `queries.history.list_changes` gives them.
    """
    return {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": event.title[:110],  # the length that schema.org's largest reader takes
        "description": event.summary,
        "url": url,
        "image": picture,
        "isAccessibleForFree": True,
        "datePublished": event.created_at.isoformat(),
        "dateModified": event.updated_at.isoformat(),
        "publisher": {"@type": "Organization", "name": SITE},
        "about": {"@type": "Event", "name": event.title, "startDate": format_day(event)},
        "mentions": [_describe_actor(part.actor) for part in event.participations.all()],
        "hasPart": [_describe_quote(quote) for quote in event.quotes.all()],
        "correction": [_describe_change(row) for row in changes if row.action == "correct"],
        "citation": [_describe_article(citation.article) for citation in event.citations.all()],
    }


def cite_plain(event: Any, url: str) -> str:
    """A citation for people."""
    return f"“{event.title}” ({format_day(event)}). {SITE}. Last changed {event.updated_at:%Y-%m-%d}. {url}"


def cite_bibtex(event: Any, url: str) -> str:
    """A citation for BibTeX."""
    fields = {
        "title": f"{{{_escape(event.title)}}}",
        "author": "{aiwatch}",
        "howpublished": SITE,
        "year": f"{event.on.year:04}",
        "url": url,
        "note": f"Last changed {event.updated_at:%Y-%m-%d}",
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@misc{{aiwatch-{event.slug},\n{lines}\n}}"


def write_frame(event: Any, card: str, size: tuple[int, int] = FRAME) -> str:
    """The code that shows the event's card on another site; `card` is its address, `size` in dots."""
    return format_html(
        '<iframe src="{}" width="{}" height="{}" title="{}" loading="lazy"></iframe>', card, *size, event.title
    )


def format_day(event: Any) -> str:
    """The event's date in ISO 8601, as exact as it is known."""
    return str(event.on.isoformat()[: {"day": 10, "month": 7, "year": 4}[event.precision]])


def _describe_actor(actor: Any) -> dict[str, str]:
    return {"@type": _ACTOR_TYPES[actor.kind], "name": actor.name}


def _describe_quote(quote: Any) -> dict[str, Any]:
    return {"@type": "Quotation", "text": quote.text, "creator": _describe_actor(quote.speaker)}


def _describe_change(change: Any) -> dict[str, Any]:
    text = change.reason or "Changed: " + ", ".join(difference.field for difference in change.differences)
    return {"@type": "CorrectionComment", "text": text, "datePublished": change.at.isoformat()}


def _describe_article(article: Any) -> dict[str, Any]:
    publisher = {"@type": "Organization", "name": article.publisher.name}
    told = {"@type": "NewsArticle", "headline": article.title, "publisher": publisher}
    return told | ({"url": article.url} if known_address(article.url) else {})


def _escape(text: str) -> str:
    return re.sub(r"[\\~^&%$#_{}]", lambda found: _BIBTEX[found[0]], text)
