"""How sure is an event as read? A logistic curve over what speaks for it, fitted by `bench/calibrate.py`.

Of the events said to be 0.8 sure, eight in ten are to be right in kind, date and parties. The weights below come from four
sets of labelled articles that the encoder of the day had not learned from (held, fifth, ninth, fourteenth): on what it has
learned it is right more often than it will be on what is new. `tests/gate.py` shows how well they hold.
"""

from __future__ import annotations

import math

from ingest.reading.document import TITLE
from ingest.reading.roles import Story
from ingest.types import RoleRead

LEAST, MOST = 0.05, 0.97
# What speaks for an event, in the order of `list_signs`, and its weight.
WEIGHTS: tuple[tuple[str, float], ...] = (
    ("base", -1.53),
    ("initiator", -0.15),
    ("target", 0.32),
    ("named", 0.62),
    ("dated", 0.81),
    ("tellings", 0.37),
    ("share", 0.22),
    ("headline", 0.78),
    ("news", 0.73),
)


def list_signs(story: Story, roles: list[RoleRead], *, dated: bool) -> list[float]:
    """What speaks for an event, each between 0 and 1: who is named, how often it is told, against how much else."""
    held = {r.role for r in roles}
    core = [r for r in roles if r.role in ("initiator", "target")]
    titled = any(a.sentence.paragraph == TITLE for a, _ in story.acts)
    return [
        1.0,
        float("initiator" in held),
        float("target" in held),
        min((r.confidence for r in core), default=0.0),
        float(dated),
        min(len(story.acts), 4) / 4,
        story.share,
        float(titled),
        float(story.main),
    ]


def score_confidence(story: Story, roles: list[RoleRead], *, dated: bool) -> float:
    """The share of events like this one that are right, between LEAST and MOST."""
    signs = list_signs(story, roles, dated=dated)
    total = sum(w * s for (_, w), s in zip(WEIGHTS, signs, strict=True))
    return round(min(MOST, max(LEAST, 1 / (1 + math.exp(-total)))), 2)
