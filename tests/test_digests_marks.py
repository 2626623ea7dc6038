"""Mails written once and filled in for each reader are the mails that would have been written for each."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.core.mail import BadHeaderError
from django.core.signing import TimestampSigner

from digests import emails
from digests.composing import Composer
from digests.models import Delivery
from digests.services import opening
from tests.mails import START, publish, subscribe

LONG = "Ein Wort “und” noch eins. " * 60
ADDRESSES = ("reader@example.org", '"o\'b <c>&"@example.org', "reader+news@example.org")


def list_rows(summary: str) -> list[Delivery]:
    for address in ADDRESSES:
        subscribe(address)
    publish("<b>Anthropic</b> & OpenAI’s access\n.", START + timedelta(hours=1), summary=summary)
    opening.open_due(START + timedelta(hours=2))
    return list(Delivery.objects.select_related("subscription"))


@pytest.mark.django_db
@pytest.mark.parametrize("summary", ["", LONG, ".\r\n.\r\n", "語" * 2000], ids=["none", "long", "dots", "no blanks"])
def test_a_filled_mail_is_the_mail_written_for_the_reader(summary: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(TimestampSigner, "timestamp", lambda self: "1Zq3xl")  # links bear the second they are made in
    composer = Composer()
    for row in list_rows(summary):
        mail = emails.make_digest(row, composer)
        assert mail is not None
        data = mail.message().as_bytes(linesep="\r\n")  # type: ignore[call-arg]
        assert all(len(line) <= 998 and b"\r" not in line and b"\n" not in line for line in data.split(b"\r\n"))
        assert data.isascii() or b"Content-Transfer-Encoding: 8bit" in data
        message, words = message_from_bytes(data, policy=policy.default), emails.write_digest(row, composer)
        assert (message["To"], message["Subject"]) == (row.subscription.email, words.subject)
        assert message["Message-ID"] == f"<digest.{row.key.hex}@localhost>"
        assert "mark-" not in data.decode()
        for kind, wanted in (("plain", words.text), ("html", words.html)):
            part = message.get_body((kind,))
            assert part is not None
            assert part.get_content().replace("\r\n", "\n") == wanted


@pytest.mark.django_db
def test_an_address_cannot_write_headers() -> None:
    (row, *_) = list_rows("")
    row.subscription.email = "reader@example.org\r\nBcc: victim@example.org"
    with pytest.raises(BadHeaderError):
        emails.make_digest(row, Composer())


@pytest.mark.django_db
def test_who_is_told_the_same_shares_one_writing(monkeypatch: pytest.MonkeyPatch) -> None:
    written, write = [], emails.make_message
    monkeypatch.setattr(emails, "make_message", lambda *given: written.append(1) or write(*given))  # type: ignore[func-returns-value]
    composer = Composer()
    for row in list_rows(LONG):
        emails.make_digest(row, composer)
    assert len(written) == 1
