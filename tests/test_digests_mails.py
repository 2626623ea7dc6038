"""What stands in a digest, and in its headers."""

from __future__ import annotations

import re

import pytest
from pytest_django.fixtures import Settings

from digests import emails
from digests.composing import Composer
from digests.models import Delivery
from tests.factories import cite, make_actor, make_article, make_clause, make_dispute, make_quote
from tests.mails import EIGHT, HOUR, START, MailServer, correct, publish, send, subscribe
from timeline.addresses import make_stand_in
from timeline.models import Change, Event

pytestmark = pytest.mark.django_db


def test_headers_of_a_digest(mail_server: MailServer, settings: Settings) -> None:
    settings.EMAIL_INBOX = "inbox@record.example.org"
    subscribe()
    publish("News", START + HOUR)
    send()
    (mail,) = mail_server.list_mails()
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


def test_a_title_cannot_write_headers(mail_server: MailServer) -> None:
    subscribe()
    publish("News\r\nBcc: victim@example.org\r\n\r\nBody", START + HOUR)
    send()
    (mail,) = mail_server.list_mails()
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
def test_odd_addresses_arrive(mail_server: MailServer, address: str) -> None:
    subscribe(address)
    publish("News", START + HOUR)
    assert send() == 1
    assert [mail.to for mail in mail_server.list_mails()] == [[address]]


def test_what_a_mail_says(mail_server: MailServer) -> None:
    anthropic, openai = make_actor("Anthropic"), make_actor("OpenAI")
    war = make_dispute("Claude access")
    subscribe(language="de")
    event = publish(
        "Anthropic revokes OpenAI's access", START + HOUR, summary="It did so on Tuesday.", scope="Safety tests stay.",
        actors=[(anthropic, "initiator"), (openai, "target")], dispute=war,
    )  # fmt: skip
    make_quote(event, anthropic, "A direct violation.")
    make_clause(event, anthropic, "Customer may not build a competing product.", document="Commercial Terms")
    make_clause(event, anthropic, "What waits for an editor.", state="proposed")
    cite(event)
    cite(event, make_article(publisher="The Evening Post", url=make_stand_in("0a1b2c")))
    send()
    (mail,) = mail_server.list_mails()
    told = (
        "Anthropic revokes OpenAI's access", "It did so on Tuesday.", "Safety tests stay.", "A direct violation.",
        "Customer may not build a competing product.", "Anthropic, Commercial Terms", "The Evening Post",
    )  # fmt: skip
    for kind in ("plain", "html"):
        words = " ".join(mail.read(kind).replace("&#x27;", "'").split())
        for part in (*told, "Example Times", "2. März 2026", "/mail/", "/subscribe/manage/", "/unsubscribe/"):
            assert part in words, (kind, part)
        assert "waits for an editor" not in words
        assert "file.invalid" not in words
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
