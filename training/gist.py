"""Trains the model of ingest/reading/gist.py: python training/gist.py [--check]

Learns from sentences.jsonl (sentences and headlines in many wordings, written for this purpose by people who did not
know the word lists of reading), from the openings of the articles in articles/ and ../tests/gold/articles, and from the
titles and summaries of the record. ../tests/gold/held is never learned from. `--check` trains nothing that is kept: it
leaves out one group of articles after the other and prints how many of their kinds come out right.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path.insert(0, str(ROOT))

from ingest.reading import gist  # noqa: E402  (a script: the path above comes first)

GOLD = ROOT / "tests" / "gold"
STRENGTH = 20.0  # inverse of regularisation; 10 to 50 differ little
CODE = ROOT / "ingest" / "reading" / "gist.py"


@dataclass(frozen=True)
class Row:
    """Texts as `gist.hash_opening` takes them, the kind that they tell of, and the group they come from."""

    texts: tuple[str, ...]
    kind: str
    group: str


def read_sentences() -> Iterator[Row]:
    for line in (HERE / "sentences.jsonl").read_text(encoding="utf-8").splitlines():
        raw = json.loads(line)
        yield Row((raw["text"],), raw["kind"] or "", "sentences")


def read_record() -> Iterator[Row]:
    for event in yaml.safe_load((ROOT / "data" / "timeline.yaml").read_text(encoding="utf-8"))["events"]:
        for texts in ((event["title"],), (event["summary"],), (event["title"], event["summary"])):
            yield Row(texts, event["kind"], "record")


def read_articles(folder: Path, group: str) -> Iterator[Row]:
    """The headline of each article alone, and with one, two, three paragraphs."""
    for path in sorted(folder.glob("*.md")):
        _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
        meta = yaml.safe_load(front)
        news = [event["kind"] for event in meta["labels"].get("events") or [] if event.get("main")]
        kind = news[0] if meta["labels"]["relevant"] and news else ""
        paragraphs = [re.sub(r"^#+ ", "", text).strip() for text in body.strip().split("\n\n") if text.strip()]
        for number in range(gist.PARAGRAPHS + 1):
            yield Row((meta["title"], *paragraphs[:number]), kind, group)


def read_rows() -> list[Row]:
    folders = [GOLD / "articles", *sorted(path for path in (HERE / "articles").iterdir() if path.is_dir())]
    articles = [row for folder in folders for row in read_articles(folder, folder.name)]
    return [*read_sentences(), *read_record(), *articles]


def make_matrix(rows: list[Row]) -> csr_matrix:
    hashed = [gist.hash_opening(row.texts) for row in rows]
    starts = np.cumsum([0, *(len(places) for places, _ in hashed)])
    places, values = (np.concatenate([pair[side] for pair in hashed]) for side in (0, 1))
    return csr_matrix((values, places, starts), shape=(len(rows), 1 << gist.BITS))


def fit(rows: list[Row]) -> LogisticRegression:
    model = LogisticRegression(C=STRENGTH, max_iter=300, class_weight="balanced")
    return model.fit(make_matrix(rows), [gist.KINDS.index(row.kind) for row in rows])


def check(rows: list[Row]) -> None:
    """Print, for each group of articles left out of the training, the share of right kinds of its full openings."""
    groups = sorted({row.group for row in rows} - {"sentences", "record"})
    held = list(read_articles(GOLD / "held", "held"))
    for group, tested in [(g, [r for r in rows if r.group == g]) for g in groups] + [("held", held)]:
        tested = tested[gist.PARAGRAPHS :: gist.PARAGRAPHS + 1]
        model = fit([row for row in rows if row.group != group])
        found = model.predict(make_matrix(tested))
        wanted = np.array([gist.KINDS.index(row.kind) for row in tested])
        ours = wanted > 0
        right, told = (found == wanted)[ours].mean(), (found > 0) == ours
        sys.stdout.write(f"{group:10} kind {right:.3f}  ours or not {told.mean():.3f}  n={len(tested)}\n")


def save(model: LogisticRegression) -> None:
    """Write the model as numbers of one byte, and its digest into the code."""
    scale = np.abs(model.coef_).max(1).astype(np.float32) / 127
    weights = np.round(model.coef_ / scale[:, None]).astype(np.int8).T
    np.savez_compressed(gist.MODEL, weights=weights, scale=scale, bias=model.intercept_.astype(np.float32))
    digest = hashlib.sha256(gist.MODEL.read_bytes()).hexdigest()
    code = CODE.read_text(encoding="utf-8")
    CODE.write_text(re.sub(r'(?m)^DIGEST = ".*"$', f'DIGEST = "{digest}"', code), encoding="utf-8")
    sys.stdout.write(f"{gist.MODEL}: {gist.MODEL.stat().st_size:,} bytes, {digest}\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="measure by leaving groups out; write nothing")
    rows = read_rows()
    if parser.parse_args().check:
        check(rows)
    else:
        save(fit(rows))


if __name__ == "__main__":
    main()
