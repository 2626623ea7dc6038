"""The article in a page."""

from __future__ import annotations

import logging
import re
from copy import copy

import lxml.html
from lxml import etree
from lxml.html import HtmlElement
from trafilatura import bare_extraction
from trafilatura.settings import Document, Extractor

from ingest.bounded import is_heavy, run_bounded
from ingest.canonical import clean_text
from ingest.decode import decode_html
from ingest.errors import ExtractError
from ingest.extract.breaks import paragraphs_from_breaks
from ingest.extract.meta import DATE_TEXT, PageMeta, read_meta
from ingest.extract.prune import prune
from ingest.parse.text import LONGEST_TITLE, cut
from ingest.types import Page
from timeline.addresses import canonical_url

logging.getLogger("trafilatura").setLevel(logging.ERROR)
logging.getLogger("htmldate").setLevel(logging.ERROR)

# Made once, for its settings are a tenth of an extraction; "txt", for we take the blocks and want no text made of them.
_OPTIONS = Extractor(comments=False, output_format="txt")
_BLOCKS = ("p", "head", "item", "quote", "cell", "code")
_OPENING = 4
_LONGEST_FURNITURE = 160
_FURNITURE = re.compile(
    r"^(?:advertisement|share(?: this)?|read more\b.*|related:.*|see also:.*|sign up\b.*|subscribe\b.*"
    r"|thanks for reading\b.*|click here\b.*|follow us\b.*|download our app\b.*|support independent\b.*"
    r"|(?:media|press) contacts?:.*|photo(?:graph)?:.*|image:.*|(?:©|copyright\b).*|all rights reserved\.?)$",
    re.I,
)
_EMPTY_LINE = re.compile(r"\n\s*\n")
_HTML = re.compile(r"<(?:!doctype|html|head|body|p|div|article|title)\b", re.I)


def extract_page(body: bytes, url: str, content_type: str = "") -> Page:
    """Read the article out of a page of HTML, or out of plain text whose first line is the title.

    Args:
        body: the page, decompressed.
        url: the address it came from.
        content_type: the Content-Type header, "" where unknown.

    Raises:
        ExtractError: there is no running text in it.
    """
    if is_heavy(body):
        return run_bounded(read_page, body, url, content_type, error=ExtractError)
    return read_page(body, url, content_type)


def read_page(body: bytes, url: str, content_type: str = "") -> Page:
    """`extract_page` without a limit of time and memory."""
    text = decode_html(body, content_type)
    if content_type.lower().startswith("text/plain") or not _HTML.search(text[:20_000]):
        return _read_plain_text(text, url)
    tree = _parse_html(text, url)
    held = list(tree.iter())  # lxml makes an element anew each time it is met, unless somebody holds it
    meta = read_meta(tree, url)
    paragraphs_from_breaks(tree)
    prune(tree)
    del held
    paragraphs = _without_furniture(_read_paragraphs(tree, url), meta)
    if not paragraphs:
        raise ExtractError("There is no article in this page.", where=url)
    return Page(
        url=meta.url,
        title=cut(meta.title or paragraphs[0], LONGEST_TITLE),
        paragraphs=paragraphs,
        author=meta.author,
        publisher=meta.publisher,
        published_at=meta.published_at,
        language=meta.language,
    )


def _read_plain_text(text: str, url: str) -> Page:
    title, _, rest = text.strip().partition("\n")
    blocks = (clean_text(block) for block in re.split(r"\n\s*\n", rest))
    paragraphs = tuple(block for block in blocks if block)
    if not paragraphs:
        raise ExtractError("There is no article in this text.", where=url)
    return Page(url=canonical_url(url) or url, title=cut(clean_text(title), LONGEST_TITLE), paragraphs=paragraphs)


def _parse_html(text: str, url: str) -> HtmlElement:
    # A declaration of the encoding is none of lxml's business any more: the text is decoded.
    parser = lxml.html.HTMLParser(remove_comments=True, remove_pis=True)
    try:
        return lxml.html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text), parser=parser)
    except (etree.ParserError, ValueError) as error:
        raise ExtractError("This page cannot be read as HTML.", where=url) from error


def _read_paragraphs(tree: HtmlElement, url: str) -> list[str]:
    options = copy(_OPTIONS)
    options.url = url
    document = bare_extraction(tree, url=url, options=options)
    if not isinstance(document, Document) or document.body is None:
        return []
    outer = (block for block in document.body.iter(*_BLOCKS) if _is_outermost(block))
    return [text for block in outer for line in _split_at_breaks(block) if (text := clean_text(line))]


def _split_at_breaks(block: etree._Element) -> list[str]:
    """The text of a block, cut where two line breaks stand in a row: so paragraphs were made before there was p."""
    for line_break in block.iter("lb"):
        line_break.text = "\n"
    return _EMPTY_LINE.split("".join(str(text) for text in block.itertext()))


def _is_outermost(block: etree._Element) -> bool:
    return not any(parent.tag in _BLOCKS for parent in block.iterancestors())


def _without_furniture(paragraphs: list[str], meta: PageMeta) -> tuple[str, ...]:
    """Drop the headline, byline and date above the text, and lines of promotion within it."""
    opening = [text for text in paragraphs[:_OPENING] if not _is_headline_matter(text, meta)]
    return tuple(
        text for text in opening + paragraphs[_OPENING:] if len(text) > _LONGEST_FURNITURE or not _FURNITURE.match(text)
    )


def _is_headline_matter(text: str, meta: PageMeta) -> bool:
    if text.casefold() == meta.title.casefold():
        return True
    rest = DATE_TEXT.sub("", text.replace(meta.author, "") if meta.author else text)
    return len(text) <= _LONGEST_FURNITURE and len(rest) <= 12 and rest != text
