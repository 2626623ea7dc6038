"""Bounces, complaints and farewells by mail."""

from __future__ import annotations

import io
import sys
from datetime import timedelta

import pytest
from django.core.management import call_command

from digests.models import Delivery, Subscription
from digests.services import opening
from digests.tokens import Purpose, make_token
from tests.mails import START, publish, subscribe

pytestmark = pytest.mark.django_db

REPORT = """\
From: mailer-daemon@mx.example.org
To: inbox+{key}@record.example.org
Subject: Undelivered
Content-Type: multipart/report; report-type={kind}; boundary=b

--b
Content-Type: text/plain

It did not arrive.
--b
Content-Type: message/{kind}

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; reader@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {status} some words
--b--
"""


@pytest.fixture
def mail() -> Delivery:
    subscribe()
    publish("News", START + timedelta(hours=1))
    opening.open_due(START + timedelta(hours=2))
    return Delivery.objects.get()


def receive(text: str, monkeypatch: pytest.MonkeyPatch) -> str:
    out = io.StringIO()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    call_command("receive_mail", stdout=out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("action", "status", "state"),
    [("failed", "5.1.1", "suppressed"), ("failed", "5.2.2", "active"), ("delayed", "4.4.1", "active")],
)
def test_a_bounce(mail: Delivery, monkeypatch: pytest.MonkeyPatch, action: str, status: str, state: str) -> None:
    receive(REPORT.format(key=mail.key.hex, kind="delivery-status", action=action, status=status), monkeypatch)
    row = Subscription.objects.get()
    assert row.state == state
    assert (status in row.trouble) == (state == "suppressed")


def test_a_complaint_unsubscribes(mail: Delivery, monkeypatch: pytest.MonkeyPatch) -> None:
    receive(REPORT.format(key=mail.key.hex, kind="feedback-report", action="", status=""), monkeypatch)
    assert Subscription.objects.values_list("state", "left_how").get() == ("left", "complaint")


def test_a_mail_that_asks_to_unsubscribe(mail: Delivery, monkeypatch: pytest.MonkeyPatch) -> None:
    token = make_token(Purpose.UNSUBSCRIBE, Subscription.objects.get().key)
    receive(f"From: reader@example.org\nSubject: unsubscribe {token}\n\n", monkeypatch)
    assert Subscription.objects.values_list("state", "left_how").get() == ("left", "mail")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "From: a@example.org\nSubject: unsubscribe me\n\nplease",
        "Subject: unsubscribe " + "0" * 32 + ".1vN0Zb.AAAA\n\n",
        "To: inbox+" + "0" * 32 + "@record.example.org\nSubject: I am on holiday\n\n",
        REPORT.format(key="0" * 32, kind="delivery-status", action="failed", status="5.1.1"),
    ],
)
def test_what_is_none_of_these_changes_nothing(mail: Delivery, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    before = Subscription.objects.values().get()
    assert receive(text, monkeypatch)
    assert Subscription.objects.values().get() == before
