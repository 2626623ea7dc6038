"""What goes out of the one door, what comes in, and who is let through."""

import datetime
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import trustme
from pytest_socket import SocketConnectBlockedError

from ingest.errors import BadCertificate, FetchError, RefusedAddress, TimedOut, Unresolved
from ingest.fetch import FetchPolicy, fetch_url
from tests.hostile.case import FEED, Case, Expect, Fixed, Wire
from tests.hostile.server import HostileServer

PUBLIC, PRIVATE = "93.184.215.14", "127.0.0.1"
AGENT = "aiwatch-tests/1.0 (+https://robots.example)"


def echo(wire: Wire) -> None:
    """Answer with the request's headers."""
    Fixed("\n".join(f"{name}: {value}" for name, value in sorted(wire.headers.items())).encode(), "text/plain")(wire)


CASES = [Case("echo", echo, Expect()), Case("feed", Fixed(FEED, headers={"ETag": '"1"', "X-Two": "a"}), Expect())]


@pytest.fixture
def server() -> Iterator[HostileServer]:
    with HostileServer(CASES) as running:
        yield running


@pytest.fixture
def policy(server: HostileServer) -> FetchPolicy:
    return FetchPolicy(AGENT, frozenset({server.host}), deadline_seconds=10)


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Answer look-ups of names that end in .example: each takes the next of the addresses given, the last for ever."""
    really = socket.getaddrinfo

    def set_answers(*addresses: str) -> list[str]:
        asked: list[str] = []

        def look_up(host: str, port: int, *args: Any, **kwargs: Any) -> Any:
            if not host.endswith(".example"):
                return really(host, port, *args, **kwargs)
            address = addresses[min(len(asked), len(addresses) - 1)]
            asked.append(host)
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

        monkeypatch.setattr(socket, "getaddrinfo", look_up)
        return asked

    return set_answers


def test_says_who_asks_and_what_it_has(server: HostileServer, policy: FetchPolicy) -> None:
    url = f"{server.base}/echo#part"
    response = fetch_url(url, policy, etag='"1"', last_modified="Fri, 01 Aug 2025 22:10:00 GMT", accept="text/x")
    sent = dict(line.split(": ", 1) for line in response.body.decode().splitlines())
    assert sent["user-agent"] == AGENT
    assert sent["if-none-match"] == '"1"'
    assert sent["if-modified-since"] == "Fri, 01 Aug 2025 22:10:00 GMT"
    assert sent["accept"] == "text/x"
    assert sent["accept-encoding"] == "gzip, deflate, br, zstd"
    assert response.url == f"{server.base}/echo"


def test_header_names_are_lower_case(server: HostileServer, policy: FetchPolicy) -> None:
    response = fetch_url(f"{server.base}/feed", policy)
    assert (response.headers["etag"], response.headers["x-two"]) == ('"1"', "a")
    assert response.content_type == "application/rss+xml"
    assert response.permanent_url is None
    assert 0 < response.seconds < 10


def test_proxies_and_password_files_of_the_machine_play_no_part(
    server: HostileServer, policy: FetchPolicy, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login user password secret\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    assert b"authorization" not in fetch_url(f"{server.base}/echo", policy).body


def test_nothing_private_is_opened_unless_allowed(server: HostileServer) -> None:
    for allowed in (
        frozenset[str](),
        frozenset({"127.0.0.1:1"}),
        frozenset({"127.0.0.1"}),
        frozenset({server.other_host}),
    ):
        with pytest.raises(RefusedAddress):
            fetch_url(f"{server.base}/feed", FetchPolicy(AGENT, allowed))


@pytest.mark.parametrize("address", [PRIVATE, "10.1.2.3", "169.254.169.254", "100.64.0.7", "0.0.0.0"])  # noqa: S104
def test_a_name_that_leads_to_a_private_address_is_refused(names: Callable[..., list[str]], address: str) -> None:
    names(address)
    with pytest.raises(RefusedAddress):
        fetch_url("http://rebind.example/", FetchPolicy(AGENT))


@pytest.mark.filterwarnings("ignore:A test tried to use socket")
def test_a_name_that_changes_its_answer_is_asked_once(names: Callable[..., list[str]]) -> None:
    asked = names(PUBLIC, PRIVATE)
    with pytest.raises(SocketConnectBlockedError, match=PUBLIC):  # the tests' own guard: it went to the judged address
        fetch_url("http://rebind.example/", FetchPolicy(AGENT, deadline_seconds=5))
    assert asked == ["rebind.example"]


def test_a_look_up_that_hangs_ends_at_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    released = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: released.wait(20) and None)
    with pytest.raises(TimedOut):
        fetch_url("http://slow.example/", FetchPolicy(AGENT, deadline_seconds=0.3))
    released.set()


@pytest.mark.parametrize(
    ("url", "error"),
    [
        ("http://no-such-name.invalid/", Unresolved),
        ("ftp://news.example/", RefusedAddress),
        ("news.example/feed", RefusedAddress),
        ("", RefusedAddress),
        ("http://", RefusedAddress),
        ("http://news.example:22/", RefusedAddress),
        ("http://[::1", RefusedAddress),
        ("http://news.example:port/", RefusedAddress),
    ],
)
def test_addresses_that_cannot_be_opened(url: str, error: type[FetchError]) -> None:
    with pytest.raises(error) as caught:
        fetch_url(url, FetchPolicy(AGENT))
    assert caught.value.permanent is (error is RefusedAddress)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def tls_server(certificate: trustme.LeafCert) -> HostileServer:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return HostileServer(CASES, context)


def fetch_over_tls(certificate: trustme.LeafCert, ca_file: Path | None) -> bytes:
    with tls_server(certificate) as server:
        policy = FetchPolicy(AGENT, frozenset({server.host}), ca_file=str(ca_file or ""))
        return fetch_url(f"{server.base}/feed", policy).body


@pytest.fixture
def ca_file(authority: trustme.CA, tmp_path: Path) -> Path:
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    return tmp_path / "ca.pem"


def test_a_trusted_certificate_is_trusted(authority: trustme.CA, ca_file: Path) -> None:
    assert fetch_over_tls(authority.issue_cert("127.0.0.1"), ca_file) == FEED


def test_other_certificates_are_not(authority: trustme.CA, ca_file: Path) -> None:
    long_ago = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    expired = authority.issue_cert("127.0.0.1", not_before=long_ago, not_after=long_ago + datetime.timedelta(days=9))
    for certificate, trusted in (
        (authority.issue_cert("127.0.0.1"), None),
        (authority.issue_cert("other.example"), ca_file),
        (trustme.CA().issue_cert("127.0.0.1"), ca_file),
        (expired, ca_file),
    ):
        with pytest.raises(BadCertificate):
            fetch_over_tls(certificate, trusted)


def test_plain_http_where_tls_should_be(server: HostileServer, policy: FetchPolicy) -> None:
    with pytest.raises(BadCertificate):
        fetch_url(server.base.replace("http:", "https:") + "/feed", policy)
