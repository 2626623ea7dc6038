"""The gate: reading and matching scored on the labelled articles of tests/gold, against stored floors.

python tests/gate.py            fails (exit 1) if any figure is under its floor
python tests/gate.py --raise    lifts the floors to today's figures, never lowers one
python tests/gate.py --lower    sets the floors to today's figures, also downwards
python tests/gate.py --errors   also prints what was read wrongly in articles/ (held/ and retold/ stay unseen)
python tests/gate.py --folder D scores the labelled articles of folder D alone, without floors; with --errors shows them
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from gold import score  # noqa: E402  (a script: the paths above come first)

from ingest.agree import Telling, agree  # noqa: E402
from ingest.match import match_events  # noqa: E402
from ingest.reading import NameTable, read_article  # noqa: E402
from ingest.types import Candidate, EventRead, KnownActor, Page, Reading  # noqa: E402

GOLD = ROOT / "tests" / "gold"
TIMELINE = ROOT / "data" / "timeline.yaml"
FLOORS = GOLD / "floors.json"
FIGURES = {
    "relevance": "f1",
    "kind": "accuracy",
    "date": "accuracy",
    "who_whom": "f1",
    "roles": "f1",
    "events": "f1",
    "quotes": "f1",
    "speaker": "accuracy",
    "behalf": "accuracy",
    "clusters": "f1",
}
# A floor lies this far under the figure it is raised to: a changed label or two must not fail the gate.
SLACK = 0.01


@dataclass(frozen=True)
class Labelled:
    """An article of tests/gold, ready to be read."""

    id: str
    page: Page
    published_at: datetime


def load_table() -> NameTable:
    """The actors of the starter record."""
    rows = yaml.load(TIMELINE.read_text(encoding="utf-8"), yaml.CSafeLoader)["actors"]
    return NameTable.build(
        KnownActor(
            r["slug"], r["name"], r["kind"], tuple(r.get("aliases") or ()), r.get("parent"), r.get("title") or ""
        )
        for r in rows
    )


def load_articles(folder: Path) -> list[Labelled]:
    """The articles of `folder` in order of publication."""
    found = []
    for path in sorted(folder.glob("*.md")):
        _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
        meta = yaml.safe_load(front)
        published = meta["published"]
        if not isinstance(published, datetime):
            published = datetime.fromisoformat(published)
        paragraphs = tuple(p.strip() for p in body.strip().split("\n\n") if p.strip())
        page = Page(meta["url"], meta["title"], paragraphs, meta.get("author") or "", meta["publisher"], published)
        found.append(Labelled(str(meta["id"]), page, published))
    return sorted(found, key=lambda a: (a.published_at.timestamp(), a.id))


def replay(articles: list[Labelled], table: NameTable) -> tuple[list[dict], dict[str, Reading]]:
    """Read and match `articles` one after the other against a record that grows by what they propose.

    What an event was and who took part is in the end what all articles that tell of it make of it (`ingest.agree`).
    """
    record: dict[int, Candidate] = {}
    told: dict[int, list[Telling[str]]] = defaultdict(list)
    names: dict[str, str] = {}
    predictions, readings = [], {}
    for article in articles:
        reading = read_article(article.page, table, article.published_at)
        rows = []
        for match in match_events(reading, article.page, article.published_at, list(record.values())):
            number = match.id if match.id is not None else len(record) + 1
            told[number].append(_telling(match.event))
            names |= {p.actor.key: p.actor.name for p in match.event.participants}
            record[number] = _grown(record.get(number), number, match.event, told[number], article, reading)
            rows.append(_row(match.event, number))
        quotes = [
            {
                "text": q.text,
                "speaker": q.speaker.name if q.speaker else None,
                "on_behalf_of": q.on_behalf_of.name if q.on_behalf_of else None,
            }
            for q in reading.quotes
        ]
        predictions.append({"id": article.id, "relevant": reading.relevant, "events": rows, "quotes": quotes})
        readings[article.id] = reading
    for row in (row for prediction in predictions for row in prediction["events"]):
        if len(told[row["event"]]) > 1:
            agreed = agree(told[row["event"]])
            people = [{"actor": names[key], "role": role} for key, role, _ in agreed.roles]
            row |= {"kind": agreed.kind, "participants": people}
    return predictions, readings


def _row(event: EventRead, number: int) -> dict:
    people = [{"actor": p.actor.name, "role": p.role} for p in event.participants]
    return {
        "event": number,
        "main": event.main,
        "kind": event.kind,
        "date": str(event.on),
        "date_precision": event.precision,
        "participants": people,
    }


def _telling(event: EventRead) -> Telling[str]:
    return Telling(
        kind=event.kind,
        on=event.on,
        precision=event.precision,
        dated=event.date_evidence is not None,
        status=event.status,
        main=event.main,
        copied=False,
        confidence=event.confidence,
        roles=tuple((p.actor.key, p.role, p.confidence) for p in event.participants),
    )


def _grown(
    known: Candidate | None,
    number: int,
    event: EventRead,
    told: list[Telling[str]],
    article: Labelled,
    reading: Reading,
) -> Candidate:
    """The candidate an event becomes, or the one it joins as its tellings have it, with what the article adds."""
    said = tuple(q.text for q in reading.quotes) if event.main else ()
    titles = (article.page.title,) if event.main else ()
    days = (article.published_at.date(),) if event.main else ()
    if known is None:
        participants = tuple((p.actor.key, p.role) for p in event.participants)
        return Candidate(number, event.kind, event.on, event.precision, participants, "", titles, days, said=said)
    agreed = agree(told)
    return replace(
        known,
        kind=agreed.kind,
        on=agreed.on,
        precision=agreed.precision,
        participants=tuple((key, role) for key, role, _ in agreed.roles),
        texts=(*known.texts, *titles),
        article_days=(*known.article_days, *days),
        said=(*known.said, *said),
    )


def calibrate(gold: dict[str, dict], readings: dict[str, Reading], names: score.Names) -> list[tuple[float, bool]]:
    """The confidence of each main event read, and whether kind, date and initiator or target are right."""
    pairs = []
    for key, reading in readings.items():
        event = reading.main_event
        if event is None:
            continue
        wanted = score.main_event(gold[key]["events"])
        row = _row(event, 0)
        who = {"initiator", "target"}
        right = bool(
            wanted
            and row["kind"] == wanted["kind"]
            and score.same_date(row, wanted)
            and score.pairs(row, who, names) & score.pairs(wanted, who, names)
        )
        pairs.append((event.confidence, right))
    return pairs


def show_curve(pairs: list[tuple[float, bool]]) -> None:
    say("\ncalibration: confidence of main events against the share that is right")
    for low in (0.0, 0.5, 0.6, 0.7, 0.8, 0.9):
        high = {0.0: 0.5, 0.9: 1.01}.get(low, round(low + 0.1, 1))
        held = [p for p in pairs if low <= p[0] < high]
        if held:
            share = sum(right for _, right in held) / len(held)
            mean = sum(c for c, _ in held) / len(held)
            say(f"  {low:.1f}-{min(high, 1):.1f}  n={len(held):3d}  said {mean:.2f}  right {share:.2f}")


def say(line: str) -> None:
    sys.stdout.write(line + "\n")


def measure(folder: str, table: NameTable, names: score.Names, show: bool) -> tuple[dict, list[tuple[float, bool]]]:
    where = GOLD / folder  # an absolute folder stays itself
    gold = score.load_gold(where)
    predictions, readings = replay(load_articles(where), table)
    by_id = {p["id"]: p for p in predictions}
    for what in ("relevance", "events", "quotes", "clusters") if show else ():
        score.score(gold, by_id, names, what)
    result = score.score(gold, by_id, names, None)
    return {f: round(result[f][m], 4) for f, m in FIGURES.items()}, calibrate(gold, readings, names)


def store(floors: dict, figures: dict, *, lower: bool) -> None:
    """Write the floors under today's figures; without `lower` none falls."""
    for folder, row in figures.items():
        for figure, value in row.items():
            floor = max(0.0, math.floor((value - SLACK) * 1000) / 1000)
            held = floors.setdefault(folder, {}).get(figure, 0.0)
            floors[folder][figure] = floor if lower else max(held, floor)
    FLOORS.write_text(json.dumps(floors, indent=2) + "\n", encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--raise", dest="lift", action="store_true")
    parser.add_argument("--lower", action="store_true")
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--folder", type=Path)
    args = parser.parse_args()
    table, names = load_table(), score.Names(TIMELINE)
    if args.folder:
        figures, pairs = measure(str(args.folder.resolve()), table, names, args.errors)
        report({str(args.folder.resolve()): figures}, {})
        show_curve(pairs)
        return 0
    floors = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    figures, pairs = {}, []
    for folder in ("articles", "held", "retold"):
        figures[folder], held = measure(folder, table, names, args.errors and folder == "articles")
        pairs += held
    failed = report(figures, floors)
    show_curve(pairs)
    if args.lift or args.lower:
        store(floors, figures, lower=args.lower)
        return 0
    return 1 if failed else 0


def report(figures: dict, floors: dict) -> int:
    """Print every figure beside its floor; how many are under it."""
    failed = 0
    for folder, row in figures.items():
        say(f"\n{folder} ({len(list((GOLD / folder).glob('*.md')))} articles)")
        for figure, value in row.items():
            floor = floors.get(folder, {}).get(figure, 0.0)
            under = value < floor
            failed += under
            say(f"  {figure:10s} {value:.3f}   floor {floor:.3f}{'   UNDER' if under else ''}")
    return failed


if __name__ == "__main__":
    sys.exit(main())
