"""Handing mails to a real mail server that also misbehaves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import psycopg
import pytest
import redis
from django.db import OperationalError, connection
from pytest_django.fixtures import Settings

from digests import emails
from digests.composing import Composer
from digests.models import Delivery, Subscription
from digests.services import deliveries, opening, sending
from digests.services.ledger import Ledger
from digests.windows import Schedule
from tests.factories import cite, make_actor, make_dispute, make_quote
from tests.mails import START, MailServer, correct, publish, serve_mail, subscribe
from timeline.models import Change, Event

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
EIGHT = START + 2 * HOUR


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MailServer]:
    with serve_mail(tmp_path_factory.mktemp("mail")) as server:
        yield server


@pytest.fixture
def server(running: MailServer, settings: Settings) -> MailServer:
    """The server of this module with nothing taken and in a good mood, and the site set to use it."""
    running.behave("take")
    (running.folder / "taken").write_text("")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", running.port, 2
    settings.EMAIL_URL = running.url
    settings.SITE_URL = "https://record.example.org"
    return running


def send(at: datetime = EIGHT) -> int:
    """Open and send what is due at a moment that stands still."""
    opening.open_due(at)
    return sending.send_due(lambda: at)


def begin(row: Delivery) -> bool:
    """Note that the mail is about to be handed over, and no more."""
    ledger = Ledger()
    ledger.start(row)
    return ledger.settle()


def test_a_digest_arrives_once(server: MailServer) -> None:
    subscribe()
    publish("Anthropic revokes OpenAI's access to Claude", START + HOUR)
    assert [send(), send(), send(EIGHT + HOUR)] == [1, 0, 0]
    (mail,) = server.list_mails()
    assert mail.to == ["reader@example.org"]
    assert mail.message["Subject"] == "Anthropic revokes OpenAI's access to Claude"
    assert Delivery.objects.get().state == "sent"


def test_one_line_serves_many_mails(server: MailServer) -> None:
    for number in range(30):
        subscribe(f"reader{number}@example.org")
    publish("News", START + HOUR)
    assert send() == 30
    assert sorted(mail.to[0] for mail in server.list_mails()) == sorted(f"reader{n}@example.org" for n in range(30))


@pytest.mark.parametrize("mood", ["busy", "hang", "drop"])
def test_what_fails_for_now_is_sent_later_under_the_same_name(server: MailServer, mood: str) -> None:
    subscribe()
    publish("News", START + HOUR)
    server.behave(mood)
    assert send() == 0
    mail = Delivery.objects.get()
    assert (mail.state, mail.tries, mail.doubts) == ("pending", 1, int(mood != "busy"))
    assert mail.due_at is not None
    assert mail.due_at > EIGHT
    server.behave("take")
    assert [send(EIGHT + timedelta(seconds=1)), send(mail.due_at)] == [0, 1]
    assert [*server.count_ids()] == [f"<digest.{mail.key.hex}@record.example.org>"]


def test_a_server_that_is_down_costs_no_mail_a_try_but_one(server: MailServer, settings: Settings) -> None:
    for number in range(5):
        subscribe(f"reader{number}@example.org")
    publish("News", START + HOUR)
    settings.EMAIL_PORT = 9  # nobody listens
    assert send() == 0
    assert sorted(Delivery.objects.values_list("tries", flat=True)) == [0, 0, 0, 0, 1]
    settings.EMAIL_PORT = server.port
    assert send(EIGHT + HOUR) == 5


def test_a_mailbox_that_is_not_there_stops_its_subscriptions(server: MailServer) -> None:
    subscribe()
    publish("News", START + HOUR)
    server.behave("unknown")
    send()
    row = Subscription.objects.get()
    assert (Delivery.objects.get().state, row.state) == ("failed", "suppressed")
    assert "no such mailbox" in row.trouble


def test_a_mail_that_is_refused_fails_and_the_reader_stays(server: MailServer) -> None:
    subscribe()
    publish("News", START + HOUR)
    server.behave("refuse")
    send()
    assert (Delivery.objects.get().state, Subscription.objects.get().state) == ("failed", "active")


@pytest.mark.parametrize("mood", ["full", "listed"])
def test_a_mailbox_that_takes_nothing_today_is_asked_again_in_days(server: MailServer, mood: str) -> None:
    row = subscribe()
    server.behave(mood)
    held = []
    for number in range(1, 40):
        publish(f"News {number}", START + timedelta(days=number - 1, hours=1))
        send(EIGHT + timedelta(days=number - 1))
        row.refresh_from_db()
        if row.bounces > len(held):
            held.append(number)
    assert held == [1, 3, 6, 11, 20, 37]  # longer by a day than 1, 2, 4, 8 and 16: the hour of the day has to come
    assert (row.state, row.trouble[:3]) == ("suppressed", "550" if mood == "listed" else "552")
    assert Delivery.objects.filter(state="failed").count() == len(held)


def test_what_was_held_is_told_when_the_mailbox_takes_mails_again(server: MailServer) -> None:
    subscribe()
    for day in range(3):
        publish(f"Day {day}", START + timedelta(days=day, hours=1))
    server.behave("full")
    send()
    server.behave("take")
    assert [send(EIGHT + timedelta(days=day)) for day in (1, 2)] == [0, 1]
    assert server.list_mails()[0].message["Subject"] == "Day 2, and 1 more"


def test_who_has_a_mail_waiting_gets_one_more_for_all_that_came_meanwhile(server: MailServer) -> None:
    subscribe(schedule=Schedule("at-once"))
    server.behave("busy")
    for minutes in range(0, 60, 6):
        publish(f"Minute {minutes}", START + timedelta(minutes=minutes))
        send(START + timedelta(minutes=minutes + 5))
    assert Delivery.objects.count() == 1
    server.behave("take")
    assert [send(EIGHT + timedelta(hours=hours)) for hours in range(3)] == [1, 1, 0]
    assert sorted(len(row.event_ids) for row in Delivery.objects.all()) == [1, 8]


def test_trying_ends_after_four_days(server: MailServer) -> None:
    subscribe()
    publish("News", START + HOUR)
    server.behave("busy")
    opening.open_due(EIGHT)
    now = EIGHT
    while mail := Delivery.objects.filter(due_at__isnull=False).first():
        assert now - EIGHT < timedelta(days=5)
        now = mail.due_at
        sending.send_due(lambda: now)  # noqa: B023  (called at once)
    assert Delivery.objects.get().state == "failed"


def test_a_worker_that_died_while_sending_leaves_a_doubt_and_a_mail(server: MailServer) -> None:
    subscribe()
    publish("News", START + HOUR)
    opening.open_due(EIGHT)
    (row,) = deliveries.claim(EIGHT, 5)
    assert begin(row)  # and here it died
    assert send(EIGHT + timedelta(seconds=299)) == 0
    assert send(EIGHT + timedelta(seconds=301)) == 1
    assert Delivery.objects.get().doubts == 1


def test_a_mail_that_kills_each_worker_is_given_up() -> None:
    subscribe()
    publish("News", START + HOUR)
    opening.open_due(EIGHT)
    now = EIGHT
    for _ in range(deliveries.MOST_DOUBTS + 1):
        (row,) = deliveries.claim(now, 5)
        assert begin(row)
        now += timedelta(seconds=301)
    assert deliveries.claim(now, 5) == []
    assert Delivery.objects.get().state == "failed"


def test_a_claim_that_lapsed_sends_nothing() -> None:
    subscribe()
    publish("News", START + HOUR)
    opening.open_due(EIGHT)
    (slow,) = deliveries.claim(EIGHT, 5)
    (quick,) = deliveries.claim(EIGHT + timedelta(seconds=301), 5)
    assert [begin(slow), begin(quick)] == [False, True]


def test_who_leaves_between_claim_and_sending_gets_nothing(server: MailServer) -> None:
    row = subscribe()
    publish("News", START + HOUR)
    opening.open_due(EIGHT)
    (held,) = deliveries.claim(EIGHT, 5)
    Subscription.objects.filter(pk=row.pk).update(state="left", next_at=None)
    assert not begin(held)
    assert send(EIGHT + HOUR) == 0
    assert not Delivery.objects.exists()


def test_what_was_withdrawn_before_it_was_sent_is_not_sent(server: MailServer) -> None:
    subscribe()
    event = publish("News", START + HOUR)
    opening.open_due(EIGHT)
    correct(event, EIGHT, action="withdraw", state="withdrawn")
    assert send() == 0
    assert not Delivery.objects.exists()


def test_the_days_quota_holds(server: MailServer, settings: Settings) -> None:
    settings.EMAIL_PER_DAY = 3
    for number in range(5):
        subscribe(f"reader{number}@example.org")
    publish("News", START + HOUR)
    assert [send(), send(EIGHT + HOUR), send(EIGHT + timedelta(days=1, minutes=1))] == [3, 0, 2]


def test_the_pace_holds(server: MailServer, settings: Settings, queue: redis.Redis) -> None:
    settings.EMAIL_PER_MINUTE = 2
    for number in range(5):
        subscribe(f"reader{number}@example.org")
    publish("News", START + HOUR)
    assert send() == 2


def test_sending_again_is_the_same_mail(server: MailServer) -> None:
    subscribe()
    publish("News", START + HOUR)
    send()
    assert deliveries.resend([Delivery.objects.get().pk], EIGHT) == 1
    send()
    assert list(server.count_ids().values()) == [2]


def test_headers_of_a_digest(server: MailServer, settings: Settings) -> None:
    settings.EMAIL_INBOX = "inbox@record.example.org"
    subscribe()
    publish("News", START + HOUR)
    send()
    (mail,) = server.list_mails()
    key = Delivery.objects.get().key.hex
    head = mail.message
    assert mail.sender == f"inbox+{key}@record.example.org"
    assert head["List-ID"] == "aiwatch digests <digests.record.example.org>"
    assert head["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    web, address = (part.strip(" <>") for part in head["List-Unsubscribe"].split(","))
    assert web.startswith("https://record.example.org/unsubscribe/")
    assert address.startswith("mailto:inbox@record.example.org?subject=unsubscribe%20")
    assert head["Auto-Submitted"] == "auto-generated"
    assert head["From"] == settings.DEFAULT_FROM_EMAIL
    assert head.get_content_type() == "multipart/alternative"


def test_a_title_cannot_write_headers(server: MailServer) -> None:
    subscribe()
    publish("News\r\nBcc: victim@example.org\r\n\r\nBody", START + HOUR)
    send()
    (mail,) = server.list_mails()
    assert mail.to == ["reader@example.org"]
    assert mail.message["Bcc"] is None
    assert mail.message["Subject"] == "News Bcc: victim@example.org Body"


@pytest.mark.parametrize(
    "address",
    [
        "reader+news@example.org",
        "reader@xn--bcher-kva.example",
        '"a b@c"@example.org',
        f"{'l' * 64}@{'.'.join(['d' * 59] * 3)}.exampl",
    ],
)
def test_odd_addresses_arrive(server: MailServer, address: str) -> None:
    subscribe(address)
    publish("News", START + HOUR)
    assert send() == 1
    assert [mail.to for mail in server.list_mails()] == [[address]]


def test_what_a_mail_says(server: MailServer) -> None:
    anthropic, openai = make_actor("Anthropic"), make_actor("OpenAI")
    war = make_dispute("Claude access")
    subscribe(language="de")
    event = publish(
        "Anthropic revokes OpenAI's access", START + HOUR, summary="It did so on Tuesday.", scope="Safety tests stay.",
        actors=[(anthropic, "initiator"), (openai, "target")], dispute=war,
    )  # fmt: skip
    make_quote(event, anthropic, "A direct violation.")
    cite(event)
    send()
    (mail,) = server.list_mails()
    told = ("Anthropic revokes OpenAI's access", "It did so on Tuesday.", "Safety tests stay.", "A direct violation.")
    for kind in ("plain", "html"):
        words = " ".join(mail.read(kind).replace("&#x27;", "'").split())
        for part in (*told, "Example Times", "2. März 2026", "/mail/", "/subscribe/manage/", "/unsubscribe/"):
            assert part in words, (kind, part)
    assert mail.read("plain").index("Anthropic revokes") < 200
    assert all(link.startswith("http") for link in re.findall(r"""href=["']?([^"' >]+)""", mail.read("html")))
    assert not re.search(r"<img|<script|@import|url\(", mail.read("html"))


def test_a_heap_of_news_and_corrections_stays_small() -> None:
    row = subscribe()
    told = [publish(f"Told {number}", START, kind="deal") for number in range(60)]
    for number in range(120):
        publish(
            f"Event {number} " + "wörter " * 20, EIGHT + HOUR, summary="Überaus lang. " * 150, scope="Kürzer. " * 60
        )
    for event in told:
        correct(event, EIGHT + HOUR, title=f"{event.title}: " + "langer Titel " * 12, scope="Etwas. " * 200)
    mail = Delivery(subscription=row, window_at=EIGHT, due_at=EIGHT, created_at=EIGHT)
    mail.event_ids = list(Event.objects.exclude(kind="deal").values_list("pk", flat=True))
    mail.change_ids = list(Change.objects.values_list("pk", flat=True))
    words = emails.write_digest(mail, Composer())
    assert len(words.html.encode()) < 102_000
    assert " more: http" in words.text
    assert "shown at each event" in words.html


@pytest.mark.django_db(transaction=True)
def test_a_database_that_ends_while_a_mail_is_handed_over_is_met_again() -> None:
    subscribe()
    publish("News", START + HOUR)
    opening.open_due(EIGHT)
    (row,) = deliveries.claim(EIGHT, 5)
    ledger = Ledger()
    ledger.start(row)
    assert ledger.settle()
    ledger.note_taken(row, EIGHT)
    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": None}, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid])
    with pytest.raises(OperationalError):
        ledger.close()
    connection.close_if_unusable_or_obsolete()  # as Django does after each task
    assert Delivery.objects.get().state == "sending"
