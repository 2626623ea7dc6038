"""Entries to the text of a record file: keys in the format's order, rows by slug, long lines folded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

import yaml

from timeline.addresses import name_page
from timeline.record.entries import ActorEntry, ArticleEntry, DisputeEntry, EventEntry, Record

_WIDTH = 110
_Dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class _RecordDumper(_Dumper):  # type: ignore[misc]
    """Writes texts of several lines as blocks, as people do."""


def _write_text(dumper: Any, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    node: yaml.ScalarNode = dumper.represent_scalar("tag:yaml.org,2002:str", text, style)
    return node


_RecordDumper.add_representer(str, _write_text)


def write_record(record: Record) -> str:
    """The file that `read_record` reads as `record`, its rows sorted by slug."""
    rows = {
        "actors": [_write_actor(entry) for entry in _sort(record.actors)],
        "disputes": [_write_dispute(entry) for entry in _sort(record.disputes)],
        "events": [_write_event(entry, record.articles) for entry in _sort(record.events)],
    }
    text: str = yaml.dump(rows, Dumper=_RecordDumper, allow_unicode=True, sort_keys=False, width=_WIDTH)
    return text


def _sort(entries: tuple[Any, ...]) -> list[Any]:
    return sorted(entries, key=lambda entry: str(entry.slug))


def _write_actor(actor: ActorEntry) -> dict[str, Any]:
    return _tidy(asdict(actor))


def _write_dispute(dispute: DisputeEntry) -> dict[str, Any]:
    return _tidy(asdict(dispute))


def _write_event(event: EventEntry, articles: dict[str, ArticleEntry]) -> dict[str, Any]:
    return _tidy(
        {
            "slug": event.slug,
            "title": event.title,
            "date": event.on,
            "date_precision": event.precision,
            "kind": event.kind,
            "status": event.status,
            "summary": event.summary,
            "scope": event.scope,
            "dispute": event.dispute,
            "participants": [asdict(part) for part in event.participants],
            "dates": [{"date": part.on, "kind": part.kind, "text": part.text} for part in event.dates],
            "clauses": [
                {"vendor": part.vendor, "document": part.document, "text": part.text, "url": name_page(part.url)}
                for part in event.clauses
            ],
            "quotes": [asdict(part) | {"url": name_page(part.url)} for part in event.quotes],
            "sources": [asdict(articles[url]) | {"url": name_page(url)} for url in event.sources],
            "links": [asdict(part) for part in event.links],
        }
    )


def _tidy(values: dict[str, Any]) -> dict[str, Any]:
    """The values without keys that hold nothing, and with lists for tuples."""
    return {key: _tidy_list(held) if isinstance(held, list | tuple) else held for key, held in values.items() if held}


def _tidy_list(values: Iterable[Any]) -> list[Any]:
    return [_tidy(value) if isinstance(value, dict) else value for value in values]
