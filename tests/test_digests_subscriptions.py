"""A subscription's life: asked for, confirmed, changed, paused, left, deleted, forgotten."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

import pytest
from django.core.signing import TimestampSigner

from digests.errors import BadToken, DeletedToken, ExpiredToken
from digests.forms import WishForm
from digests.models import Delivery, Subscription
from digests.services import opening, subscriptions
from digests.services.subscriptions import Wish, normalize_mailbox
from digests.tokens import Purpose, make_token, read_token
from digests.windows import Schedule
from tests.factories import make_actor, make_dispute
from tests.mails import START, publish, subscribe
from timeline.filters import EventFilter

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def ask(email: str = "reader@example.org", now: datetime = START, **filter_fields: str) -> Subscription:
    wish = Wish(EventFilter(**filter_fields), Schedule("daily"))  # type: ignore[arg-type]
    pk = subscriptions.subscribe(email=email, wish=wish, now=now, address="192.0.2.1")
    return Subscription.objects.get(pk=pk)


@pytest.mark.parametrize(
    ("what", "told"),
    [
        ("actor:opnai", ["actor: “opnai” is no actor of the record; did you mean openai?"]),
        ("dispute:redit-data", ["dispute: “redit-data” is no dispute of the record; did you mean reddit-data?"]),
        ("actor:openai dispute:reddit-data opnai", []),
    ],
)
def test_what_could_never_bring_news_is_refused(what: str, told: list[str]) -> None:
    make_actor("OpenAI"), make_dispute("Reddit data")
    wish = {"what": what, "rhythm": "daily", "hour": 8, "weekday": 0, "day": 1, "zone": "UTC", "language": "en"}
    assert WishForm(wish).errors.get("what", []) == told


def test_nothing_is_sent_before_confirmation_but_one_notice() -> None:
    row = ask()
    assert (row.state, row.notice, row.next_at) == ("unconfirmed", "confirm", None)
    publish("News", START + timedelta(hours=1))
    assert opening.open_due(START + 2 * DAY) == 0


def test_confirmation_is_recorded_and_begins_the_windows() -> None:
    row = ask()
    subscriptions.confirm(subscription_id=row.pk, now=START + timedelta(hours=1), address="192.0.2.7")
    row.refresh_from_db()
    assert (row.state, row.asked_from, row.confirmed_from) == ("active", "192.0.2.1", "192.0.2.7")
    assert row.confirmed_at == row.told_at == START + timedelta(hours=1)
    assert row.next_at == START + timedelta(hours=2)


def test_confirming_twice_changes_nothing() -> None:
    row = subscribe()
    subscriptions.confirm(subscription_id=row.pk, now=START + 3 * DAY)
    assert Subscription.objects.get(pk=row.pk).told_at == START


@pytest.mark.parametrize("again", ["reader@example.org", "Reader@Example.org", "reader+x@example.org"])
def test_a_mailbox_gets_one_notice_a_day(again: str) -> None:
    ask(q="one")
    assert ask(again, START + timedelta(hours=23), q="two").notice_due_at is None
    assert ask(again, START + timedelta(hours=25), q="three").notice == "confirm"


def test_who_has_a_subscription_is_reminded_and_keeps_it() -> None:
    row = subscribe()
    wish = Wish(EventFilter(), Schedule("monthly", hour=3))
    assert subscriptions.subscribe(email=row.email, wish=wish, now=START + 2 * DAY) == row.pk
    row.refresh_from_db()
    assert (row.state, row.notice, row.rhythm) == ("active", "reminder", "daily")


def test_pausing_drops_what_waits_and_what_happens_meanwhile() -> None:
    row = subscribe()
    publish("Before", START + timedelta(hours=1))
    opening.open_due(START + timedelta(hours=2))
    subscriptions.pause(subscription_id=row.pk, now=START + timedelta(hours=3))
    publish("Meanwhile", START + timedelta(hours=4))
    assert opening.open_due(START + 3 * DAY) == 0
    subscriptions.resume(subscription_id=row.pk, now=START + 4 * DAY)
    publish("After", START + 4 * DAY + timedelta(hours=1))
    opening.open_due(START + 5 * DAY)
    assert [len(mail.event_ids) for mail in Delivery.objects.all()] == [1]


def test_leaving_twice_is_leaving_once() -> None:
    row = subscribe()
    for days in (1, 2):
        subscriptions.unsubscribe(subscription_id=row.pk, now=START + days * DAY, how="one-click")
    row.refresh_from_db()
    assert (row.state, row.left_at, row.next_at) == ("left", START + DAY, None)


def test_who_left_has_to_confirm_anew() -> None:
    row = subscribe()
    subscriptions.unsubscribe(subscription_id=row.pk, now=START + DAY, how="page")
    assert ask(now=START + 2 * DAY).state == "unconfirmed"


def test_suppression_stops_all_subscriptions_of_an_address() -> None:
    one, two, other = subscribe(), subscribe(asked=EventFilter(q="x")), subscribe("other@example.org")
    subscriptions.suppress(subscription_id=one.pk, now=START, trouble="550 no such mailbox")
    states = dict(Subscription.objects.values_list("pk", "state"))
    assert states == {one.pk: "suppressed", two.pk: "suppressed", other.pk: "active"}


def test_another_filter_holds_for_what_was_not_told_yet() -> None:
    row = subscribe()
    wish = Wish(EventFilter(kinds=("lawsuit",)), Schedule("weekly", hour=9, weekday=2))
    subscriptions.change(subscription_id=row.pk, wish=wish, now=START + timedelta(hours=1))
    publish("A deal", START + timedelta(minutes=30), kind="deal")
    suit = publish("A lawsuit", START + timedelta(minutes=30), kind="lawsuit")
    opening.open_due(START + 3 * DAY)
    assert Delivery.objects.get().event_ids == [suit.pk]


def test_purging_forgets_the_unconfirmed_and_those_who_left() -> None:
    asked, left, active = ask("a@example.org"), subscribe("b@example.org"), subscribe("c@example.org")
    subscriptions.unsubscribe(subscription_id=left.pk, now=START, how="page")
    assert subscriptions.purge(START + 2 * DAY) == 0
    subscriptions.purge(START + 4 * DAY)
    assert not Subscription.objects.filter(pk=asked.pk).exists()
    subscriptions.purge(START + 31 * DAY)
    assert list(Subscription.objects.all()) == [active]


def test_deleting_leaves_nothing_and_kills_links() -> None:
    row = subscribe()
    publish("News", START + timedelta(hours=1))
    opening.open_due(START + DAY)
    token = make_token(Purpose.MANAGE, row.key)
    subscriptions.delete(subscription_id=row.pk)
    assert (Subscription.objects.count(), Delivery.objects.count()) == (0, 0)
    with pytest.raises(DeletedToken):
        subscriptions.find_by_token(Purpose.MANAGE, token)


def test_a_token_is_good_for_one_purpose() -> None:
    token = make_token(Purpose.MANAGE, uuid.uuid4())
    for purpose in set(Purpose) - {Purpose.MANAGE}:
        with pytest.raises(BadToken):
            read_token(purpose, token)
    for broken in (token[:-1], token.replace(token[0], "x", 1), "", "a.b.c"):
        with pytest.raises(BadToken):
            read_token(Purpose.MANAGE, broken)


def test_a_confirmation_expires_and_leaving_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    key = uuid.uuid4()
    monkeypatch.setattr(TimestampSigner, "timestamp", lambda self: "1Zq3xl")  # 2015, in the signer's base 62
    tokens = {purpose: make_token(purpose, key) for purpose in (Purpose.CONFIRM, Purpose.UNSUBSCRIBE)}
    monkeypatch.undo()
    assert read_token(Purpose.UNSUBSCRIBE, tokens[Purpose.UNSUBSCRIBE]) == key
    with pytest.raises(ExpiredToken):
        read_token(Purpose.CONFIRM, tokens[Purpose.CONFIRM])


@pytest.mark.parametrize(
    ("email", "mailbox"),
    [
        ("A.Reader+news@Example.org", "a.reader@example.org"),
        ("+x@example.org", "+x@example.org"),
        ('"a+b"@example.org', '"a+b"@example.org'),
    ],
)
def test_the_mailbox_behind_an_address(email: str, mailbox: str) -> None:
    assert normalize_mailbox(email) == mailbox
