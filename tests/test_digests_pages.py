"""Subscribing, confirming, managing and leaving on the site, as people, mail providers and scanners do it."""

from __future__ import annotations

import io
import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
import redis
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from digests.links import make_link
from digests.mailbox import list_mails
from digests.models import Delivery, Subscription
from digests.services import opening, sending
from digests.tokens import Purpose, make_token
from digests.windows import next_window
from tests.factories import make_actor
from tests.mails import publish, subscribe
from timeline.filters import EventFilter
from timeline.models import Event

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("outbox")]

FORM = {"email": "reader@example.org", "what": "", "rhythm": "daily", "hour": "8", "weekday": "0", "day": "1",
        "zone": "Europe/Berlin", "language": "en", "website": ""}  # fmt: skip

LONGEST = f"{'l' * 64}@{'.'.join(['d' * 60] * 3)}.berlin"  # 254 characters, the most that mail can be sent to


@pytest.fixture
def outbox(settings: Settings, tmp_path: Path, queue: redis.Redis) -> Path:
    """Mails become files here; the form's allowances are whole."""
    settings.EMAIL_FILES = tmp_path
    settings.EMAIL_BACKEND, settings.EMAIL_URL = "digests.mailbox.FileBackend", ""
    return tmp_path


@pytest.fixture
def row() -> Subscription:
    """An active subscription that was told of an event an hour ago."""
    now = timezone.now()
    row = subscribe(now=now - timedelta(days=3))
    publish("Anthropic revokes OpenAI's access", now - timedelta(days=2), summary="On Tuesday.")
    opening.open_due(now)
    sending.send_due(timezone.now)
    row.refresh_from_db()
    return row


def link(purpose: Purpose, row: Subscription | Delivery) -> str:
    return make_link(purpose, row).removeprefix("http://localhost:8000")


def test_from_the_form_to_the_first_mail(client: Client) -> None:
    make_actor("OpenAI")
    response = client.post("/subscribe/", FORM | {"what": "actor:openai kind:revocation"})
    assert response.headers["Location"] == "/subscribe/asked/"
    sending.send_due(timezone.now)
    (mail,) = list_mails()
    (path,) = re.findall(r"http://localhost:8000(/subscribe/confirm/\S+)", mail.text)
    assert b"<button" in client.get(path).content
    assert Subscription.objects.get().state == "unconfirmed"
    page = client.post(path).content.decode()
    row = Subscription.objects.get()
    assert "Confirmed" in page
    assert f'href="{make_link(Purpose.MANAGE, row)}"' in page
    assert make_link(Purpose.MANAGE, row) in client.get(path).content.decode()
    assert (row.state, row.query, row.confirmed_from) == ("active", "actor=openai&kind=revocation", "127.0.0.1")
    assert b"08:00 by your clock" in client.get(link(Purpose.MANAGE, row)).content


def test_scanners_that_open_every_link_change_nothing(client: Client, row: Subscription) -> None:
    paths = [link(purpose, row) for purpose in (Purpose.CONFIRM, Purpose.MANAGE, Purpose.UNSUBSCRIBE)]
    before = Subscription.objects.values().get()
    for path in paths:
        for method in (client.get, client.head, client.options):
            method(path)
    assert Subscription.objects.values().get() == before


def test_one_click_as_a_mail_provider_does_it(row: Subscription) -> None:
    """RFC 8058: a POST from elsewhere without cookies, referrer or log-in; the answer is no redirect."""
    provider = Client(enforce_csrf_checks=True)
    (mail,) = [mail for mail in list_mails() if mail.name.startswith("digest")]
    head = dict(mail.headers)
    (path,) = re.findall(r"<http://localhost:8000(\S+)>", head["List-Unsubscribe"])
    assert head["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    for kind in ("application/x-www-form-urlencoded", None):
        body = "List-Unsubscribe=One-Click" if kind else {"List-Unsubscribe": "One-Click"}
        response = provider.post(path, body, **({"content_type": kind} if kind else {}))  # type: ignore[arg-type]
        assert response.status_code == 200
        assert not response.cookies
    row.refresh_from_db()
    assert (row.state, row.left_how) == ("left", "one-click")


def test_one_click_after_all_was_deleted_is_no_error(client: Client, row: Subscription) -> None:
    path = link(Purpose.UNSUBSCRIBE, row)
    row.delete()
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200


def test_the_answer_does_not_tell_who_subscribes(client: Client, row: Subscription) -> None:
    answers = []
    for email in (row.email, "stranger@example.org"):
        response = client.post("/subscribe/", FORM | {"email": email}, follow=True)
        answers.append((response.status_code, response.redirect_chain, response.content))
    assert answers[0] == answers[1]


@pytest.mark.parametrize(
    ("email", "kept"),
    [
        ("Reader+News@EXAMPLE.org", "Reader+News@example.org"),
        ("reader@bücher.example.org", "reader@xn--bcher-kva.example.org"),
        ('"a b"@example.org', '"a b"@example.org'),
        (LONGEST, LONGEST),
    ],
)
def test_odd_addresses_are_kept(client: Client, email: str, kept: str) -> None:
    client.post("/subscribe/", FORM | {"email": email})
    assert Subscription.objects.get().email == kept


@pytest.mark.parametrize(
    "email",
    ["", "reader", "a@b", "reader@example.org\nBcc: x@example.org", "reader@example.org, b@example.org",
     "Reader <reader@example.org>", "x" * 64 + "@" + ".".join(["d" * 63] * 3) + ".org", "rëader@example.org"],
)  # fmt: skip
def test_what_is_no_address_is_refused(client: Client, email: str) -> None:
    assert client.post("/subscribe/", FORM | {"email": email}).status_code == 400
    assert not Subscription.objects.exists()


def test_programs_that_fill_in_everything_are_thanked_and_forgotten(client: Client) -> None:
    response = client.post("/subscribe/", FORM | {"website": "https://spam.example"})
    assert response.headers["Location"] == "/subscribe/asked/"
    assert not Subscription.objects.exists()


def test_one_network_cannot_send_the_form_for_ever(client: Client) -> None:
    codes = [client.post("/subscribe/", FORM | {"email": f"a{n}@example.org"}).status_code for n in range(12)]
    assert codes == [302] * 10 + [429] * 2


def test_before_subscribing_one_sees_what_it_would_bring(client: Client) -> None:
    for days in range(1, 10):
        publish(f"Event {days}", timezone.now() - timedelta(days=2.5 * days), kind="lawsuit")
    publish("A deal", timezone.now() - timedelta(days=1), kind="deal")
    page = client.get("/subscribe/?kind=lawsuit").content.decode()
    words = re.sub(r"<[^>]+>", "", page)
    assert "This would have been 9 events in 9 mails." in words
    (path,) = re.findall(r'src="(/subscribe/sample/[^"]+)"', page)
    sample = client.get(path.replace("&amp;", "&"))
    assert b"Event 1" in sample.content
    assert sample.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "default-src 'none'" in sample.headers["Content-Security-Policy"]


def test_a_flood_is_refused_with_a_suggestion(client: Client) -> None:
    for hours in range(70):
        publish(f"Event {hours}", timezone.now() - timedelta(hours=5 + hours))
    response = client.post("/subscribe/", FORM | {"rhythm": "at-once"})
    assert (response.status_code, b"Choose \xe2\x80\x9cdaily\xe2\x80\x9d" in response.content) == (400, True)
    assert client.post("/subscribe/", FORM).status_code == 302


@pytest.mark.parametrize("query", ["what=kind:boycott", "rhythm=hourly", "zone=Mars/Olympus", "hour=24", "language=xx"])
def test_wishes_that_mean_nothing_are_explained(client: Client, query: str) -> None:
    response = client.get(f"/subscribe/?{query}")
    assert response.status_code == 400
    assert b'role="alert"' in response.content


def test_managing_a_subscription(client: Client, row: Subscription) -> None:
    path = link(Purpose.MANAGE, row)
    page = client.get(path)
    assert b"1 event" in page.content
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in page.headers["Cache-Control"]
    wish = {
        "what": "kind:deal",
        "rhythm": "weekly",
        "hour": "19",
        "weekday": "4",
        "day": "1",
        "zone": "UTC",
        "language": "fr",
    }
    client.post(path, wish | {"action": "save"})
    row.refresh_from_db()
    assert (row.query, row.schedule.rhythm, row.hour, row.weekday, row.language) == ("kind=deal", "weekly", 19, 4, "fr")
    for action, state in (("pause", "paused"), ("resume", "active"), ("leave", "left"), ("resume", "active")):
        client.post(path, {"action": action})
        assert Subscription.objects.get().state == state
    assert b"Everything is deleted" in client.post(path, {"action": "delete"}).content
    assert client.get(path).status_code == 410


def test_two_subscriptions_of_an_address_cannot_become_one_filter(client: Client, row: Subscription) -> None:
    row.query = "kind=deal"
    row.save()
    other = subscribe(now=timezone.now())
    wish = {name: FORM[name] for name in ("rhythm", "hour", "weekday", "day", "zone", "language")}
    response = client.post(link(Purpose.MANAGE, other), wish | {"what": "kind:deal", "action": "save"})
    assert b"another subscription with this filter" in response.content


def test_everything_kept_can_be_downloaded(client: Client, row: Subscription) -> None:
    subscribe(row.email, asked=EventFilter(q="x"))
    kept = json.loads(client.get(link(Purpose.MANAGE, row) + "data.json").content)
    assert (kept["address"], kept["subscriptions"][0]["confirmed_from"]) == (row.email, "127.0.0.1")
    assert [[mail["state"] for mail in one["mails"]] for one in kept["subscriptions"]] == [["sent"], []]


def test_deleting_takes_all_of_the_address_and_nobody_else(client: Client, row: Subscription) -> None:
    subscribe(row.email.upper(), asked=EventFilter(q="x")), subscribe("other@example.org")
    page = client.get(link(Purpose.MANAGE, row)).content.decode()
    assert "Words: x" in page
    assert "all its 2 subscriptions" in page
    client.post(link(Purpose.MANAGE, row), {"action": "delete"})
    assert Subscription.objects.values_list("email", flat=True).get() == "other@example.org"


def test_a_mail_on_the_web(client: Client, row: Subscription) -> None:
    page = client.get(link(Purpose.READ, row.deliveries.get()))
    assert b"Anthropic revokes OpenAI's access" in page.content
    assert "script" not in page.content.decode().lower()


@pytest.mark.parametrize("name", ["digests-confirm", "digests-manage", "digests-unsubscribe", "digests-read"])
def test_keys_that_fit_nothing(client: Client, row: Subscription, name: str) -> None:
    for token in ("x", f"{row.key.hex}.1vN0Zb.{'A' * 43}", make_token(Purpose.MANAGE, row.key)[:-1]):
        assert client.get(reverse(name, args=[token])).status_code == 404


@pytest.mark.parametrize(("host", "told"), [("localhost", True), ("record.example.org", False)])
def test_who_runs_it_without_a_mail_server_is_led_to_the_outbox(client: Client, host: str, told: bool) -> None:
    for address in ("/subscribe/asked/", "/about/api/key/asked/"):
        page = client.get(address, headers={"host": host}).content.decode()
        assert ('href="/outbox/"' in page) is told, address


def test_only_this_machine_sees_the_outbox(client: Client, row: Subscription, settings: Settings) -> None:
    (mail,) = [mail for mail in list_mails() if mail.name.startswith("digest")]
    local = {"headers": {"Host": "localhost"}}
    for path in ("/outbox/", f"/outbox/{mail.name}/", f"/outbox/{mail.name}/html/"):
        assert client.get(path, **local).status_code == 200  # type: ignore[arg-type]
        assert client.get(path, REMOTE_ADDR="192.0.2.1", **local).status_code == 404  # type: ignore[arg-type]
        assert client.get(path, headers={"Host": "localhost", "X-Forwarded-For": "127.0.0.1"}).status_code == 404
    assert client.get("/outbox/..%2Fsecret_key/", **local).status_code == 404  # type: ignore[arg-type]
    settings.EMAIL_URL = "smtp://mail.example.org"
    assert client.get("/outbox/", **local).status_code == 404  # type: ignore[arg-type]


def test_operators_see_numbers_and_send_again(admin_client: Client, row: Subscription) -> None:
    path = reverse("admin:digests_delivery_changelist")
    assert b"1 sent" in admin_client.get(path).content
    mail = row.deliveries.get()
    admin_client.post(path, {"action": "send_again", "_selected_action": [mail.pk]})
    mail.refresh_from_db()
    assert mail.state == "pending"


def test_operators_watch_numbers(row: Subscription) -> None:
    out = io.StringIO()
    call_command("mail_metrics", stdout=out)
    values = dict(line.split() for line in out.getvalue().splitlines() if not line.startswith("#"))
    assert (values["aiwatch_mails_sent_today"], values["aiwatch_mails_waiting"]) == ("1", "0")


def test_operators_see_any_digest_of_any_date(admin_client: Client, row: Subscription) -> None:
    listed = admin_client.get(reverse("admin:digests_subscription_changelist")).content.decode()
    (path,) = re.findall(r'href="([^"]+)">preview', listed)
    today = admin_client.get(path.replace("&amp;", "&")).content.decode()
    assert "would tell of nothing" in today
    window = next_window(row.schedule, Event.objects.get().created_at)
    query = FORM | {"zone": "UTC", "on": window.date().isoformat()}
    page = admin_client.get(reverse("admin:digests_preview"), query).content.decode()
    assert "1 event" in page
    (frame,) = re.findall(r'src="([^"]+)"[^>]*sandbox', page)
    mail = admin_client.get(frame.replace("&amp;", "&"))
    assert "Anthropic revokes OpenAI's access" in mail.content.decode()
    assert "default-src 'none'" in mail.headers["Content-Security-Policy"]
    assert Client().get(frame.replace("&amp;", "&")).status_code == 302
