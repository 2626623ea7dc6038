"""XML that is broken, or built to break who reads it."""

from __future__ import annotations

from tests.hostile.case import FEED, READ, Case, Expect, Fixed, rss, story

PROLOG = '<?xml version="1.0"?>'
TEN_MEGABYTES = 9_900_000
NO_FEED = Expect(error="ParseError")


def laughs(depth: int = 12) -> str:
    """Nested entities that would come to 10**depth characters."""
    rows = "".join(f'<!ENTITY e{level} "{f"&e{level - 1};" * 10}">' for level in range(1, depth))
    return f'<!DOCTYPE rss [<!ENTITY e0 "ha">{rows}]>'


def doctype(declarations: str, title: str) -> bytes:
    """A feed with a document type, whose item's title is `title`, and a second sound item."""
    return rss(story(1, title), story(2), prolog=f"{PROLOG}<!DOCTYPE rss [{declarations}]>")


def fill(start: bytes, piece: bytes, end: bytes = b"", size: int = TEN_MEGABYTES) -> bytes:
    return start + piece * (size // len(piece)) + end


def broken(old: str, new: str) -> Fixed:
    return Fixed(FEED.decode().replace(old, new, 1).encode())


OPEN = rss(story(1)).replace(b"</item></channel></rss>", b"")
SHUT = b"</item></channel></rss>"
FILES = '<!ENTITY x SYSTEM "file:///etc/passwd">'
WEB = '<!ENTITY x SYSTEM "http://127.0.0.1:{port}/x">'

CASES = (
    Case("billion-laughs", Fixed(rss(story(1, "&e11;"), story(2), prolog=PROLOG + laughs())), Expect(items=2)),
    Case(
        "quadratic-blowup",
        Fixed(doctype('<!ENTITY a "' + "a" * 50_000 + '">', "&a;" * 50_000)),
        Expect(items=2),
    ),
    Case("external-entity-file", Fixed(doctype(FILES, "a &x; b")), Expect(items=2, titles=("a &x; b", "Story 2"))),
    Case("external-entity-web", Fixed(doctype(WEB, "a &x; b")), Expect(items=2, titles=("a &x; b", "Story 2"))),
    Case(
        "external-dtd",
        Fixed(rss(story(1), prolog=f'{PROLOG}<!DOCTYPE rss SYSTEM "http://127.0.0.1/x.dtd">')),
        Expect(items=1),
    ),
    Case("parameter-entity", Fixed(doctype('<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;', "a")), Expect(items=2)),
    Case("internal-entity", Fixed(doctype('<!ENTITY co "Corp">', "A &co; b")), Expect(items=2, titles=("A Corp b",))),
    Case("html-entities", Fixed(rss(story(1, "a&nbsp;b &mdash; c&hellip;"))), Expect(titles=("a b — c…",))),
    Case("bare-ampersands", Fixed(rss(story(1, "AT&T & Co"), story(2))), Expect(items=2, titles=("AT&T & Co",))),
    Case("bare-less-than", Fixed(rss(story(1, "a < b"), story(2))), Expect(items=2)),
    Case("unclosed-tag", broken("</title><link>", "<link>"), Expect(items=3)),
    Case(
        "crossed-tags", broken("</title><link>https://news.example/1</link>", "<link>x</title></link>"), Expect(items=3)
    ),
    Case("cut-in-item", Fixed(FEED[:-60]), Expect(items=3)),
    Case("cut-in-tag", Fixed(FEED[:-20]), Expect(items=3)),
    Case(
        "two-roots", Fixed(FEED + rss(story(9)).partition(b"?>")[2]), Expect(titles=("Story 1", "Story 2", "Story 3"))
    ),
    Case("space-before-prolog", Fixed(b"\n\n  " + FEED), READ),
    Case("warning-before-prolog", Fixed(b"<br />\n<b>Warning</b>: include() on line 3<br />\n" + FEED), READ),
    Case("comment-before-root", Fixed(FEED.replace(b"?>", b"?><!-- built -- by hand -->", 1)), READ),
    Case("page-after-feed", Fixed(FEED + b"<script>track()</script>"), READ),
    Case("nul-bytes", Fixed(FEED.replace(b"Story", b"St\0ory")), READ),
    Case("control-characters", Fixed(FEED.replace(b"Story 2", b"Sto\x08ry\x1b 2")), READ),
    Case("surrogate-reference", Fixed(FEED.replace(b"Story 2", b"Story &#xD800;2")), Expect(items=3)),
    Case("reference-out-of-range", Fixed(FEED.replace(b"Story 2", b"Story &#x110000FF;2")), Expect(items=3)),
    Case("upper-case-tags", Fixed(FEED.replace(b"item", b"ITEM").replace(b"title", b"TITLE")), Expect(items=3)),
    Case("wrong-namespace", Fixed(FEED.replace(b"<rss ", b'<rss xmlns="http://x.example/ns" ')), Expect(items=3)),
    Case("undeclared-prefix", Fixed(FEED.replace(b"<guid>", b"<dc:creator>A</dc:creator><guid>")), READ),
    Case("nested-deep", Fixed(fill(OPEN, b"<a>")), Expect(error="ParseError", words="too much memory")),
    Case("nested-deep-small", Fixed(fill(OPEN, b"<a>", SHUT, 60_000)), Expect(items=1)),
    Case("many-attributes", Fixed(fill(OPEN + b"<a ", b'b="c" ', b"/>" + SHUT)), NO_FEED),
    Case("long-attribute", Fixed(fill(OPEN + b'<a b="', b"c", b'"/>' + SHUT)), Expect(items=1)),
    Case("long-text", Fixed(fill(OPEN + b"<description>", b"word ", b"</description>" + SHUT)), Expect(items=1)),
    Case("many-references", Fixed(fill(OPEN, b"&amp;", SHUT, 400_000)), Expect(items=1)),
    Case("many-empty-items", Fixed(fill(b"<rss><channel>", b"<item/>", b"</channel></rss>", 100_000)), Expect(items=1)),
    Case("only-spaces", Fixed(b" " * 1_000_000), Expect(error="ParseError", words="empty")),
    Case("only-nul", Fixed(bytes(1_000_000)), Expect(error="ParseError", words="empty")),
    Case("only-angle-brackets", Fixed(b"<" * 20_000), NO_FEED),
)
