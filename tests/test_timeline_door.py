"""The door before Django: what is ready is sent from the WSGI environment alone, and is all that Django would send."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import brotli
import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import OperationalError, close_old_connections
from django.test import RequestFactory

from tests.factories import make_actor, make_event
from timeline import asked, kept, services

SAFE = ("X-Content-Type-Options", "Referrer-Policy", "Content-Security-Policy", "X-Frame-Options")


@dataclass
class Told:
    """What was answered, and whether Django had to be asked."""

    status: str
    headers: dict[str, str]
    body: bytes
    by_django: bool


@pytest.fixture
def ask(db: None) -> Iterator[Callable[..., Told]]:
    """Asks the site as a server does: the door first. The test's transaction outlives the request."""
    site = get_wsgi_application()
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)

    def ask(address: str, **headers: str) -> Told:
        told = Told("", {}, b"", by_django=False)

        def count(environ: Any, start_response: Any) -> Iterable[bytes]:
            told.by_django = True
            return site(environ, start_response)

        def start_response(status: str, headers: list[tuple[str, str]], *_: object) -> None:
            told.status, told.headers = status, dict(headers)

        environ = RequestFactory().get(address, headers={"host": "localhost", **headers}).environ
        environ["PATH_INFO"] = environ["PATH_INFO"].encode().decode("latin-1")  # as servers give it
        told.body = b"".join(kept.Door(count)(environ, start_response))
        return told

    yield ask
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.mark.parametrize("address", ["/", "/api/v1/events/", "/feed.atom", "/events/2025-08-01-first/"])
def test_what_is_ready_needs_no_django(ask: Callable[..., Told], address: str) -> None:
    make_event("First")
    first, second = ask(address), ask(address)
    known = ask(address, **{"if-none-match": first.headers["ETag"]})
    assert [told.by_django for told in (first, second, known)] == [True, False, False]
    assert (second.status, second.body) == ("200 OK", first.body)
    assert (known.status, known.body, known.headers["ETag"]) == ("304 Not Modified", b"", first.headers["ETag"])
    assert {v.lower() for v in known.headers["Vary"].split(", ")} == {
        v.lower() for v in first.headers["Vary"].split(", ")
    }
    assert second.headers == {name: value for name, value in first.headers.items() if not name.startswith("RateLimit")}
    assert all(name in second.headers for name in SAFE)


def test_a_correction_is_seen_at_once(ask: Callable[..., Told]) -> None:
    event = make_event("First", actors=[(make_actor("Vendor"), "initiator")])
    tag = [ask("/"), ask("/")][1].headers["ETag"]
    services.correct_event(event_id=event.pk, values={"title": "Second"}, by="editor")
    told = ask("/", **{"if-none-match": tag})
    assert (told.status, b"Second" in told.body) == ("200 OK", True)


@pytest.mark.parametrize(
    "headers",
    [
        {"cookie": "sessionid=x"},
        {"cookie": "a=b; sessionid =x"},
        {"authorization": "Bearer x"},
        {"host": "evil.example"},
    ],
)
def test_whoever_is_somebody_or_wrong_goes_through(ask: Callable[..., Told], headers: dict[str, str]) -> None:
    for _ in range(2):
        ask("/about/")
    tag = ask("/about/").headers["ETag"]
    assert ask("/about/", **{"if-none-match": tag}, **headers).by_django


def test_pages_of_other_sites_may_read_what_is_ready(ask: Callable[..., Told]) -> None:
    there = {"origin": "https://a.example"}
    ask("/api/v1/events/")
    first, second = (ask("/api/v1/events/", **there) for _ in range(2))
    known = ask("/api/v1/events/", **there, **{"if-none-match": second.headers["ETag"]})
    assert (first.by_django, second.by_django, known.status) == (True, False, "304 Not Modified")
    for told in (first, second, known):
        assert {name.lower(): value for name, value in told.headers.items()}["access-control-allow-origin"] == "*"


def test_nothing_is_ready_while_the_site_is_closed(ask: Callable[..., Told], settings: Any, tmp_path: Path) -> None:
    settings.MAINTENANCE_NOTE = tmp_path / "note"
    tag = [ask("/"), ask("/")][1].headers["ETag"]
    settings.MAINTENANCE_NOTE.write_text("Back soon.")
    assert ask("/", **{"if-none-match": tag}).status.startswith("503")
    settings.MAINTENANCE_NOTE.unlink()
    assert ask("/").status == "200 OK"


def test_an_address_beyond_ascii_is_one_for_door_and_django(ask: Callable[..., Told]) -> None:
    first, second = (ask("/?q=%C3%A9t%C3%A9") for _ in range(2))
    assert (first.by_django, second.by_django, second.body) == (True, False, first.body)
    assert all(ask("/events/%C3%A9t%C3%A9/").status == "404 Not Found" for _ in range(2))


def test_where_the_database_is_away_django_says_so(ask: Callable[..., Told], monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> int:
        raise OperationalError("away")

    monkeypatch.setattr(asked, "get_version", fail)
    told = ask("/")
    assert (told.by_django, told.status) == (True, "503 Service Unavailable")


def test_bodies_are_packed_as_their_reader_likes(ask: Callable[..., Told]) -> None:
    make_event("First " * 40)
    plain = ask("/feed.atom").body
    packed = {
        wish: ask("/feed.atom", **{"accept-encoding": wish}) for wish in ("gzip, deflate, br", "gzip, br;q=0", "x")
    }
    br, zipped, other = packed.values()
    assert (br.headers["Content-Encoding"], brotli.decompress(br.body)) == ("br", plain)
    assert (zipped.headers["Content-Encoding"], gzip.decompress(zipped.body)) == ("gzip", plain)
    assert other.body == plain
    assert max(len(br.body), len(zipped.body)) < len(plain)
    assert len({told.headers["ETag"] for told in packed.values()}) == 3
