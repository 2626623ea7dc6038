"""How sure a commit has to be before the next step begins."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import DatabaseError, connection


@contextmanager
def spare_disk() -> Iterator[None]:
    """Do not wait for the disk at commits inside the block.

    What PostgreSQL loses if it ends within the next half second it loses from its end on, and whole; whatever is kept
    in earnest later, such as that a mail is sent, keeps all that came before it too. So it is for work that is begun
    again where it broke off, and for which the disk would be waited for most of the time.
    """
    _set("off")
    try:
        yield
    finally:
        with suppress(DatabaseError):  # a connection that is gone has no setting any more
            _set("DEFAULT")


def _set(value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET synchronous_commit TO {value}")
