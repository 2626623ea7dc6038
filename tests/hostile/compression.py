"""Compressed bodies: right, wrong, cut off, and bombs."""

from __future__ import annotations

import gzip
import zlib

import brotli
from backports import zstd

from tests.hostile.case import FEED, READ, Case, Expect, Fixed

BOMB_BYTES = 200_000_000
TOO_LARGE = Expect(error="TooLarge")
UNREADABLE = Expect(error="FetchError")


def packed(body: bytes, encoding: str) -> Fixed:
    return Fixed(body, headers={"Content-Encoding": encoding})


def deflate(data: bytes, bits: int = zlib.MAX_WBITS) -> bytes:
    squeezer = zlib.compressobj(wbits=bits)
    return squeezer.compress(data) + squeezer.flush()


def bomb(squeezer: object) -> bytes:
    """Many zeros, squeezed a piece at a time so that the test itself does not hold them."""
    compress = getattr(squeezer, "compress", None) or squeezer.process  # type: ignore[attr-defined]
    finish = getattr(squeezer, "flush", None) or squeezer.finish  # type: ignore[attr-defined]
    piece = bytes(1_000_000)
    return b"".join(compress(piece) for _ in range(BOMB_BYTES // len(piece))) + finish()


def gzip_bomb() -> bytes:
    return bomb(zlib.compressobj(wbits=31))


CASES = (
    Case("gzip", packed(gzip.compress(FEED), "gzip"), READ),
    Case("x-gzip", packed(gzip.compress(FEED), "x-gzip"), READ),
    Case("gzip-in-two-members", packed(gzip.compress(FEED[:50]) + gzip.compress(FEED[50:]), "gzip"), READ),
    Case("gzip-with-rubbish-after", packed(gzip.compress(FEED) + b"rubbish", "gzip"), READ),
    Case("gzip-cut-off", packed(gzip.compress(FEED)[:-12], "gzip"), Expect(items=3)),
    Case("gzip-in-name-only", packed(FEED, "gzip"), UNREADABLE),
    Case("gzip-twice", packed(gzip.compress(gzip.compress(FEED)), "gzip, gzip"), READ),
    Case("deflate", packed(deflate(FEED), "deflate"), READ),
    Case("deflate-raw", packed(deflate(FEED, -zlib.MAX_WBITS), "deflate"), READ),
    Case("brotli", packed(brotli.compress(FEED), "br"), READ),
    Case("brotli-in-name-only", packed(FEED, "br"), UNREADABLE),
    Case("zstd", packed(zstd.compress(FEED), "zstd"), READ),
    Case("zstd-in-name-only", packed(FEED, "zstd"), UNREADABLE),
    Case("unknown-encoding", packed(FEED, "x-sesame"), READ),
    Case("identity", packed(FEED, "identity"), READ),
    Case("many-encodings", packed(FEED, ", ".join(["gzip"] * 200)), UNREADABLE),
    Case("bomb-gzip", packed(gzip_bomb(), "gzip"), TOO_LARGE),
    Case("bomb-gzip-twice", packed(gzip.compress(gzip_bomb()), "gzip, gzip"), TOO_LARGE),
    Case("bomb-deflate", packed(bomb(zlib.compressobj()), "deflate"), TOO_LARGE),
    Case("bomb-brotli", packed(bomb(brotli.Compressor(quality=1)), "br"), TOO_LARGE),
    Case("bomb-zstd", packed(bomb(zstd.ZstdCompressor()), "zstd"), TOO_LARGE),
)
