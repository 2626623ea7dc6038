"""How a long load tells how far it is, without knowing of terminals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

Batches = Sequence[Sequence[Any]]
Progress = Callable[[Batches], Iterable[Sequence[Any]]]


def no_progress(batches: Batches) -> Iterable[Sequence[Any]]:
    """The batches as they are."""
    return batches
