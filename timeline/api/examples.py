"""Examples for the OpenAPI description: real answers, kept in a file that a test compares with the starter record."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FILE = Path(__file__).resolve().parent / "examples.json"


def read_examples() -> list[dict[str, Any]]:
    """Each has `path` (as described), `address` (as asked), `status` and `body`."""
    found: list[dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))
    return found


def add_examples(described: dict[str, Any]) -> dict[str, Any]:
    """The description with its examples. A description is left as it is where it lacks what an example is of."""
    for example in read_examples():
        answers = described["paths"][example["path"]]["get"]["responses"][str(example["status"])]["content"]
        for content in answers.values():
            shown = {"summary": f"GET {example['address']}", "value": example["body"]}
            content.setdefault("examples", {})[example["name"]] = shown
    return described
