"""What the opening of an article is about as a whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.reading import gist
from ingest.reading.document import build_document
from ingest.types import Page

CASES = {
    "lawsuit": (
        "Photographers drag image start-up before a judge",
        "Three photographers filed suit in Leeds on Monday, seeking damages for pictures copied to train a model.",
    ),
    "price-change": (
        "Map service puts its interface on the meter",
        "From June each call will cost half a cent, four times as much as now; the free tier goes.",
    ),
    "deal": (
        "Paper signs licensing deal with chatbot maker",
        "Under the multi-year agreement announced on Monday the paper licenses its archive to the model's maker.",
    ),
    "": (
        "Expired certificate takes chat service down for two hours",
        "Error rates rose on Tuesday morning; engineers found the root cause before noon.",
    ),
}


def weigh(title: str, *paragraphs: str) -> dict[str, float]:
    return gist.weigh_gist(build_document(Page("https://paper.example/1", title, paragraphs)))


@pytest.mark.parametrize("kind", CASES)
def test_openings_in_words_of_their_own_are_told_apart(kind: str) -> None:
    chances = weigh(*CASES[kind])
    assert max(chances, key=lambda k: chances[k]) == kind


@pytest.mark.parametrize("text", ["", "?", "Ærø", "😀" * 50, "NO SMALL LETTERS AT ALL HERE", "x" * 100_000])
def test_chances_add_up_to_one_whatever_the_text(text: str) -> None:
    assert sum(weigh(text, text).values()) == pytest.approx(1, abs=1e-4)


def test_names_say_nothing() -> None:
    assert weigh("The long known bakers of Abel Arden sued Baxter over its terms") == pytest.approx(
        weigh("The long known bakers of Quince sued Varley Mott over its terms")
    )


def test_a_model_that_is_not_the_trained_one_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "gist.npz"
    path.write_bytes(gist.MODEL.read_bytes()[:-1] + b"\1")
    monkeypatch.setattr(gist, "MODEL", path)
    gist._load.cache_clear()
    with pytest.raises(gist.BrokenModelError):
        weigh("Anything")
    gist._load.cache_clear()
