"""Bytes of a web page to text."""

from __future__ import annotations

import codecs
import re

_HEADER_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.I)
_META_CHARSET = re.compile(rb"<(?:meta|\?xml)[^>]+?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_HEAD_BYTES = 4_096
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What browsers read under these names (WHATWG Encoding, section 4.2).
_READ_AS = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "iso8859-9": "cp1254"}
_FALLBACK = "cp1252"


def decode_html(body: bytes, content_type: str = "") -> str:
    """The text of a page: a byte order mark decides, then valid UTF-8, then header, then meta, then windows-1252.

    UTF-8 goes before what header and page say, for text that is valid UTF-8 by accident does not occur.
    NUL bytes are dropped; bytes that have no meaning become U+FFFD.
    """
    for bom, name in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(name, "replace").replace("\0", "")
    declared = _declared(body, content_type)
    if declared.startswith(("utf-16", "utf-32")) and b"\0" in body[:_HEAD_BYTES]:
        return body.decode(declared, "replace").replace("\0", "")
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        text = body.decode(_READ_AS.get(declared, declared), "replace")
    return text.replace("\0", "")


def _declared(body: bytes, content_type: str) -> str:
    """Python's name of the encoding that header or page declare, windows-1252 where none is known."""
    match = _HEADER_CHARSET.search(content_type)
    names = [match[1]] if match else []
    names += [found[1].decode("ascii", "replace") for found in _META_CHARSET.finditer(body[:_HEAD_BYTES])]
    for name in names:
        try:
            codec = codecs.lookup(name)
        except (LookupError, ValueError):
            continue
        if codec.name != "utf-8" and codec._is_text_encoding:
            return codec.name
    return _FALLBACK
