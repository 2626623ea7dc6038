"""The labelled texts that the encoder learns from, laid out as reading lays out articles."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import yaml

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import gate  # noqa: E402  (a script: the paths above come first)
from gold import score  # noqa: E402

from ingest.reading.background import list_tellings  # noqa: E402
from ingest.reading.candidates import find_candidates, name_publisher  # noqa: E402
from ingest.reading.document import READ_LIMIT, Document, build_document  # noqa: E402
from ingest.reading.entities import find_entities  # noqa: E402
from ingest.reading.layout import SORTS, Day, Layout, Mark, lay_out  # noqa: E402
from ingest.reading.memory import Mentions  # noqa: E402
from ingest.reading.mentions import find_mentions  # noqa: E402
from ingest.reading.people import find_people  # noqa: E402
from ingest.reading.quotes import attribute_all  # noqa: E402
from ingest.reading.timing import Calendar  # noqa: E402
from ingest.reading.voices import Place, lay_out_voice, sort_ruled  # noqa: E402
from ingest.types import Page  # noqa: E402

GOLD = ROOT / "tests" / "gold"
PARTS = ("initiator", "target", "subject", "court", "affected")
_VERSION = re.compile(r" \d{1,2}$")
DIGITS = {"day": 10, "month": 7, "year": 4}  # of an ISO date, that tell at each precision


@dataclass(frozen=True)
class Example:
    """A text, the kind of its news ("" for none, None where it is not asked), the part of everything marked in it, and
    the group it comes from."""

    layout: Layout
    kind: str | None
    parts: Mapping[str | Day, str]
    group: str


class Corpus:
    """Reads the labelled texts; names are found with the table of the starter record."""

    def __init__(self) -> None:
        self.table = gate.load_table()
        self.names = score.Names(gate.TIMELINE)

    def read_articles(self, folder: Path, group: str) -> Iterator[Example]:
        gold = score.load_gold(folder)
        for article in gate.load_articles(folder):
            labels = gold[article.id]
            news = score.main_event(labels["events"]) if labels["relevant"] else None
            wanted: dict[str, list[str]] = {}
            for part in news["participants"] if news else ():
                wanted.setdefault(part["role"], []).append(part["actor"])
            kind = news["kind"] if news else ""
            doc, published = build_document(article.page), article.published_at.date()
            yield self._make(doc, published, kind, wanted, news, group)
            if labels["relevant"]:
                yield from self._read_tellings(doc, published, labels["events"], group)
            yield from self._read_voices(doc, labels["quotes"], group)

    def _read_tellings(self, doc: Document, published: date, events: list[dict], group: str) -> Iterator[Example]:
        """The dated sentences of an article as texts of their own: of the event with their date and a party in them,
        if one is labelled, else of none."""
        mentions = find_mentions(doc, find_entities(doc, self.table), self.table)
        candidates = find_candidates(doc, mentions, self.table)
        actors = _names_of(mentions, candidates)
        phrases = Calendar(doc, published).phrases
        for telling in list_tellings(doc, mentions, phrases):
            layout = lay_out(telling, mentions, candidates, phrases, published)
            days = [m.what for m in layout.marks if isinstance(m.what, Day)]
            held = {self.names.fold(m.actor.name) for s in telling for m in mentions.get(s.index, ())}
            told = [e for e in events if any(_is_day_of(d, e) for d in days) and self._shares(e, held)]
            if len(told) > 1:
                continue
            wanted: dict[str, list[str]] = {}
            for part in told[0]["participants"] if told else ():
                wanted.setdefault(part["role"], []).append(part["actor"])
            yield self._label(layout, actors, told[0]["kind"] if told else "", wanted, told[0] if told else None, group)

    def _read_voices(self, doc: Document, quotes: list[dict], group: str) -> Iterator[Example]:
        """The surroundings of each quotation, with who speaks and for whom; nobody does in what is not labelled."""
        mentions = find_mentions(doc, find_entities(doc, self.table), self.table)
        candidates = find_candidates(doc, mentions, self.table, READ_LIMIT)
        actors = _names_of(mentions, candidates)
        people = find_people(doc, mentions, self.table)
        for draft in attribute_all(doc, mentions, people, self.table):
            place = Place(draft.sentence, draft.start, draft.end)
            layout = lay_out_voice(doc, place, mentions, candidates, sort_ruled(draft, people))
            said = next((q for q in quotes if _holds(q["text"], draft.quotation.text)), {})
            behalf = self.names.fold(said.get("on_behalf_of"))
            speaker = said.get("speaker")
            layout, missed = self._add_missed(
                layout, actors, {"": [n for n in (speaker, said.get("on_behalf_of")) if n]}
            )
            parts: dict[str | Day, str] = {"": ""}
            for mark in layout.marks:
                if mark.what:
                    name = actors.get(mark.what) or missed[mark.what]
                    speaks = bool(speaker) and self.names.same_person(name, speaker)
                    for_whom = bool(behalf) and self.names.fold(name) == behalf
                    parts[mark.what] = "behalf" if for_whom else "speaker" if speaks else ""
            yield Example(layout, None, parts, group)

    def _shares(self, event: dict, held: set[str]) -> bool:
        sides = (p["actor"] for p in event["participants"] if p["role"] in ("initiator", "target"))
        return any(self.names.fold(name) in held for name in sides)

    def read_sentences(self) -> Iterator[Example]:
        for line in (HERE / "sentences.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            title = row["form"] != "sentence"
            yield self._read_text(
                row["text"], row["kind"] or "", {p: row.get(p, []) for p in PARTS}, title, "sentences"
            )

    def read_record(self) -> Iterator[Example]:
        """Titles and summaries of the record."""
        record = yaml.load(gate.TIMELINE.read_text(encoding="utf-8"), yaml.CSafeLoader)
        names = {actor["slug"]: actor["name"] for actor in record["actors"]}
        for event in record["events"]:
            wanted: dict[str, list[str]] = {}
            for part in event.get("participants") or ():
                wanted.setdefault(part["role"], []).append(names[part["actor"]])
            for text, title in ((event["title"], True), (event["summary"], False)):
                yield self._read_text(text, event["kind"], wanted, title, "record")

    def _read_text(self, text: str, kind: str, wanted: dict[str, list[str]], title: bool, group: str) -> Example:
        page = Page("", text if title else "", () if title else (text,))
        return self._make(build_document(page), date(2025, 1, 1), kind, wanted, None, group)

    def _make(
        self, doc: Document, published: date, kind: str, wanted: dict[str, list[str]], news: dict | None, group: str
    ) -> Example:
        mentions = find_mentions(doc, find_entities(doc, self.table), self.table)
        phrases = Calendar(doc, published).phrases if news else {}
        candidates = find_candidates(doc, mentions, self.table)
        publisher = name_publisher(doc, mentions)
        layout = lay_out(doc.sentences, mentions, candidates, phrases, published, publisher)
        actors = _names_of(mentions, candidates)
        if publisher is not None:
            actors.setdefault(publisher.key, publisher.name)
        return self._label(layout, actors, kind, wanted, news, group)

    def _label(
        self,
        layout: Layout,
        actors: Mapping[str, str],
        kind: str,
        wanted: dict[str, list[str]],
        news: dict | None,
        group: str,
    ) -> Example:
        by_name = {self.names.fold(n): role for role, held in wanted.items() for n in held if role in PARTS}
        # "Lumen 4" is mostly called Lumen once it has been named
        by_name = {_VERSION.sub("", name): role for name, role in by_name.items() if role == "subject"} | by_name
        layout, missed = self._add_missed(layout, actors, {p: n for p, n in wanted.items() if p in PARTS})
        parts: dict[str | Day, str] = {}
        for mark in layout.marks:
            if isinstance(mark.what, Day):
                parts[mark.what] = "date" if news and _is_day_of(mark.what, news) else ""
            else:
                name = actors.get(mark.what) or missed[mark.what]
                parts[mark.what] = by_name.get(self.names.fold(name), "")
        return Example(layout, kind, parts, group)

    def _add_missed(
        self, layout: Layout, actors: Mapping[str, str], wanted: Mapping[str, list[str]]
    ) -> tuple[Layout, dict[str, str]]:
        """`layout` with marks also for labelled names that stand in it but that reading did not find."""
        found = {self.names.fold(name) for name in actors.values()}
        marks, missed = list(layout.marks), {}
        for name in (n for held in wanted.values() for n in held if self.names.fold(n) not in found):
            for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", layout.text):
                if all(match.end() <= m.start or m.end <= match.start() for m in marks):
                    marks.append(Mark(match.start(), match.end(), f"+{name}", SORTS["other"]))
                    missed[f"+{name}"] = name
        return replace(layout, marks=tuple(sorted(marks, key=lambda m: m.start))), missed

    def read_all(self, extra: Mapping[str, Path]) -> list[Example]:
        """Everything to learn from; `extra` are further folders of articles by group."""
        folders = {p.name: p for p in sorted((HERE / "articles").iterdir()) if p.is_dir()}
        folders |= {"own": GOLD / "articles", **extra}
        articles = [example for group, folder in folders.items() for example in self.read_articles(folder, group)]
        return [*self.read_sentences(), *self.read_record(), *articles]


def _holds(labelled: str, text: str) -> bool:
    """Whether a labelled quotation, perhaps joined of several, holds the words of this one."""
    words, held = (re.sub(r"\W+", " ", t).lower().strip() for t in (text, labelled))
    return bool(words) and (words in held or held in words)


def _names_of(*mentions: Mentions) -> dict[str, str]:
    return {m.actor.key: m.actor.name for by_sentence in mentions for held in by_sentence.values() for m in held}


def _is_day_of(day: Day, news: dict) -> bool:
    """Whether a date phrase gives the labelled date, as precisely."""
    digits = DIGITS[news.get("date_precision", "day")]
    return DIGITS[day.precision] >= digits and str(day.on)[:digits] == str(news["date"])[:digits]
