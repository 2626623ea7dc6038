"""Broken framing: lengths that lie, chunks that end early, drips, floods and silence."""

from __future__ import annotations

import time

from tests.hostile.case import FEED, READ, Answer, Case, Expect, Fixed, Wire

BRIEF = 1.0
PATIENCE = 20
OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nConnection: close\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
FLOOD = b" " * 65_536
PART = Expect(items=3, complete=False)
TIMED_OUT = Expect(error="TimedOut")
TOO_LARGE = Expect(error="TooLarge")
BROKEN = Expect(error="FetchError")


def drip(wire: Wire, before: bytes, drop: bytes, seconds: float = 0.1) -> None:
    """Send `before`, then `drop` again and again for a while."""
    wire.send(before)
    for _ in range(int(PATIENCE / seconds)):
        wire.send(drop)
        time.sleep(seconds)


def flood(wire: Wire, before: bytes, wave: bytes = FLOOD) -> None:
    """Send `before`, then `wave` until the visitor has enough."""
    wire.send(before)
    while True:
        wire.send(wave)


def say(data: bytes) -> Answer:
    """Send exactly these bytes."""
    return lambda wire: wire.send(data)


def chunk(data: bytes) -> bytes:
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"


def length(value: str) -> bytes:
    return OK + f"Content-Length: {value}\r\n\r\n".encode() + FEED


CASES = (
    Case("silence", lambda wire: time.sleep(PATIENCE), TIMED_OUT, BRIEF),
    Case("drip-status", lambda wire: drip(wire, b"HTTP/1.1 2", b"0"), TIMED_OUT, BRIEF),
    Case("drip-header", lambda wire: drip(wire, OK + b"X-Slow: ", b"z"), TIMED_OUT, BRIEF),
    Case("drip-headers", lambda wire: drip(wire, OK, b"X-Slow: z\r\n", 0.3), TIMED_OUT, BRIEF),
    Case("drip-body", lambda wire: drip(wire, OK + b"\r\n" + FEED, b" "), TIMED_OUT, BRIEF),
    Case("drip-chunks", lambda wire: drip(wire, CHUNKED + chunk(FEED), chunk(b" ")), TIMED_OUT, BRIEF),
    Case("drip-continue", lambda wire: drip(wire, b"", b"HTTP/1.1 100 Continue\r\n\r\n"), TIMED_OUT, BRIEF),
    Case("endless-body", lambda wire: flood(wire, OK + b"\r\n"), TOO_LARGE),
    Case("endless-chunks", lambda wire: flood(wire, CHUNKED, chunk(FLOOD)), TOO_LARGE),
    Case("endless-header", lambda wire: flood(wire, OK + b"X: ", b"y" * 65_536), BROKEN),
    Case("endless-headers", lambda wire: flood(wire, OK, b"X-Many: y\r\n"), BROKEN),
    Case("endless-chunk-size", lambda wire: flood(wire, CHUNKED, b"0" * 65_536), BROKEN),
    Case("length-too-long", say(length(str(len(FEED) + 100))), PART),
    Case("length-too-short", say(length(str(len(FEED) - 17))), Expect(items=3)),
    Case("length-negative", say(length("-1")), READ),
    Case("length-no-number", say(length("many")), READ),
    Case("length-absent", say(OK + b"\r\n" + FEED), READ),
    Case("length-huge", say(length("99999999999999")), PART),
    Case("lengths-differ", say(OK + b"Content-Length: 5\r\nContent-Length: 7\r\n\r\n" + FEED), BROKEN),
    Case("chunks", say(CHUNKED + chunk(FEED[:90]) + chunk(FEED[90:]) + b"0\r\n\r\n"), READ),
    Case("chunk-cut-off", say(CHUNKED + chunk(FEED)[:-20]), Expect(items=3, complete=False)),
    Case("chunks-without-end", say(CHUNKED + chunk(FEED)), PART),
    Case("chunk-size-no-number", say(CHUNKED + b"zz\r\n" + FEED), BROKEN),
    Case("chunk-size-negative", say(CHUNKED + b"-5\r\n" + FEED), PART),
    Case("closes-at-once", lambda wire: None, BROKEN),
    Case("closes-in-header", say(b"HTTP/1.1 200 OK\r\nContent-Ty"), Expect(error="ParseError")),
    Case("garbage", say(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 not http\r\n\r\n"), BROKEN),
    Case("no-status-line", say(FEED), BROKEN),
    Case("strange-version", say(b"HTTP/9.9 200 OK\r\n\r\n" + FEED), BROKEN),
    Case("header-without-colon", say(OK + b"nonsense\r\n\r\n" + FEED), READ),
    Case("header-of-bytes", say(OK + b"X-Name: \xff\xfe\x80\r\n\r\n" + FEED), READ),
    Case("bare-line-feeds", say((OK + b"\r\n").replace(b"\r\n", b"\n") + FEED), READ),
    Case("head-of-200-without-body", Fixed(b""), Expect(error="ParseError", words="empty")),
)
