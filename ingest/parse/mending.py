"""Small repairs of feeds that break XML's rules in the ways that feeds do."""

from __future__ import annotations

import re

_REFERENCE = re.compile(rb"&#(?:x([0-9a-f]+)|([0-9]+));?", re.I)
_BARE_AMPERSAND = re.compile(
    rb"<!\[CDATA\[.*?\]\]>|&(?!#[0-9]{1,7};|#x[0-9a-f]{1,6};|[a-z][a-z0-9]{1,31};)", re.I | re.S
)
_ENTITY = re.compile(rb"""<!ENTITY\s(?:"[^"]*"|'[^']*'|[^>"'])*>""", re.I)
_SHORT_ENTITY = re.compile(rb"""<!ENTITY\s+\w+\s+(?:"[^"&%]{0,200}"|'[^'&%]{0,200}')\s*>""", re.I)
_LONGEST_NUMBER = 8
_HEAD_BYTES = 65_536
_REPLACEMENT = "\ufffd".encode()


def drop_impossible_references(body: bytes) -> bytes:
    """Replace references to numbers that are no characters (surrogates, beyond U+10FFFF) by U+FFFD."""
    return _REFERENCE.sub(_possible, body) if b"&#" in body else body


def _possible(match: re.Match[bytes]) -> bytes:
    digits = (match[1] or match[2]).lstrip(b"0") or b"0"
    if len(digits) > _LONGEST_NUMBER:
        return _REPLACEMENT
    number = int(digits, 16 if match[1] else 10)
    return _REPLACEMENT if number > 0x10FFFF or 0xD800 <= number <= 0xDFFF else match[0]


def drop_dangerous_entities(body: bytes) -> bytes:
    """Remove declarations of entities that hold others, stand for files or are long: all that bombs are made of."""
    if b"<!entity" not in body[:_HEAD_BYTES].lower():
        return body
    return _ENTITY.sub(lambda match: match[0] if _SHORT_ENTITY.fullmatch(match[0]) else b"", body)


def escape_bare_ampersands(body: bytes) -> bytes:
    """Escape ampersands that begin no reference, outside CDATA sections."""
    return _BARE_AMPERSAND.sub(lambda match: b"&amp;" if match[0] == b"&" else match[0], body)
