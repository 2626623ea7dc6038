"""Every status that a feed has been seen with."""

from __future__ import annotations

from tests.hostile.case import FEED, READ, Case, Expect, Fixed

ANSWERED = (304, 400, 401, 402, 403, 404, 405, 406, 408, 410, 418, 421, 425, 429, 451)
BROKEN = (500, 501, 502, 503, 504, 508, 520, 521, 599)
ODD = (600, 999)
WITHOUT_FEED = (202, 204, 205, 299)
LATER = {"Retry-After": "120"}

CASES = (
    *(
        Case(
            f"status-{status}",
            Fixed(b"" if status == 304 else b"No.", "text/plain", status, LATER if status in (429, 503) else {}),
            Expect(status=status),
        )
        for status in (*ANSWERED, *BROKEN, *ODD)
    ),
    *(
        Case(f"status-{status}", Fixed(status=status), Expect(error="ParseError", words="empty"))
        for status in WITHOUT_FEED
    ),
    Case("status-203", Fixed(FEED, status=203), Expect(status=203, items=3)),
    Case("status-206", Fixed(FEED, status=206, headers={"Content-Range": "bytes 0-9/99"}), Expect(status=206, items=3)),
    Case("authenticate", Fixed(status=401, headers={"WWW-Authenticate": "Negotiate"}), Expect(status=401)),
    Case("refresh-header", Fixed(FEED, headers={"Refresh": "0; url=http://127.0.0.1/"}), READ),
)
