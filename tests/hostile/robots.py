"""robots.txt in every state it has been seen in, and whether a page may be opened then."""

from __future__ import annotations

from tests.hostile.case import Answer, Fixed, Wire
from tests.hostile.wire import OK, drip, flood

FORBIDS = b"User-agent: *\nDisallow: /\n"
FILLING = b"Disallow: /nothing-of-ours\n" * 30_000  # some 800 kB: more than has to be read
TYPE = "text/plain"


def lead_away(wire: Wire) -> None:
    """A redirect to a rule that forbids."""
    if wire.path == "/robots.txt":
        Fixed(status=301, headers={"Location": "/robots.txt/moved"})(wire)
    else:
        Fixed(FORBIDS, TYPE)(wire)


FORBIDDEN: dict[str, Answer] = {
    "forbids": Fixed(FORBIDS, TYPE),
    "forbids-as-html": Fixed(FORBIDS, "text/html"),
    "forbids-after-byte-order-mark": Fixed(b"\xef\xbb\xbf" + FORBIDS, TYPE),
    "forbids-with-carriage-returns": Fixed(FORBIDS.replace(b"\n", b"\r"), TYPE),
    "forbids-at-the-head-of-a-huge-file": Fixed(FORBIDS + FILLING, TYPE),
    "forbids-after-a-redirect": lead_away,
}
UNKNOWN: dict[str, Answer] = {
    "answers-500": Fixed(status=500),
    "answers-503": Fixed(status=503),
    "answers-429": Fixed(status=429),
    "drips": lambda wire: drip(wire, OK + b"\r\n", b"#"),
    "never-ends": lambda wire: flood(wire, OK + b"\r\n"),
    "redirects-to-itself": Fixed(status=302, headers={"Location": "/robots.txt"}),
    "breaks-off": lambda wire: None,
}
ALLOWED: dict[str, Answer] = {
    "answers-404": Fixed(status=404),
    "answers-401": Fixed(status=401),
    "answers-403": Fixed(status=403),
    "is-empty": Fixed(b"", TYPE),
    "is-a-page": Fixed(b"<!DOCTYPE html><title>Hello</title><p>Disallow: /", "text/html"),
    "is-a-picture": Fixed(b"\x89PNG\r\n" + bytes(range(256)) * 40, "image/png"),
    "forbids-beyond-what-has-to-be-read": Fixed(b"User-agent: *\n" + FILLING + FORBIDS, TYPE),
    "forbids-others": Fixed(FORBIDS.replace(b"*", b"OtherBot"), TYPE),
    "leads-to-a-private-address": Fixed(status=302, headers={"Location": "http://10.0.0.1/robots.txt"}),
}
