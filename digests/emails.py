"""The mails, one short function each, over one `make_message`."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from digests.choosing import Choice
from digests.composing import Composer, Composition, inline_css, join_lines
from digests.links import find_host, make_link, make_message_id, make_unsubscribe_address
from digests.marks import Pattern, add_escaped, cut_at_marks, make_address_mark, make_mark
from digests.models import Delivery, Subscription
from digests.tokens import Purpose
from digests.wording import describe_query, describe_schedule
from visitors.models import ApiKey


@dataclass(frozen=True, slots=True)
class Envelope:
    """To whom, from whom a bounce comes back, and the mail's own name."""

    to: str
    message_id: str
    sender: str = ""


class WrittenMessage(EmailMultiAlternatives):
    """A mail whose bytes are there already; backends ask for nothing but them and the envelope."""

    def __init__(self, envelope: Envelope, data: bytes) -> None:
        sender = envelope.sender or settings.DEFAULT_FROM_EMAIL
        super().__init__(from_email=sender, to=[envelope.to])
        self._data = data

    def message(self) -> WrittenBytes:  # type: ignore[override]
        """What backends call `as_bytes` of."""
        return WrittenBytes(self._data)


@dataclass(frozen=True, slots=True)
class WrittenBytes:
    """The bytes of a mail, its lines ended by CRLF."""

    data: bytes

    def as_bytes(self, unixfrom: bool = False, linesep: str = "\n") -> bytes:
        """The same with such ends of lines."""
        return self.data if linesep == "\r\n" else self.data.replace(b"\r\n", linesep.encode())


def make_message(envelope: Envelope, words: Composition, headers: dict[str, str]) -> EmailMultiAlternatives:
    """A mail of plain text and HTML that machines know for a machine's."""
    common = {
        "From": settings.DEFAULT_FROM_EMAIL,
        "Message-ID": envelope.message_id,
        "Auto-Submitted": "auto-generated",  # RFC 3834: nobody's vacation answers it
        "X-Auto-Response-Suppress": "All",
    }
    message = EmailMultiAlternatives(
        subject=words.subject,
        body=words.text,
        from_email=envelope.sender or settings.DEFAULT_FROM_EMAIL,
        to=[envelope.to],
        headers=common | headers,
    )
    message.attach_alternative(words.html, "text/html")
    return message


def make_digest(delivery: Delivery, composer: Composer) -> EmailMultiAlternatives | None:
    """The mail of a delivery; None where nothing of what it was to tell is public any more."""
    words = _compose(delivery, composer)
    if words.empty:
        return None
    row, values = delivery.subscription, _list_values(delivery)
    envelope = Envelope(row.email, values["id"], _make_bounce_address(delivery))
    pattern = composer.get_pattern(words, _write_pattern)
    if pattern is None or not row.email.isascii():
        return make_message(envelope, words.fill(values), _make_list_headers(values["unsubscribe"], values["leave"]))
    return WrittenMessage(envelope, pattern.fill(add_escaped(values)))


def write_digest(delivery: Delivery, composer: Composer) -> Composition:
    """The words of a delivery's mail, as its reader gets them."""
    return _compose(delivery, composer).fill(_list_values(delivery))


def _compose(delivery: Delivery, composer: Composer) -> Composition:
    row = delivery.subscription
    choice = Choice(tuple(delivery.event_ids), tuple(delivery.change_ids))
    day = delivery.window_at.astimezone(ZoneInfo(row.zone)).date()
    return composer.compose(choice, day=day, rhythm=row.rhythm, query=row.query, language=row.language)


def _list_values(delivery: Delivery) -> dict[str, str]:
    """What differs from reader to reader."""
    row = delivery.subscription
    return {
        "id": make_message_id("digest", delivery.key),
        "to": row.email,
        "address": row.email,
        "manage": make_link(Purpose.MANAGE, row),
        "unsubscribe": make_link(Purpose.UNSUBSCRIBE, row),
        "leave": make_unsubscribe_address(row),
        "read": make_link(Purpose.READ, delivery),
    }


def _write_pattern(words: Composition) -> Pattern | None:
    """A composition as a whole mail with marks where readers differ; None where its parts had to be recoded, so that
    the marks in them are not to be found.
    """
    leave = make_mark("leave") if settings.EMAIL_INBOX else ""
    message = make_message(
        Envelope(make_address_mark("to"), make_mark("id")), words, _make_list_headers(make_mark("unsubscribe"), leave)
    ).message()
    recoded = {part["Content-Transfer-Encoding"] for part in message.walk()} & {"base64", "quoted-printable"}
    return None if recoded else cut_at_marks(message.as_bytes(linesep="\r\n"))  # type: ignore[call-arg]  # Django's knows it


def make_notice(row: Subscription) -> EmailMultiAlternatives:
    """The mail that asks whether somebody did subscribe, or reminds of a subscription that there is."""
    confirm = row.notice == Subscription.Notice.CONFIRM
    name = "confirm" if confirm else "reminder"
    context = {
        "site": settings.SITE_URL,
        "what": describe_query(row.query),
        "when": describe_schedule(row.schedule),
        "address": row.email,
        "link": make_link(Purpose.CONFIRM if confirm else Purpose.MANAGE, row),
    }
    words = Composition(
        subject=join_lines(render_to_string(f"digests/{name}.subject.txt", context)),
        text=render_to_string(f"digests/{name}.txt", context).strip() + "\n",
        html=inline_css(render_to_string(f"digests/{name}.html", context)),
    )
    number = int(row.noticed_at.timestamp()) if row.noticed_at else 0
    return make_message(Envelope(row.email, make_message_id(name, row.key, number)), words, {})


def make_key_mail(row: ApiKey) -> EmailMultiAlternatives:
    """The mail with the link to the page of an address's API key."""
    context = {"site": settings.SITE_URL, "address": row.email, "link": make_link(Purpose.KEY, row), "row": row}
    words = Composition(
        subject=join_lines(render_to_string("digests/key.subject.txt", context)),
        text=render_to_string("digests/key.txt", context).strip() + "\n",
        html=inline_css(render_to_string("digests/key.html", context)),
    )
    number = int(row.mailed_at.timestamp()) if row.mailed_at else 0
    return make_message(Envelope(row.email, make_message_id("key", row.key, number)), words, {})


def _make_list_headers(page: str, address: str) -> dict[str, str]:
    """RFC 2369 and 2919 for people's mail programs, RFC 8058 for the button beside the sender's name.

    Args:
        page: where to unsubscribe.
        address: mailto:, "" where the site receives no mail.
    """
    return {
        "List-ID": f"aiwatch digests <digests.{find_host()}>",
        "List-Unsubscribe": ", ".join(f"<{target}>" for target in (page, address) if target),
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def _make_bounce_address(delivery: Delivery) -> str:
    """The envelope's sender, which names the delivery, so that a bounce tells what came back."""
    if not settings.EMAIL_INBOX:
        return ""
    local, _, domain = settings.EMAIL_INBOX.rpartition("@")
    return f"{local}+{delivery.key.hex}@{domain}"
