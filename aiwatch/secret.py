"""The secret key of a site that was given none: made once, kept in a file that only its owner can read."""

import contextlib
import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def read_or_make_secret(path: Path) -> str:
    """The key in the file; a new one is written there first, where there is none.

    Processes that start together agree: each writes its own file aside, and one of them gets the name.

    Raises:
        ImproperlyConfigured: the folder cannot be written or the file cannot be read.
    """
    try:
        if not path.exists():
            _make(path)
        return path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise ImproperlyConfigured(f"The secret key {path} cannot be kept ({error.strerror}).") from error


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    draft.touch(mode=0o600)
    draft.write_text(secrets.token_urlsafe(48), encoding="ascii")
    with contextlib.suppress(FileExistsError):  # another process was first, and its key is as good
        os.link(draft, path)
    draft.unlink()
