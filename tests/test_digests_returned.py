"""Bounces, complaints and farewells by mail."""

from __future__ import annotations

import base64
import hashlib
import hmac
import io
import json
import sys
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django.fixtures import Settings

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
    ("action", "status", "state", "bounces"),
    [("failed", "5.1.1", "suppressed", 0), ("failed", "5.2.2", "active", 1), ("delayed", "4.4.1", "active", 0)],
)
def test_a_bounce(
    mail: Delivery, monkeypatch: pytest.MonkeyPatch, action: str, status: str, state: str, bounces: int
) -> None:
    report = REPORT.format(key=mail.key.hex, kind="delivery-status", action=action, status=status)
    for _ in range(2):  # reports are doubled, and then say nothing new
        receive(report, monkeypatch)
    row = Subscription.objects.get()
    assert (row.state, row.bounces) == (state, bounces)
    assert (status in row.trouble) == (action == "failed")


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


def report_by_mailgun(client: Client, secret: str, **data: object) -> int:
    """A report as Mailgun sends it: JSON, signed."""
    signature = hmac.new(secret.encode(), b"1700000000token", hashlib.sha256).hexdigest()
    body = {
        "signature": {"token": "token", "timestamp": "1700000000", "signature": signature},
        "event-data": {"timestamp": 1700000000.0, "recipient": "reader@example.org", **data},
    }
    return client.post("/webhooks/mail/", json.dumps(body), content_type="application/json").status_code


@pytest.mark.parametrize(
    ("data", "state", "bounces"),
    [
        ({"event": "complained"}, "left", 0),
        ({"event": "unsubscribed"}, "left", 0),
        ({"event": "failed", "severity": "permanent", "delivery-status": {"message": "5.1.1 no"}}, "suppressed", 0),
        ({"event": "failed", "severity": "permanent", "delivery-status": {"message": "5.2.2 full"}}, "active", 1),
        ({"event": "failed", "severity": "temporary", "delivery-status": {"message": "4.2.2 full"}}, "active", 0),
        ({"event": "delivered"}, "active", 0),
    ],
)
@pytest.mark.parametrize("known", [True, False], ids=["by its name", "by the address"])
def test_a_report_of_a_mail_provider(
    mail: Delivery, client: Client, settings: Settings, data: dict[str, object], state: str, bounces: int, known: bool
) -> None:
    settings.EMAIL_WEBHOOK = "mailgun://key"
    name = f"digest.{mail.key.hex}@record.example.org" if known else "other@provider.example"
    assert report_by_mailgun(client, "key", message={"headers": {"message-id": name}}, **data) == 200
    assert Subscription.objects.values_list("state", "bounces").get() == (state, bounces)


@pytest.mark.parametrize("address", ["mailgun://another", ""])
def test_a_report_that_nobody_signed_is_refused(
    mail: Delivery, client: Client, settings: Settings, address: str
) -> None:
    settings.EMAIL_WEBHOOK = address
    assert report_by_mailgun(client, "key", event="complained") == (400 if address else 404)
    assert Subscription.objects.get().state == "active"


@pytest.mark.parametrize(
    ("provider", "body"),
    [
        ("brevo", {"event": "spam", "email": "reader@example.org", "ts_event": 1700000000}),
        ("mailjet", [{"event": "spam", "email": "reader@example.org", "time": 1700000000}]),
        ("postmark", {"RecordType": "SpamComplaint", "Email": "reader@example.org"}),
        (
            "sparkpost",
            [
                {
                    "msys": {
                        "message_event": {
                            "type": "spam_complaint",
                            "raw_rcpt_to": "reader@example.org",
                            "timestamp": "1",
                        }
                    }
                }
            ],
        ),
    ],
)
def test_providers_that_sign_nothing_give_a_password(
    mail: Delivery, client: Client, settings: Settings, provider: str, body: object
) -> None:
    settings.EMAIL_WEBHOOK = f"{provider}://us:secret"
    found = []
    for word in ("", "wrong", "secret"):
        head = {"Authorization": f"Basic {base64.b64encode(f'us:{word}'.encode()).decode()}"} if word else {}
        response = client.post("/webhooks/mail/", json.dumps(body), content_type="application/json", headers=head)
        found.append((response.status_code, Subscription.objects.get().state))
    assert found == [(400, "active"), (400, "active"), (200, "left")]
