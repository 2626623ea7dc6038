"""What comes back: reports that a mail did not arrive, complaints, and mails that ask to unsubscribe."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from enum import Enum
from typing import Final

_KEY: Final = re.compile(r"\+([0-9a-f]{32})@")
_UNSUBSCRIBE: Final = re.compile(r"unsubscribe\s+([0-9a-f]{32}\.[\w.-]+)", re.I)
_RECIPIENTS: Final = ("Delivered-To", "X-Original-To", "To")
_ENHANCED: Final = re.compile(r"\b5\.\d{1,3}\.\d{1,3}\b")


class Weight(Enum):
    """What a bounce says of the mailbox."""

    GONE = "it is not there, and will not be"
    REFUSED = "it does not take this mail: full, closed to us, or broken"
    DELAYED = "its server is still trying"


@dataclass(frozen=True, slots=True)
class About:
    """Which mail came back: its delivery's key, or, where it is not known, whom it went to."""

    key: uuid.UUID | None
    address: str = ""


@dataclass(frozen=True, slots=True)
class Bounce:
    """A mail did not arrive, and why."""

    about: About
    weight: Weight
    words: str


@dataclass(frozen=True, slots=True)
class Complaint:
    """A reader called a mail junk (RFC 5965), or left by a button of the provider's (`how`)."""

    about: About
    how: str = "complaint"


@dataclass(frozen=True, slots=True)
class Farewell:
    """A mail that asks to unsubscribe, with the token that its subject holds."""

    token: str


Returned = Bounce | Complaint | Farewell


def read_returned(data: bytes) -> Returned | None:
    """What a mail to EMAIL_INBOX says; None where it says nothing that we know, such as that somebody is on holiday.

    Bounces are recognised by RFC 3464's report and by the key in the address that they come to.
    """
    message = message_from_bytes(data, policy=policy.default)
    found = _UNSUBSCRIBE.search(" ".join(str(message.get("Subject", "")).split()))
    if found:
        return Farewell(found[1])
    key = _find_key(message)
    kind = message.get_param("report-type") if message.get_content_type() == "multipart/report" else None
    if key is None or kind not in ("delivery-status", "feedback-report"):
        return None
    if kind == "feedback-report":
        return Complaint(About(key))
    return next((_read_status(key, block) for block in _list_blocks(message) if "Action" in block), None)


def weigh_words(words: str) -> Weight:
    """What a server's refusal says of the mailbox, by its enhanced status (RFC 3463): X.1.x and X.2.1 are about an
    address that is not there. A bare 550 says as well that our server is on somebody's list, so it is not enough.
    """
    found = _ENHANCED.search(words)
    return Weight.GONE if found and (found[0].startswith("5.1.") or found[0] == "5.2.1") else Weight.REFUSED


def _find_key(message: EmailMessage) -> uuid.UUID | None:
    lines = (str(line) for name in _RECIPIENTS for line in message.get_all(name, []))
    found = next((match for line in lines if (match := _KEY.search(line))), None)
    return uuid.UUID(found[1]) if found else None


def _list_blocks(message: Message) -> Iterator[Message]:
    """The groups of fields of a delivery status: one on the mail, then one a recipient."""
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status":
            payload = part.get_payload()
            yield from (block for block in payload if isinstance(block, Message)) if isinstance(payload, list) else ()


def _read_status(key: uuid.UUID, block: Message) -> Bounce:
    status = str(block.get("Status", "")).strip()
    words = " ".join(str(block.get("Diagnostic-Code", status)).split())
    weight = weigh_words(status) if str(block["Action"]).strip().lower() == "failed" else Weight.DELAYED
    return Bounce(About(key), weight, words)
