"""The line to the mail server: opened once for many mails, and what its answers mean."""

from __future__ import annotations

import smtplib
from dataclasses import dataclass
from enum import Enum
from types import TracebackType
from typing import Self

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from digests.bounces import Weight, weigh_words


class Answer(Enum):
    """What became of a mail."""

    TAKEN = "taken"
    LATER = "later"  # not now: this mailbox, or this mail
    NEVER = "never"  # not this mail
    REFUSED = "refused"  # not this mail to this mailbox: full, or closed to us
    NOBODY = "nobody"  # not this mailbox, ever
    DOWN = "down"  # no mail at all now


@dataclass(frozen=True, slots=True)
class Result:
    """An answer and its words. `doubtful`: the line broke, and the server may have taken the mail before."""

    answer: Answer
    words: str = ""
    doubtful: bool = False


class Line:
    """A connection to the mail server for the length of a `with` block, opened by the first mail."""

    def __init__(self) -> None:
        self._connection: BaseEmailBackend | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def send(self, message: EmailMultiAlternatives) -> Result:
        """Hand a mail over."""
        try:
            if self._connection is None:
                connection = get_connection()
                connection.open()
                self._connection = connection
        except OSError as error:  # all of smtplib's errors are among them
            return Result(Answer.DOWN, _describe(error))
        try:
            self._connection.send_messages([message])
        except OSError as error:
            result = judge(error)
            if result.answer == Answer.DOWN:
                self._close()
            return result
        return Result(Answer.TAKEN)

    def _close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                connection.close()
            except OSError:  # it hung up first
                return


def judge(error: OSError) -> Result:
    """What an error of smtplib, or of the network, says of the mail."""
    words = _describe(error)
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code = max(code for code, _ in error.recipients.values())
        if code == 421:
            return Result(Answer.DOWN, words)
        gone = weigh_words(words) == Weight.GONE
        return Result(Answer.LATER if code < 500 else Answer.NOBODY if gone else Answer.REFUSED, words)
    if isinstance(error, smtplib.SMTPDataError) and error.smtp_code != 421:
        return Result(Answer.LATER if error.smtp_code < 500 else Answer.NEVER, words)
    if isinstance(
        error, smtplib.SMTPResponseException
    ):  # no greeting, no log-in, sender refused: not this mail's fault
        return Result(Answer.DOWN, words)
    return Result(Answer.DOWN, words, doubtful=True)


def _describe(error: OSError) -> str:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return "; ".join(f"{code} {_decode(text)}" for code, text in error.recipients.values())
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_decode(error.smtp_error)}"
    return f"{type(error).__name__}: {error}"


def _decode(text: bytes | str) -> str:
    return text.decode("utf-8", "replace") if isinstance(text, bytes) else text
