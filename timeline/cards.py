"""The picture of an event that other sites show beside a link to it: 1200 × 630 dots, in the site's own type."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

SIZE = (1200, 630)  # what readers of Open Graph expect
_PAPER, _INK, _SOFT, _ACCENT = "#fbf9f4", "#1b1915", "#565045", "#a3161f"
_MARGIN = 72
_WIDTH = SIZE[0] - 2 * _MARGIN
_HEADLINE = (76, 66, 56, 48, 42)  # sizes to try, in dots
_MOST_LINES = {76: 3, 66: 3, 56: 4, 48: 5, 42: 5}
_COLOURS = 48  # a palette of so many is enough for type on paper, and a quarter of the weight


@dataclass(frozen=True, slots=True)
class Card:
    """What the picture says. `who` and `whom` may be empty."""

    kicker: str
    headline: str
    who: str
    whom: str
    foot: str


def draw_card(card: Card) -> bytes:
    """The picture as PNG."""
    image = Image.new("RGB", SIZE, _PAPER)
    pen = ImageDraw.Draw(image)
    _draw_nameplate(pen)
    pen.text(
        (_MARGIN, 148), _cut(card.kicker, _font("libre-franklin", 28, 500)), _SOFT, _font("libre-franklin", 28, 500)
    )
    _draw_headline(pen, card.headline, top=200)
    _draw_parties(pen, card)
    pen.line((_MARGIN, 566, SIZE[0] - _MARGIN, 566), "#d8d1c1", 2)
    pen.text((_MARGIN, 578), card.foot, _SOFT, _font("libre-franklin", 24, 400))
    out = BytesIO()
    image.quantize(_COLOURS).save(out, "PNG", optimize=True)
    return out.getvalue()


def _draw_nameplate(pen: ImageDraw.ImageDraw) -> None:
    pen.text((_MARGIN, 36), "aiwatch", _INK, _font("newsreader", 56, 600))
    pen.text((_MARGIN + 212, 62), "The record of the AI API war", _SOFT, _font("newsreader", 28, 400))
    for y, width in ((118, 4), (127, 2)):
        pen.line((_MARGIN, y, SIZE[0] - _MARGIN, y), _INK, width)


def _draw_headline(pen: ImageDraw.ImageDraw, text: str, top: int) -> None:
    for size in _HEADLINE:
        font = _font("newsreader", size, 600)
        lines = list(_break(text, font))
        if len(lines) <= _MOST_LINES[size]:
            break
    for number, line in enumerate(lines[: _MOST_LINES[size]]):
        last = number == _MOST_LINES[size] - 1 and len(lines) > _MOST_LINES[size]
        pen.text((_MARGIN, top + number * size * 1.08), _cut(f"{line} …", font) if last else line, _INK, font)


def _draw_parties(pen: ImageDraw.ImageDraw, card: Card) -> None:
    """Who, an arrow, whom; each cut to half of the width."""
    font, y = _font("libre-franklin", 34, 600), 496
    most = (_WIDTH - 150) // 2 if card.whom else _WIDTH
    who = _cut(card.who, font, most)
    pen.text((_MARGIN, y), who, _INK, font)
    if not card.whom:
        return
    x = _MARGIN + (font.getlength(who) + 30 if who else 0)
    pen.line((x, y + 22, x + 84, y + 22), _ACCENT, 4)
    pen.line([(x + 70, y + 9), (x + 84, y + 22), (x + 70, y + 35)], _ACCENT, 4, joint="curve")
    pen.text((x + 114, y), _cut(card.whom, font, most), _INK, font)


def _break(text: str, font: ImageFont.FreeTypeFont) -> Iterator[str]:
    """The text in lines that fit; a word that is wider than a line is cut."""
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if font.getlength(longer) <= _WIDTH:
            line = longer
        else:
            if line:
                yield line
            line = _cut(word, font)
    yield line


def _cut(text: str, font: ImageFont.FreeTypeFont, most: float = _WIDTH) -> str:
    """As much of the text as fits, with an ellipsis where that is not all."""
    text = " ".join(text.split())[:300]
    if font.getlength(text) <= most:
        return text
    while text and font.getlength(f"{text}…") > most:
        text = text[:-1].rstrip()
    return f"{text}…"


@cache
def _font(name: str, size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(Path(settings.BASE_DIR) / f"static/timeline/fonts/{name}.woff2", size)
    font.set_variation_by_axes([weight])
    return font
