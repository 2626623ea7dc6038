"""Every format of feed, right and under a wrong name; and what is no feed at all."""

from __future__ import annotations

import json

from tests.hostile.case import FEED, READ, Case, Expect, Fixed, rss, story

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title><id>f</id><updated>2025-08-01T00:00:00Z</updated>
<entry><title type="text">a &lt;b&gt; c</title><id>1</id><link href="https://news.example/1"/></entry>
<entry><title type="html">a &lt;b&gt;d&lt;/b&gt;</title><id>2</id><link rel="alternate" href="https://news.example/2"/></entry>
<entry><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">a <em>e</em></div></title><id>3</id></entry>
</feed>"""
ATOM03 = """<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>F</title><entry><title>T</title><id>1</id>
<link rel="alternate" type="text/html" href="https://news.example/1"/><issued>2004-08-01T00:00:00Z</issued></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<channel rdf:about="https://news.example/"><title>F</title><link>https://news.example/</link></channel>
<item rdf:about="https://news.example/1"><title>T</title><link>https://news.example/1</link></item></rdf:RDF>"""
RSS090 = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/">
<channel><title>F</title></channel><item><title>T</title><link>https://news.example/1</link></item></rdf:RDF>"""
NEWS_MAP = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://news.example/1</loc><news:news><news:publication><news:name>F</news:name></news:publication>
<news:publication_date>2025-08-01T22:10:00Z</news:publication_date><news:title>T</news:title></news:news></url></urlset>"""
MAP_OF_MAPS = '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap/></sitemapindex>'
PAGE = b"<!DOCTYPE html><html><head><title>Sorry</title></head><body><h1>Something went wrong</h1></body></html>"
ONE = Expect(items=1, titles=("T",))
NO_FEED = Expect(error="ParseError")


def json_feed(version: str, **item: object) -> Fixed:
    feed = {
        "version": f"https://jsonfeed.org/version/{version}",
        "title": "F",
        "items": [{"id": "1", "title": "T", **item}],
    }
    return Fixed(json.dumps(feed).encode(), "application/feed+json")


def under(kind: str) -> Fixed:
    return Fixed(FEED, kind)


CASES = (
    Case("rss-0.90", Fixed(RSS090.encode()), ONE),
    Case("rss-0.91", Fixed(FEED.replace(b'"2.0"', b'"0.91"')), READ),
    Case("rss-0.92", Fixed(FEED.replace(b'"2.0"', b'"0.92"')), READ),
    Case("rss-1.0", Fixed(RDF.encode()), ONE),
    Case("rss-without-version", Fixed(FEED.replace(b' version="2.0"', b"")), READ),
    Case("atom-0.3", Fixed(ATOM03.encode()), ONE),
    Case("atom-1.0", Fixed(ATOM.encode()), Expect(items=3, titles=("a <b> c", "a d", "a e"))),
    Case("json-feed-1.0", json_feed("1", url="https://news.example/1", author={"name": "A"}), ONE),
    Case("json-feed-1.1", json_feed("1.1", url="https://news.example/1", authors=[{"name": "A"}]), ONE),
    Case("json-feed-odd-types", json_feed("1.1", id=17, url=None, authors="A", date_published=5), ONE),
    Case("json-of-another-kind", Fixed(b'{"error": "no such feed"}', "application/json"), NO_FEED),
    Case("json-list", Fixed(b"[1, 2]", "application/json"), NO_FEED),
    Case("json-broken", Fixed(b'{"items": [', "application/json"), NO_FEED),
    Case("json-nested-deep", Fixed(b'{"items": ' + b"[" * 400_000), NO_FEED),
    Case("json-items-no-objects", Fixed(b'{"items": [1, null, {"id": "1", "title": "T"}]}'), ONE),
    Case("news-sitemap", Fixed(NEWS_MAP.encode(), "application/xml"), ONE),
    Case(
        "sitemap-of-sitemaps",
        Fixed(MAP_OF_MAPS.encode(), "application/xml"),
        Expect(error="ParseError", words="sitemaps"),
    ),
    Case("named-html", under("text/html"), READ),
    Case("named-text", under("text/plain"), READ),
    Case("named-picture", under("image/png"), READ),
    Case("named-json", under("application/json"), READ),
    Case("named-nonsense", under(";;;=,,"), READ),
    Case("named-nothing", under(""), READ),
    Case("error-page-as-feed", Fixed(PAGE), Expect(error="ParseError", words="web page")),
    Case("error-page-as-html", Fixed(PAGE, "text/html"), Expect(error="ParseError", words="web page")),
    Case("plain-words", Fixed(b"No feed here.", "text/plain"), NO_FEED),
    Case("picture", Fixed(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 99), NO_FEED),
    Case("address-as-body", Fixed(b"http://127.0.0.1/feed"), NO_FEED),
    Case("file-name-as-body", Fixed(b"/etc/passwd"), NO_FEED),
    Case("channel-only", Fixed(b"<rss><channel><title>F</title></channel></rss>"), Expect(items=0)),
    Case(
        "feed-with-style-sheet",
        Fixed(rss(story(1), prolog='<?xml version="1.0"?><?xml-stylesheet href="x"?>')),
        Expect(items=1),
    ),
)
