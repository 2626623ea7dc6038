"""The one function that opens an address of the web."""

from __future__ import annotations

import io
import os
import socket
import ssl
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeout
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin, urlsplit

import requests
import urllib3.exceptions
from requests import exceptions as refusals
from requests.cookies import RequestsCookieJar, extract_cookies_to_jar
from requests_hardened.ip_filter import InvalidIPAddress
from urllib3.response import BaseHTTPResponse
from urllib3.util.ssl_match_hostname import CertificateError

from ingest.errors import BadCertificate, FetchError, RefusedAddress, TimedOut, TooLarge, Unresolved
from ingest.fetch.adapter import PublicAdapter, Sockets
from ingest.fetch.policy import ACCEPT_PAGE, FetchPolicy
from ingest.types import Response

REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT_REDIRECTS = frozenset({301, 308})
CHUNK_BYTES = 65_536
LONGEST_URL = 8_000

# What a library's error means to us; the first line that fits the error or one of its causes is taken.
_TRANSLATIONS: tuple[tuple[type[Exception] | tuple[type[Exception], ...], type[FetchError], str], ...] = (
    (InvalidIPAddress, RefusedAddress, "The host is at a private address."),
    (refusals.InvalidSchema, RefusedAddress, "Only http and https addresses are opened."),
    (refusals.MissingSchema, RefusedAddress, "The address does not say http or https."),
    (socket.gaierror, Unresolved, "The name of the host leads nowhere."),
    (UnicodeError, Unresolved, "The name of the host is not a valid name."),
    (ConnectionRefusedError, FetchError, "The server accepts no connections."),
    ((ssl.SSLError, CertificateError), BadCertificate, "The server's certificate or encryption cannot be trusted."),
    (refusals.Timeout, TimedOut, "The server did not answer in time."),
    (urllib3.exceptions.TimeoutError, TimedOut, "The server stopped in the middle of its answer."),
    (urllib3.exceptions.DecodeError, FetchError, "The body is not compressed the way its header says."),
    (urllib3.exceptions.InvalidHeader, FetchError, "The headers of the answer contradict each other."),
    (refusals.InvalidURL, RefusedAddress, "This is not an address."),
    (urllib3.exceptions.LocationValueError, RefusedAddress, "This is not an address."),
)


@dataclass(slots=True)
class _Trail:
    """How far redirects have led: to `url`. `answered` is the last address that was asked, and `permanent_url` the last
    one that permanent redirects alone led to.
    """

    url: str
    answered: str = ""
    permanent_url: str | None = None
    redirects: int = 0
    lasting: bool = True
    left_host: bool = False

    def follow(self, target: str, status: int) -> None:
        """Go on to where a redirect points; secrets stay behind with their host."""
        host, self.url = urlsplit(self.url).netloc, urldefrag(urljoin(self.url, target)).url
        self.left_host = urlsplit(self.url).netloc != host
        if self.left_host:
            self.url = _without_secrets(self.url)
        self.redirects += 1
        self.lasting = self.lasting and status in PERMANENT_REDIRECTS
        self.permanent_url = self.url if self.lasting else self.permanent_url


def fetch_url(
    url: str,
    policy: FetchPolicy,
    *,
    etag: str = "",
    last_modified: str = "",
    accept: str = "",
    stay: bool = False,
) -> Response:
    """Get `url`, following redirects; every status that is not a redirect is an answer, not an error.

    Args:
        url: an http or https address.
        policy: the limits to keep.
        etag, last_modified: the validators of the copy at hand, so that the server may answer 304.
        accept: the Accept header, `ACCEPT_PAGE` where it is empty.
        stay: answer with the redirect that leads to another host in place of following it.

    Raises:
        RefusedAddress: the address, or one redirected to, is private or not of the web.
        TooLarge: the body is over `policy.max_bytes`.
        TimedOut, Unresolved, BadCertificate: as their names say.
        FetchError: anything else that keeps the answer from arriving.
    """
    url = urldefrag(url).url
    headers = {"User-Agent": policy.user_agent, "Accept": accept or ACCEPT_PAGE}
    headers["Accept-Encoding"] = "gzip, deflate, br, zstd"
    if etag:
        headers["If-None-Match"] = etag
    if last_modified:
        headers["If-Modified-Since"] = last_modified
    sockets = Sockets()
    future = _get_helper().submit(_fetch, url, policy, headers, sockets, stay)
    return _wait(future, url, policy.deadline_seconds, sockets)


def _get_helper() -> ThreadPoolExecutor:
    """A thread that fetches for this one, because nothing else can leave a name look-up that hangs or a header that
    drips. It is kept for the next fetch, unless it did not come back from this one.
    """
    helper: ThreadPoolExecutor | None = getattr(_own, "helper", None)
    if helper is None:
        helper = _own.helper = ThreadPoolExecutor(max_workers=1, thread_name_prefix="fetch")
    return helper


def _leave_helper() -> None:
    helper: ThreadPoolExecutor | None = _own.__dict__.pop("helper", None)
    if helper is not None:
        helper.shutdown(wait=False)


_own = threading.local()
os.register_at_fork(after_in_child=_own.__dict__.clear)  # threads stay with the parent


def _wait(future: Future[Response], url: str, seconds: float, sockets: Sockets) -> Response:
    try:
        return future.result(timeout=seconds)
    except FutureTimeout as error:
        sockets.cut()
        _leave_helper()
        raise TimedOut(f"No full answer within {seconds:g} seconds.", where=url) from error
    finally:
        del future  # an error in it and this frame would keep each other, and the body read so far, alive


def _fetch(url: str, policy: FetchPolicy, headers: dict[str, str], sockets: Sockets, stay: bool) -> Response:
    started, trail = time.monotonic(), _Trail(url)
    with sockets, PublicAdapter(policy.allow_hosts, policy.ca_file, sockets) as adapter:
        try:
            response = _follow(adapter, trail, policy, headers, stay)
            away = trail.left_host and stay
            body, complete = (b"", True) if away else _read_body(response, policy.max_bytes)
        except (requests.RequestException, urllib3.exceptions.HTTPError, UnicodeError, ValueError) as error:
            raise _in_our_words(error, url) from error
    return Response(
        url=_without_secrets(trail.answered),
        status=response.status,
        headers={name.lower(): response.headers[name] for name in response.headers},
        body=body,
        permanent_url=trail.permanent_url,
        seconds=time.monotonic() - started,
        complete=complete,
        redirects=trail.redirects,
        leads_to=trail.url if away else None,
    )


def _follow(
    adapter: PublicAdapter, trail: _Trail, policy: FetchPolicy, headers: dict[str, str], stay: bool
) -> BaseHTTPResponse:
    """The answer at the end of the redirects, or the first that leads to another host where we are to stay at ours."""
    cookies = RequestsCookieJar()
    while trail.redirects <= policy.max_redirects:
        if len(trail.url) > LONGEST_URL:
            raise RefusedAddress("The address is too long.", where=trail.url[:200])
        request = requests.Request("GET", trail.url, headers, cookies=cookies or None).prepare()
        response, trail.answered = adapter.ask(request, policy.idle_seconds), request.url or ""
        target = _find_target(response)
        if target:
            extract_cookies_to_jar(cookies, request, response)  # type: ignore[no-untyped-call]
            trail.follow(target, response.status)
        if not target or (trail.left_host and stay):
            return response
        response.close()
        if trail.left_host:
            cookies.clear()
    raise FetchError(f"More than {policy.max_redirects} redirects.", where=trail.url)


def _find_target(response: BaseHTTPResponse) -> str:
    """Where an answer redirects to, "" where it does not; the header is often UTF-8, which it must not be."""
    location = response.headers.get("location") if response.status in REDIRECTS else None
    return location.encode("iso-8859-1").decode() if location else ""


def _read_body(response: BaseHTTPResponse, max_bytes: int) -> tuple[bytes, bool]:
    body = io.BytesIO()  # grows in place, and gives its bytes away without a copy
    complete = True
    try:
        # read1 gives what has arrived; a plain read would throw it away when the rest does not come.
        while chunk := response.read1(CHUNK_BYTES, decode_content=True):
            if body.tell() + len(chunk) > max_bytes:
                body.close()  # an error holds on to all that the function knew
                raise TooLarge(f"The body is over {max_bytes:,} bytes.", where=response.url or "")
            body.write(chunk)
    except urllib3.exceptions.ProtocolError:
        if not body.tell():
            raise
        complete = False
    return body.getvalue(), complete


def _without_secrets(url: str) -> str:
    """The address without a user name and password."""
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def _in_our_words(error: Exception, url: str) -> FetchError:
    """The error of a library as one of ours, in words an operator understands."""
    causes = _causes(error)
    kinds = tuple(type(cause) for cause in causes)
    for known, ours, words in _TRANSLATIONS:
        if any(issubclass(kind, known) for kind in kinds):
            return ours(words, where=url)
    if isinstance(error, ValueError):
        return RefusedAddress("This is not an address.", where=url)
    return FetchError(f"The server broke off: {causes[-1]}", where=url)


def _causes(error: BaseException) -> list[BaseException]:
    causes = [error]
    while cause := causes[-1].__cause__ or causes[-1].__context__:
        causes.append(cause)
    return causes
