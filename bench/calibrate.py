"""Fits the weights of `ingest/reading/confidence.py` to labelled articles, and validates them tenfold: calibrate.py FOLDER ...

The folders should be of articles that the encoder has not learned from (`training/encoder.py --without`).

Prints what is said of events and what is right, without the fold it was fitted on, and then the table to paste.
An event is right if its kind, its date at the labelled precision, and an initiator or target are. Only whether readings
are right is looked at, never what the articles of held/ say.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import gate
from gold import score

from ingest.reading import confidence, events, read_article
from ingest.types import EventRead

RIDGE = 2.0
ROUNDS = 30
FOLDS = 10


def gather(folders: Iterable[Path]) -> tuple[np.ndarray, np.ndarray]:
    """The signs of every event read from the labelled articles, and whether it is right."""
    table, names = gate.load_table(), score.Names(gate.TIMELINE)
    signs: list[list[float]] = []
    kept = events.score_confidence

    def spy(story, roles, *, dated):
        signs.append(confidence.list_signs(story, roles, dated=dated))
        return kept(story, roles, dated=dated)

    events.score_confidence = spy  # every event passes here but those that the encoder reads in the background
    right: list[bool] = []
    for folder in folders:
        gold = score.load_gold(folder)
        for article in gate.load_articles(folder):
            before = len(signs)
            reading = read_article(article.page, table, article.published_at)
            told = reading.events[: len(signs) - before]  # what the encoder read in the background follows
            right += [is_right(event, gold[article.id]["events"], names) for event in told]
    events.score_confidence = kept
    return np.array(signs), np.array(right, dtype=float)


def is_right(event: EventRead, labelled: list[dict], names: score.Names) -> bool:
    """Whether some labelled event, main or not as this one is, agrees with it."""
    row, who = gate._row(event, 0), {"initiator", "target"}
    for wanted in labelled:
        same = row["kind"] == wanted["kind"] and bool(wanted.get("main")) == event.main
        if same and score.same_date(row, wanted) and score.pairs(row, who, names) & score.pairs(wanted, who, names):
            return True
    return False


def fit(signs: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Logistic regression by Newton's method, the weights (but not the base) held small."""
    weights = np.zeros(signs.shape[1])
    held = np.full(signs.shape[1], RIDGE)
    held[0] = 0.01
    for _ in range(ROUNDS):
        said = 1 / (1 + np.exp(-signs @ weights))
        slope = signs.T @ (said - right) + held * weights
        bend = (signs * (said * (1 - said))[:, None]).T @ signs + np.diag(held)
        weights -= np.linalg.solve(bend, slope)
    return weights


def validate(signs: np.ndarray, right: np.ndarray) -> np.ndarray:
    """What is said of each event by weights fitted without its fold."""
    said = np.zeros(len(right))
    folds = np.random.default_rng(7).permutation(len(right)) % FOLDS
    for fold in range(FOLDS):
        out = folds == fold
        said[out] = 1 / (1 + np.exp(-signs[out] @ fit(signs[~out], right[~out])))
    return said


def main() -> None:
    signs, right = gather([Path(name) for name in sys.argv[1:]] or [gate.GOLD / "held"])
    said = validate(signs, right)
    base = np.mean((right - right.mean()) ** 2)
    brier = np.mean((said - right) ** 2)
    gate.say(f"{len(right)} events, {right.mean():.2f} right; Brier {brier:.3f}, of a constant {base:.3f}")
    gate.show_curve(list(zip(said, right.astype(bool), strict=True)))
    for (name, _), weight in zip(confidence.WEIGHTS, fit(signs, right), strict=True):
        gate.say(f'    ("{name}", {weight:.2f}),')


if __name__ == "__main__":
    main()
