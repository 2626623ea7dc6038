"""data/SCHEMA.md says every key, every word and every limit of the format; the example of docs/editing.md loads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from timeline.record import read_record
from timeline.record.fields import Choice, Text, Url
from timeline.record.shapes import Shape, make_shapes

ROOT = Path(__file__).parent.parent
TODAY = date(2026, 4, 1)


def list_shapes(shapes: dict[str, Shape]) -> Iterator[Shape]:
    for shape in shapes.values():
        yield shape
        yield from list_shapes(dict(shape.parts))


def test_the_schema_names_every_key_and_choice() -> None:
    text = (ROOT / "data" / "SCHEMA.md").read_text()
    shapes = list(list_shapes(make_shapes(TODAY)))
    words = {key for shape in shapes for key in shape.keys}
    words |= {word for s in shapes for read in s.fields.values() if isinstance(read, Choice) for word in read.choices}
    assert {word for word in words if f"`{word}`" not in text} == set()


@pytest.mark.parametrize("shape", list(list_shapes(make_shapes(TODAY))), ids=lambda shape: "-".join(shape.keys[:3]))
def test_the_schema_names_every_limit(shape: Shape) -> None:
    text = (ROOT / "data" / "SCHEMA.md").read_text()
    for key, read in shape.fields.items():
        if isinstance(read, Text | Url) and read.longest < 2000:
            assert re.search(rf"`{key}`.*\b{read.longest:,}\b", text), f"{key}: {read.longest}"


def test_required_keys_are_bold() -> None:
    text = (ROOT / "data" / "SCHEMA.md").read_text()
    for shape in list_shapes(make_shapes(TODAY)):
        for key in shape.required:
            assert f"**`{key}`**" in text


def test_the_example_of_the_editing_page_loads() -> None:
    found = re.search(r"```yaml\n(.*?)```", (ROOT / "docs" / "editing.md").read_text(), re.DOTALL)
    assert found
    record = read_record(found[1].encode(), today=TODAY)
    assert record.events[0].quotes[0].speaker == "jo-miller"
