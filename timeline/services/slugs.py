"""Slugs: short, readable, and free."""

from __future__ import annotations

from collections.abc import Collection

from django.db import models
from django.utils.text import slugify

MAX_LENGTH = 100  # leaves room for the number that tells two slugs apart


def find_slug(manager: models.Manager[models.Model], text: str, *, fallback: str) -> str:
    """A slug made of `text` that no row of `manager` has; numbered from 2 where it is taken."""
    base = _make_base(text, fallback)
    return choose_slug(
        text, set(manager.filter(slug__startswith=base).values_list("slug", flat=True)), fallback=fallback
    )


def choose_slug(text: str, taken: Collection[str], *, fallback: str) -> str:
    """As `find_slug`, where the slugs that are taken are known."""
    base = _make_base(text, fallback)
    if base not in taken:
        return base
    return next(slug for n in range(2, len(taken) + 3) if (slug := f"{base}-{n}") not in taken)


def _make_base(text: str, fallback: str) -> str:
    return slugify(text)[:MAX_LENGTH].strip("-_").replace("_", "-") or fallback
