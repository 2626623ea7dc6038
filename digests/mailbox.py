"""Where no mail server is set: mails become files below var/mail, for developers to look at."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage as Mail

SHOWN: Final = 100
_ODD: Final = re.compile(r"[^A-Za-z0-9.-]+")
_NAME: Final = re.compile(r"[A-Za-z0-9._-]+\.eml")


class FileBackend(BaseEmailBackend):
    """Writes each mail to a file of its Message-ID's name: the same mail sent twice is one file."""

    def send_messages(self, email_messages: Sequence[Mail]) -> int:
        settings.EMAIL_FILES.mkdir(parents=True, exist_ok=True)
        for mail in email_messages:
            data = mail.message().as_bytes()
            name = str(message_from_bytes(data)["Message-ID"]).strip("<>")
            (settings.EMAIL_FILES / f"{_ODD.sub('_', name)}.eml").write_bytes(data)
        return len(email_messages)


@dataclass(frozen=True, slots=True)
class FiledMail:
    """A mail as it was written."""

    name: str
    to: str
    subject: str
    date: str
    headers: list[tuple[str, str]]
    text: str
    html: str


def list_mails() -> list[FiledMail]:
    """The mails written last, the newest first."""
    files = sorted(settings.EMAIL_FILES.glob("*.eml"), key=lambda file: file.stat().st_mtime, reverse=True)
    return [_read(file) for file in files[:SHOWN]]


def get_mail(name: str) -> FiledMail | None:
    """The mail of that file name; None where there is none."""
    file = settings.EMAIL_FILES / name
    return _read(file) if _NAME.fullmatch(name) and file.is_file() else None


def _read(file: Path) -> FiledMail:
    message = message_from_bytes(file.read_bytes(), policy=policy.default)
    return FiledMail(
        name=file.name,
        to=str(message["To"]),
        subject=str(message["Subject"]),
        date=str(message["Date"]),
        headers=[(name, str(value)) for name, value in message.items()],
        text=_read_part(message, "plain"),
        html=_read_part(message, "html"),
    )


def _read_part(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()) if part is not None else ""
