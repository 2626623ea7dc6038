"""Feeds whose items lack things, repeat themselves, lie, or want to do harm."""

from __future__ import annotations

from tests.hostile.case import Case, Expect, Fixed, rss, story

DATES = """\
Fri, 01 Aug 2025 22:10:00 GMT
Fri, 01 Aug 2025 22:10:00 +0000
Fri, 01 Aug 2025 18:10:00 EDT
Fri, 01 Aug 2025 17:10:00 CDT
Fri, 01 Aug 2025 15:10:00 PDT
Fri, 01 Aug 2025 15:10:00 -0700
Fri, 1 Aug 2025 22:10:00 GMT
Fri, 1 Aug 2025 22:10 GMT
Fri,01 Aug 2025 22:10:00 GMT
01 Aug 2025 22:10:00 GMT
1 Aug 2025 22:10:00 Z
01 August 2025 22:10:00 GMT
Friday, 01-Aug-25 22:10:00 GMT
Fri Aug  1 22:10:00 2025
Fri Aug 1 22:10:00 GMT 2025
Fri, Aug 1 2025 22:10:00 GMT
Fri, 01 Aug 25 22:10:00 GMT
Thu, 01 Aug 2025 22:10:00 GMT
Fri, 01 Aug 2025 22:10:00 UT
Fri, 01 Aug 2025 22:10:00 UTC
2025-08-01T22:10:00Z
2025-08-01T22:10:00.000Z
2025-08-01T22:10:00.123456789Z
2025-08-01T22:10:00+00:00
2025-08-02T00:10:00+02:00
2025-08-02T00:10:00+0200
2025-08-01T22:10Z
2025-08-01 22:10:00
2025-08-01 22:10:00 UTC
2025-08-01 22:10:00 +0000
2025-08-01 22:10
20250801T221000Z
20250801T22:10:00Z
2025/08/01 22:10:00
August 1, 2025 22:10
August 1, 2025 10:10 PM
Aug 1, 2025 10:10 pm UTC
1 August 2025, 22:10
1 août 2025 22:10
1. August 2025 22:10
vendredi 1 août 2025 22:10
viernes, 1 agosto 2025 22:10:00 GMT""".split("\n")

WILD_DATES = (
    "",
    "yesterday",
    "0000-00-00",
    "99999-01-01",
    "Fri, 32 Foo 2025",
    "-1",
    "1e99",
    "2025-13-45T99:99:99Z",
    "n/a",
)

NO_LINK = Expect(items=1, urls=("",))
SCRIPT = "<script>alert(1)</script>"
ESCAPED_SCRIPT = "&lt;script&gt;alert(1)&lt;/script&gt;"


def linked(link: str) -> str:
    return f"<title>T</title><guid isPermaLink='false'>{hash(link)}</guid><link>{link}</link>"


def dated(dates: tuple[str, ...] | list[str]) -> bytes:
    return rss(*(f"{story(number)}<pubDate>{date}</pubDate>" for number, date in enumerate(dates)))


def titled(title: str, clean: str, name: str) -> Case:
    return Case(f"title-{name}", Fixed(rss(story(1, title))), Expect(items=1, titles=(clean,)))


CASES = (
    Case("hundred-thousand-items", Fixed(rss(*(story(number) for number in range(100_000)))), Expect(items=100_000)),
    Case("no-items", Fixed(rss()), Expect(items=0)),
    Case("item-empty", Fixed(rss("", story(1))), Expect(items=2)),
    Case("item-without-link", Fixed(rss("<title>A</title><guid>1</guid>", story(2))), Expect(items=2)),
    Case("item-without-id", Fixed(rss("<title>A</title><link>https://a.example/</link>", story(2))), Expect(items=2)),
    Case("item-without-title", Fixed(rss("<description>Long words.</description>", story(2))), Expect(items=2)),
    Case("items-of-title-only", Fixed(rss("<title>A</title>", "<title>B</title>")), Expect(items=2, titles=("A", "B"))),
    Case(
        "items-told-apart-by-text-only",
        Fixed(rss("<description>A</description>", "<description>B</description>")),
        Expect(items=2),
    ),
    Case("guid-twice-same-link", Fixed(rss(story(1), story(1, "Changed"))), Expect(items=1)),
    Case(
        "guid-twice-other-link",
        Fixed(rss(story(1), story(1, "Other").replace("example/1", "example/2"))),
        Expect(items=2, titles=("Story 1", "Other")),
    ),
    Case("guid-same-everywhere", Fixed(rss(*(story(n).replace(f"g{n}", "g") for n in range(9)))), Expect(items=9)),
    Case("guid-huge", Fixed(rss(story(1).replace("g1", "g" * 100_000))), Expect(items=1)),
    Case(
        "dates-in-every-format",
        Fixed(dated([date for date in DATES if ".123" not in date])),
        Expect(items=len(DATES) - 1, dates=("2025-08-01T22:10:00+00:00",) * (len(DATES) - 1)),
    ),
    Case("dates-impossible", Fixed(dated(WILD_DATES)), Expect(items=len(WILD_DATES), dates=("",) * len(WILD_DATES))),
    Case(
        "dates-in-the-future",
        Fixed(dated(["Fri, 01 Aug 2199 22:10:00 GMT"])),
        Expect(items=1, dates=("2199-08-01T22:10:00+00:00",)),
    ),
    Case(
        "links-relative",
        Fixed(rss(linked("/a"), linked("b"), linked("?c=d"))),
        Expect(items=3, urls=("{base}/a", "{base}/b", "{base}/links-relative?c=d")),
    ),
    Case("link-javascript", Fixed(rss(linked("javascript:alert(1)"))), NO_LINK),
    Case("link-data", Fixed(rss(linked("data:text/html,x"))), NO_LINK),
    Case("link-broken-ipv6", Fixed(rss(linked("http://[::1"))), NO_LINK),
    Case("link-long", Fixed(rss(linked("https://a.example/" + "a" * 50_000))), NO_LINK),
    Case(
        "link-with-spaces",
        Fixed(rss(linked(" https://a.example/x y\n"))),
        Expect(items=1, urls=("https://a.example/xy",)),
    ),
    titled("&lt;b&gt;Bold&lt;/b&gt; move", "Bold move", "html"),
    titled("<![CDATA[<i>Sly</i> &amp; bold]]>", "Sly & bold", "cdata"),
    titled(f"Before {ESCAPED_SCRIPT} after", "Before after", "script"),
    titled("&lt;img src=x onerror=alert(1)&gt;Picture", "Picture", "event-handler"),
    titled("&lt;svg/onload=alert(1)&gt;Vector", "Vector", "svg"),
    titled("A &lt; B &amp;amp; C", "A < B & C", "escaped-twice"),
    titled("safe \u202egnp.exe\u202c", "safe gnp.exe", "right-to-left-override"),
    titled("Open\u200bAI\u2060 \ufeffcut\u00adoff", "OpenAI cutoff", "zero-width"),
    titled("שלום API", "שלום API", "hebrew"),
    titled("\u0915\u094d\u200d\u0937", "\u0915\u094d\u200d\u0937", "joiner-that-belongs"),
    titled("Cafe\u0301", "Café", "combining"),
    titled("Line\n\tbreaks   and  spaces", "Line breaks and spaces", "blanks"),
    titled("x" * 100_000, "x" * 499 + "…", "huge"),
    Case(
        "body-with-script",
        Fixed(rss(story(1) + f"<description><![CDATA[<p onclick='x()'>Hi</p>{SCRIPT}]]></description>")),
        Expect(items=1, bodies=("Hi",)),
    ),
)
