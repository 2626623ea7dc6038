"""Bytes of a page to text."""

import codecs

import pytest

from ingest.decode import decode_html

TEXT = "Café “naïve” – 5 €"
META = '<meta charset="{}">'


@pytest.mark.parametrize(
    ("body", "header"),
    [
        (TEXT.encode(), ""),
        (TEXT.encode(), "text/html; charset=iso-8859-1"),
        (codecs.BOM_UTF8 + TEXT.encode(), "text/html; charset=windows-1252"),
        (TEXT.encode("cp1252"), ""),
        (TEXT.encode("cp1252"), "text/html; charset=ISO-8859-1"),
        (TEXT.encode("cp1252"), "text/html; charset=utf-8"),
        (TEXT.encode("cp1252"), "text/html; charset=klingon"),
        (TEXT.encode("cp1252"), "text/html; charset=base64"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), ""),
        (TEXT.encode("utf-16-le"), "text/html; charset=utf-16le"),
        (TEXT.replace("C", "\0C").encode(), ""),
    ],
)
def test_whatever_is_declared_the_text_comes_out(body: bytes, header: str) -> None:
    assert decode_html(body, header) == TEXT


@pytest.mark.parametrize(
    ("encoding", "text"), [("koi8-r", "Суд запретил"), ("shift_jis", "接続を遮断"), ("gb2312", "切断接口")]
)
def test_the_page_itself_may_name_its_encoding(encoding: str, text: str) -> None:
    assert decode_html((META.format(encoding) + text).encode(encoding)).endswith(text)


def test_bytes_without_meaning_become_replacement_characters() -> None:
    assert decode_html(b"a\x81b") == "a\ufffdb"
