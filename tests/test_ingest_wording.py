"""Headlines and summaries of proposals."""

from __future__ import annotations

import pytest

from ingest.wording import make_summary, make_title


@pytest.mark.parametrize(
    ("publishers", "said"),
    [
        ([], "one source"),
        (["The Pennant"], "The Pennant"),
        (["The Pennant", "Wire"], "The Pennant and Wire"),
        (["The Pennant", "Wire", "Post"], "The Pennant, Wire and 1 other"),
        (["The Pennant", "Wire", "Post", "Desk"], "The Pennant, Wire and 2 others"),
    ],
)
def test_a_summary_names_its_first_sources(publishers: list[str], said: str) -> None:
    assert make_summary("Oakmere cuts off Tindrel", "alleged", publishers) == (
        f"Oakmere cuts off Tindrel; alleged by {said}."
    )


def test_what_is_confirmed_is_said_to_be_reported_so() -> None:
    assert "; reported as confirmed by Wire." in make_summary("Oakmere answers", "confirmed", ["Wire"])


@pytest.mark.parametrize(
    ("kind", "parts", "title"),
    [
        ("revocation", {"initiator": ["Oakmere"], "target": ["Tindrel"]}, "Oakmere cuts off Tindrel"),
        ("revocation", {"target": ["Tindrel"]}, "Tindrel loses access"),
        ("deal", {"initiator": ["Oakmere", "Tindrel"]}, "Oakmere and Tindrel make a deal"),
        ("ruling", {"court": ["High Court"], "target": ["Tindrel"]}, "Court rules: High Court against Tindrel"),
        ("price-change", {}, "Price change reported"),
    ],
)
def test_a_title_says_who_did_what_to_whom(kind: str, parts: dict[str, list[str]], title: str) -> None:
    assert make_title(kind, parts) == title
