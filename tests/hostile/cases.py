"""All the behaviours."""

from tests.hostile import charsets, compression, formats, items, markup, redirects, statuses, wire

CASES = (
    *redirects.CASES,
    *wire.CASES,
    *statuses.CASES,
    *compression.CASES,
    *charsets.CASES,
    *markup.CASES,
    *items.CASES,
    *formats.CASES,
)
