"""Paragraphs of the time before p: text parted by two line breaks."""

from __future__ import annotations

from lxml.html import Element, HtmlElement

_BLOCKS = frozenset("p div h1 h2 h3 h4 h5 h6 ul ol table blockquote pre section article center hr form dl".split())


def paragraphs_from_breaks(tree: HtmlElement) -> None:
    """Wrap in p, in place, what stands between two or more line breaks in a row."""
    for block in {br.getparent(): None for br in tree.iter("br") if _is_second(br)}:
        if block.tag != "p":
            _wrap(block)


def _is_second(br: HtmlElement) -> bool:
    before = br.getprevious()
    return before is not None and before.tag == "br" and not (before.tail or "").strip()


def _wrap(block: HtmlElement) -> None:
    children, lead = list(block), block.text
    block.text = None
    for child in children:
        block.remove(child)
    paragraph = _open(block, lead)
    for number, child in enumerate(children):
        if child.tag in _BLOCKS or (child.tag == "br" and number and _ends(children, number)):
            tail, child.tail = child.tail, None
            if child.tag != "br":
                block.append(child)
            paragraph = _open(block, tail)
        else:
            paragraph.append(child)


def _ends(children: list[HtmlElement], number: int) -> bool:
    """Whether the line break at `number` is one of two in a row."""
    after = children[number + 1] if number + 1 < len(children) else None
    before = children[number - 1]
    follows = before.tag == "br" and not (before.tail or "").strip()
    leads = after is not None and after.tag == "br" and not (children[number].tail or "").strip()
    return follows or leads


def _open(block: HtmlElement, text: str | None) -> HtmlElement:
    paragraph = Element("p")
    paragraph.text = text
    block.append(paragraph)
    return paragraph
