"""Handing mails to a real mail server that also misbehaves."""

from __future__ import annotations

from datetime import timedelta

import psycopg
import pytest
import redis
from django.db import OperationalError, connection
from pytest_django.fixtures import Settings

from digests.models import Delivery, Subscription
from digests.services import deliveries, opening, sending
from digests.services.ledger import Ledger
from digests.windows import Schedule
from tests.mails import EIGHT, HOUR, START, MailServer, correct, publish, send, subscribe

pytestmark = pytest.mark.django_db


def begin(row: Delivery) -> bool:
    """Note that the mail is about to be handed over, and no more."""
    ledger = Ledger()
    ledger.start(row)
    return ledger.settle()


def test_a_digest_arrives_once(mail_server: MailServer) -> None:
    subscribe()
    publish("Anthropic revokes OpenAI's access to Claude", START + HOUR)
    assert [send(), send(), send(EIGHT + HOUR)] == [1, 0, 0]
    (mail,) = mail_server.list_mails()
    assert mail.to == ["reader@example.org"]
    assert mail.message["Subject"] == "Anthropic revokes OpenAI's access to Claude"
    assert Delivery.objects.get().state == "sent"


def test_one_line_serves_many_mails(mail_server: MailServer) -> None:
    for number in range(30):
        subscribe(f"reader{number}@example.org")
    publish("News", START + HOUR)
    assert send() == 30
    taken = [mail.to[0] for mail in mail_server.list_mails()]
    assert sorted(taken) == sorted(f"reader{number}@example.org" for number in range(30))


@pytest.mark.parametrize("mood", ["busy", "hang", "drop"])
def test_what_fails_for_now_is_sent_later_under_the_same_name(mail_server: MailServer, mood: str) -> None:
    subscribe()
    publish("News", START + HOUR)
    mail_server.behave(mood)
    assert send() == 0
    mail = Delivery.objects.get()
    assert (mail.state, mail.tries, mail.doubts) == ("pending", 1, int(mood != "busy"))
    assert mail.due_at is not None
    assert mail.due_at > EIGHT
    mail_server.behave("take")
    assert [send(EIGHT + timedelta(seconds=1)), send(mail.due_at)] == [0, 1]
    assert [*mail_server.count_ids()] == [f"<digest.{mail.key.hex}@record.example.org>"]


def test_a_server_that_is_down_costs_no_mail_a_try_but_one(mail_server: MailServer, settings: Settings) -> None:
    for number in range(5):
        subscribe(f"reader{number}@example.org")
    publish("News", START + HOUR)
    settings.EMAIL_PORT = 9  # nobody listens
    assert send() == 0
    assert sorted(Delivery.objects.values_list("tries", flat=True)) == [0, 0, 0, 0, 1]
    settings.EMAIL_PORT = mail_server.port
    assert send(EIGHT + HOUR) == 5


def test_a_mailbox_that_is_not_there_stops_its_subscriptions(mail_server: MailServer) -> None:
    subscribe()
    publish("News", START + HOUR)
    mail_server.behave("unknown")
    send()
    row = Subscription.objects.get()
    assert (Delivery.objects.get().state, row.state) == ("failed", "suppressed")
    assert "no such mailbox" in row.trouble


def test_a_mail_that_is_refused_fails_and_the_reader_stays(mail_server: MailServer) -> None:
    subscribe()
    publish("News", START + HOUR)
    mail_server.behave("refuse")
    send()
    assert (Delivery.objects.get().state, Subscription.objects.get().state) == ("failed", "active")


@pytest.mark.parametrize("mood", ["full", "listed"])
def test_a_mailbox_that_takes_nothing_today_is_asked_again_in_days(mail_server: MailServer, mood: str) -> None:
    row = subscribe()
    mail_server.behave(mood)
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


def test_what_was_held_is_told_when_the_mailbox_takes_mails_again(mail_server: MailServer) -> None:
    subscribe()
    for day in range(3):
        publish(f"Day {day}", START + timedelta(days=day, hours=1))
    mail_server.behave("full")
    send()
    mail_server.behave("take")
    assert [send(EIGHT + timedelta(days=day)) for day in (1, 2)] == [0, 1]
    assert mail_server.list_mails()[0].message["Subject"] == "Day 2, and 1 more"


def test_who_has_a_mail_waiting_gets_one_more_for_all_that_came_meanwhile(mail_server: MailServer) -> None:
    subscribe(schedule=Schedule("at-once"))
    mail_server.behave("busy")
    for minutes in range(0, 60, 6):
        publish(f"Minute {minutes}", START + timedelta(minutes=minutes))
        send(START + timedelta(minutes=minutes + 5))
    assert Delivery.objects.count() == 1
    mail_server.behave("take")
    assert [send(EIGHT + timedelta(hours=hours)) for hours in range(3)] == [1, 1, 0]
    assert sorted(len(row.event_ids) for row in Delivery.objects.all()) == [1, 8]


def test_trying_ends_after_four_days(mail_server: MailServer) -> None:
    subscribe()
    publish("News", START + HOUR)
    mail_server.behave("busy")
    opening.open_due(EIGHT)
    now = EIGHT
    while mail := Delivery.objects.filter(due_at__isnull=False).first():
        assert now - EIGHT < timedelta(days=5)
        now = mail.due_at
        sending.send_due(lambda: now)  # noqa: B023  (called at once)
    assert Delivery.objects.get().state == "failed"


def test_a_worker_that_died_while_sending_leaves_a_doubt_and_a_mail(mail_server: MailServer) -> None:
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


def test_who_leaves_between_claim_and_sending_gets_nothing(mail_server: MailServer) -> None:
    row = subscribe()
    publish("News", START + HOUR)
    opening.open_due(EIGHT)
    (held,) = deliveries.claim(EIGHT, 5)
    Subscription.objects.filter(pk=row.pk).update(state="left", next_at=None)
    assert not begin(held)
    assert send(EIGHT + HOUR) == 0
    assert not Delivery.objects.exists()


def test_what_was_withdrawn_before_it_was_sent_is_not_sent(mail_server: MailServer) -> None:
    subscribe()
    event = publish("News", START + HOUR)
    opening.open_due(EIGHT)
    correct(event, EIGHT, action="withdraw", state="withdrawn")
    assert send() == 0
    assert not Delivery.objects.exists()


def test_the_days_quota_holds(mail_server: MailServer, settings: Settings) -> None:
    settings.EMAIL_PER_DAY = 3
    for number in range(5):
        subscribe(f"reader{number}@example.org")
    publish("News", START + HOUR)
    assert [send(), send(EIGHT + HOUR), send(EIGHT + timedelta(days=1, minutes=1))] == [3, 0, 2]


def test_the_pace_holds(mail_server: MailServer, settings: Settings, queue: redis.Redis) -> None:
    settings.EMAIL_PER_MINUTE = 2
    for number in range(5):
        subscribe(f"reader{number}@example.org")
    publish("News", START + HOUR)
    assert send() == 2


def test_sending_again_is_the_same_mail(mail_server: MailServer) -> None:
    subscribe()
    publish("News", START + HOUR)
    send()
    assert deliveries.resend([Delivery.objects.get().pk], EIGHT) == 1
    send()
    assert list(mail_server.count_ids().values()) == [2]


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
