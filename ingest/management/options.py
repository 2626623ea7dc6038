"""What several commands share: addresses or files as arguments, and dates."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from django.core.management.base import CommandError
from django.utils import timezone

from ingest.pages import guess_type
from ingest.pipeline.network import wait_for
from ingest.pipeline.robots import open_page
from ingest.types import Response


def is_address(text: str) -> bool:
    return urlsplit(text).scheme in ("http", "https")


def open_argument(text: str) -> Response:
    """The page at an address, or in a file.

    Raises:
        CommandError: the file cannot be read, or the server did not give the page.
        ingest.errors.FetchError: the address cannot be opened, or robots.txt does not allow it.
    """
    if is_address(text):
        response = wait_for(lambda: open_page(text, now=timezone.now()))
        if response.status != 200:
            raise CommandError(f"The server answered {response.status} ({text}).")
        return response
    path = Path(text)
    try:
        body = path.read_bytes()
    except OSError as error:
        raise CommandError(f"{text}: {error.strerror}.") from error
    return Response(url=path.resolve().as_uri(), status=200, headers={"content-type": guess_type(path)}, body=body)


def read_moment(text: str | None) -> datetime | None:
    """A date or time given by hand, aware; without a zone it is UTC.

    Raises:
        CommandError: it is neither.
    """
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"{text!r} is not a date such as 2025-08-01 or 2025-08-01T22:10Z.") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
