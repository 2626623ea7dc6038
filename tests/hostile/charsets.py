"""Encodings that header, byte order mark and prolog cannot agree on."""

from __future__ import annotations

import codecs

from tests.hostile.case import Case, Expect, Fixed, rss, story

TITLE = "Café “naïve” – 5 €"
PLAIN = "Café naïve"
RUSSIAN = "Суд запретил доступ"
JAPANESE = "接続を遮断"
CHINESE = "切断接口"
XML = "application/rss+xml"


def feed(title: str, encoding: str, declared: str = "", mark: bytes = b"") -> bytes:
    """A feed in `encoding` whose prolog declares `declared`."""
    prolog = f'<?xml version="1.0" encoding="{declared}"?>' if declared else '<?xml version="1.0"?>'
    return mark + rss(story(1, title), prolog=prolog).decode().encode(encoding)


def case(name: str, body: bytes, title: str, header: str = "") -> Case:
    """A feed whose title is to come out as `title`; `header` is the charset in Content-Type."""
    kind = f"{XML}; charset={header}" if header else XML
    return Case(f"charset-{name}", Fixed(body, kind), Expect(items=1, titles=(title,)))


CASES = (
    case("utf8", feed(TITLE, "utf-8", "utf-8"), TITLE),
    case("mark-against-header", feed(TITLE, "utf-8", "utf-8", codecs.BOM_UTF8), TITLE, "iso-8859-1"),
    case("mark-against-prolog", feed(TITLE, "utf-8", "iso-8859-1", codecs.BOM_UTF8), TITLE),
    case("header-against-prolog", feed(TITLE, "utf-8", "iso-8859-1"), TITLE, "utf-8"),
    case("prolog-against-header", feed(TITLE, "utf-8", "utf-8"), TITLE, "iso-8859-1"),
    case("both-wrong", feed(TITLE, "utf-8", "iso-8859-1"), TITLE, "windows-1252"),
    case("latin1", feed(PLAIN, "latin-1", "iso-8859-1"), PLAIN),
    case("latin1-in-header-only", feed(PLAIN, "latin-1"), PLAIN, "iso-8859-1"),
    case("latin1-said-utf8", feed(PLAIN, "latin-1", "utf-8"), PLAIN),
    case("latin1-unsaid", feed(PLAIN, "latin-1"), PLAIN),
    case("windows-said-latin1", feed(TITLE, "cp1252", "iso-8859-1"), TITLE),
    case("windows-said-latin1-in-header", feed(TITLE, "cp1252"), TITLE, "iso-8859-1"),
    case("windows-said-utf8", feed(TITLE, "cp1252", "utf-8"), TITLE, "utf-8"),
    case("windows-unsaid", feed(TITLE, "cp1252"), TITLE),
    case("windows-said-ascii", feed(TITLE, "cp1252", "us-ascii"), TITLE),
    case("utf16-little", feed(TITLE, "utf-16-le", "utf-16", codecs.BOM_UTF16_LE), TITLE),
    case("utf16-big", feed(TITLE, "utf-16-be", "utf-16", codecs.BOM_UTF16_BE), TITLE),
    case("utf16-without-mark", feed(TITLE, "utf-16-le", "utf-16"), TITLE),
    case("utf16-said-utf8", feed(TITLE, "utf-16-le", "utf-8", codecs.BOM_UTF16_LE), TITLE),
    case("utf32", feed(TITLE, "utf-32-le", "utf-32", codecs.BOM_UTF32_LE), TITLE),
    case("koi8", feed(RUSSIAN, "koi8-r", "koi8-r"), RUSSIAN),
    case("shift-jis", feed(JAPANESE, "shift_jis", "shift_jis"), JAPANESE),
    case("iso-2022-jp", feed(JAPANESE, "iso-2022-jp", "iso-2022-jp"), JAPANESE),
    case("gb2312", feed(CHINESE, "gb2312", "gb2312"), CHINESE),
    case("unknown-name", feed(TITLE, "utf-8", "x-klingon"), TITLE),
    case("unknown-name-in-header", feed(TITLE, "utf-8"), TITLE, "x-klingon"),
    case("no-text-encoding", feed(TITLE, "utf-8", "base64"), TITLE, "rot13"),
    case("mojibake", feed("CafÃ©", "utf-8", "utf-8"), "Café"),
    case("one-bad-byte", feed("Caf# bar", "utf-8", "utf-8").replace(b"#", b"\xe9"), "Café bar"),
    case("character-references", feed("Caf&#233; &#x201C;x&#x201D; &eacute; &#150;", "ascii"), "Café “x” é –"),
)
