"""The record's own history: one row a change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models

from timeline.models import Change


def note_change(
    *,
    noun: str,
    row_id: int,
    slug: str,
    action: str,
    by: str,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
) -> Change:
    """Keep that a row changed. `before` and `after` hold the fields that differ, as JSON values."""
    return Change.objects.create(
        noun=noun,
        row_id=row_id,
        slug=slug,
        action=action,
        by=by,
        before=dict(before or {}),
        after=dict(after or {}),
        reason=reason,
    )


def set_fields(row: models.Model, values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Set the fields that differ, without saving.

    Returns:
        What the differing fields held before and hold now, as JSON values; both empty where nothing differed.
    """
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for field, value in values.items():
        old = getattr(row, field)
        if old != value:
            before[field], after[field] = _plain(old), _plain(value)
            setattr(row, field, value)
    return before, after


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, bool | int | float | str | list | dict) else str(value)
