"""One row by its slug, or an error of our own."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, QuerySet

from timeline.errors import NotFound

_Row = TypeVar("_Row", bound=Model)


def get_row(rows: QuerySet[_Row], slug: str) -> _Row:
    """The row with that slug.

    Raises:
        NotFound: there is none.
    """
    found = rows.filter(slug=slug).first()
    if found is None:
        raise NotFound(slug)
    return found
