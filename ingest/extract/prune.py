"""Takes out of a page what is not the article, before the text is looked for."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

_NEVER_TEXT = frozenset({"script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "canvas"})
_FURNITURE_TAGS = frozenset({"nav", "aside", "footer", "form", "dialog", "button", "select", "figcaption"})
_FURNITURE_ROLES = frozenset({"navigation", "complementary", "contentinfo", "dialog", "search", "menu", "alertdialog"})
_FURNITURE_NAME = re.compile(
    r"(?:^|[\s_-])(?:"
    r"newsletter|subscri\w*|sign-?up|promo\w*|cta|recirc\w*|related\w*|recommend\w*|read-?(?:more|next)|more-?(?:news|stories|on)"
    r"|most-?(?:read|popular|viewed)|popular|trending|up-?next|similar|also-?(?:read|like)|further-?reading"
    r"|shar(?:e|ing)\w*|social\w*|cookie\w*|consent|gdpr|paywall|regwall|comments?|disqus\w*|respond|replies"
    r"|advert\w*|ads?|sponsor\w*|outbrain|taboola|side-?bar|rail|breadcrumbs?|toolbar|nav|navbar|menu|top-?bar"
    r"|author-?(?:bio|box|card|info)|about-?(?:the-)?author|tag-?list|tags|footer|masthead|widget|banner|modal|popup|pop-up"
    r"|press-?contact|media-?contact|contact|copyright|correction-?link|skip-?link|sr-only|visually-hidden|screen-reader-text"
    r")(?:$|[\s_-])",
    re.I,
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_BLOCKS = ("p", "h1", "h2", "h3", "table", "div", "article", "ul", "ol")
_MOST_OF_THE_TEXT = 0.4


def prune(tree: HtmlElement) -> None:
    """Remove furniture from `tree` in place: navigation, promotions, related links, comments, hidden elements.

    An element that holds much of the page's running text stays, whatever it calls itself.
    """
    whole = _running_text(tree)
    for element in list(tree.iter()):
        if not isinstance(element.tag, str):
            continue
        if element.tag in _NEVER_TEXT or (
            _is_furniture(element) and _running_text(element) <= whole * _MOST_OF_THE_TEXT
        ):
            element.drop_tree() if element.getparent() is not None else None
    _unwrap_layout_tables(tree)


def _is_furniture(element: HtmlElement) -> bool:
    if element.tag in ("html", "body", "main", "article"):
        return False
    if element.tag in _FURNITURE_TAGS or element.get("role", "").lower() in _FURNITURE_ROLES:
        return True
    if element.get("hidden") is not None or _HIDDEN_STYLE.search(element.get("style", "")):
        return True
    return any(_FURNITURE_NAME.search(element.get(name, "")) for name in ("class", "id", "data-testid"))


def _running_text(element: HtmlElement) -> int:
    """How many characters stand in paragraphs."""
    return sum(len(paragraph.text_content()) for paragraph in element.iter("p"))


def _unwrap_layout_tables(tree: HtmlElement) -> None:
    """Turn tables that lay out the page, told by the blocks in their cells, into plain divisions."""
    for table in list(tree.iter("table")):
        if any(next(cell.iter(*_BLOCKS), None) is not None for cell in table.iter("td")):
            for part in list(table.iter("table", "tbody", "thead", "tr", "td", "th")):
                part.tag = "div"
