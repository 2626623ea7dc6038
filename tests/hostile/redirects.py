"""Redirects: loops, chains, private addresses in every notation, what may not be carried along."""

from __future__ import annotations

from tests.hostile.case import FEED, READ, Answer, Case, Expect, Fixed, Wire, rss, story

PRIVATE = {
    "loopback": "127.0.0.1",
    "decimal": "2130706433",
    "octal": "0177.0.0.1",
    "hexadecimal": "0x7f000001",
    "mixed": "0x7f.1",
    "short": "127.1",
    "other-loopback": "127.66.66.66",
    "ipv6-loopback": "[::1]",
    "ipv6-mapped": "[::ffff:127.0.0.1]",
    "ipv6-mapped-hex": "[::ffff:7f00:1]",
    "ipv6-compatible": "[::127.0.0.1]",
    "nat64": "[64:ff9b::7f00:1]",
    "nat64-local": "[64:ff9b:1::7f00:1]",
    "6to4": "[2002:7f00:1::]",
    "teredo": "[2001:0:7f00:1::]",
    "unique-local": "[fd12:3456::1]",
    "site-local": "[fec0::1]",
    "link-local-6": "[fe80::1]",
    "unspecified-6": "[::]",
    "multicast-6": "[ff02::1]",
    "metadata": "169.254.169.254",
    "ten": "10.0.0.1",
    "one-nine-two": "192.168.1.1",
    "one-seven-two": "172.16.0.1",
    "cgnat": "100.64.0.1",
    "this-host": "0.0.0.0",  # noqa: S104  (an address to refuse, not to bind to)
    "zero": "0",
    "multicast": "224.0.0.1",
    "reserved": "240.0.0.1",
    "broadcast": "255.255.255.255",
    "benchmark-net": "198.18.0.1",
    "documentation-net": "192.0.2.1",
    "name": "localhost",
    "behind-user-name": "news.example@127.0.0.1",
}
NO_NAMES = {
    "full-stop": "127.0.0.1.",
    "full-width": "%EF%BC%91%EF%BC%92%EF%BC%97.0.0.1",
    "long-label": "a" * 70 + ".example",
    "empty-label": "a..example",
}
NOT_WEB = (
    "file:///etc/passwd",
    "ftp://127.0.0.1/x",
    "gopher://127.0.0.1:70/_x",
    "javascript:alert(1)",
    "data:text/xml,x",
)
REFUSED = Expect(error="RefusedAddress")


def to(target: str, status: int = 302) -> Answer:
    """A redirect; {base} in `target` is the server's address."""

    def answer(wire: Wire) -> None:
        Fixed(status=status, headers={"Location": target.format(base=wire.base)})(wire)

    return answer


def count_down(wire: Wire) -> None:
    """/name/N redirects to /name/N-1; /name/0 is the feed."""
    _, name, left = wire.path.split("/")
    if left == "0":
        Fixed(FEED)(wire)
    else:
        to(f"/{name}/{int(left) - 1}", 301)(wire)


def first_permanent(wire: Wire) -> None:
    """301, then 302, then the feed."""
    step = wire.path.rpartition("/")[2]
    if step == "b":
        to("/mixed-chain/c", 302)(wire)
    elif step == "c":
        Fixed(FEED)(wire)
    else:
        to("/mixed-chain/b", 301)(wire)


def show_secrets(wire: Wire) -> None:
    """A feed whose one title is the Cookie and Authorization headers that came."""
    seen = wire.headers.get("cookie", "-") + " " + wire.headers.get("authorization", "-")
    Fixed(rss(story(1, seen)))(wire)


def set_cookie_and_leave(wire: Wire) -> None:
    """Set a cookie and redirect to the same server under its other name."""
    other = wire.base.replace("127.0.0.1", "localhost")
    Fixed(status=302, headers={"Location": f"{other}/show-secrets", "Set-Cookie": "id=1; Path=/"})(wire)


def wants_cookie(wire: Wire) -> None:
    """A feed only for who brings back the cookie that the first visit set."""
    if "seen=1" in wire.headers.get("cookie", ""):
        Fixed(FEED)(wire)
    else:
        Fixed(status=302, headers={"Location": wire.path, "Set-Cookie": "seen=1; Path=/"})(wire)


CASES = (
    *(Case(f"to-private-{name}", to(f"http://{host}/feed"), REFUSED) for name, host in PRIVATE.items()),
    *(Case(f"to-{url.partition(':')[0]}", to(url), REFUSED) for url in NOT_WEB),
    Case("to-other-port", to("http://1.1.1.1:8080/"), Expect(error="RefusedAddress", words="Port 8080")),
    Case("to-ssh-port", to("http://1.1.1.1:22/"), Expect(error="RefusedAddress", words="Port 22")),
    Case("to-bad-port", to("http://1.1.1.1:99999/"), REFUSED),
    Case("to-broken-ipv6", to("http://[::1/"), REFUSED),
    *(Case(f"to-no-name-{name}", to(f"http://{host}/"), Expect(error="Unresolved")) for name, host in NO_NAMES.items()),
    Case("to-long-address", to("/" + "a" * 9000), REFUSED),
    Case("loop", to("/loop"), Expect(error="FetchError", words="redirects")),
    Case(
        "chain-of-five", count_down, Expect(items=3, permanent="{base}/chain-of-five/0"), start="{base}/chain-of-five/5"
    ),
    Case("chain-of-six", count_down, Expect(error="FetchError", words="redirects"), start="{base}/chain-of-six/6"),
    Case("mixed-chain", first_permanent, Expect(items=3, permanent="{base}/mixed-chain/b")),
    Case("without-location", Fixed(status=302), Expect(status=302)),
    Case("empty-location", Fixed(status=302, headers={"Location": ""}), Expect(status=302)),
    Case("multiple-choices", Fixed(FEED, status=300, headers={"Location": "/x"}), Expect(status=300)),
    Case("to-fragment", to("{base}/plain-feed#top"), READ),
    Case("relative", to("plain-feed"), READ),
    Case("plain-feed", Fixed(FEED), READ),
    Case("own-cookie", wants_cookie, READ),
    Case("show-secrets", show_secrets, Expect(titles=("- -",))),
    Case("foreign-cookie", set_cookie_and_leave, Expect(titles=("- -",))),
    Case(
        "foreign-credentials",
        lambda wire: to(wire.base.replace("127.0.0.1", "localhost") + "/show-secrets")(wire),
        Expect(titles=("- -",)),
        start="{login}/foreign-credentials",
    ),
    Case("own-credentials", show_secrets, Expect(titles=("- Basic dXNlcjpwYXNz",)), start="{login}/own-credentials"),
    Case(
        "credentials-given-in-redirect",
        lambda wire: to(wire.base.replace("//127.0.0.1", "//user:pass@localhost") + "/show-secrets")(wire),
        Expect(titles=("- -",)),
    ),
)
