"""Takes out of a page what is not the article, before the text is looked for."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from lxml.html import HtmlElement

_NEVER_TEXT = frozenset({"script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "canvas"})
_FURNITURE_TAGS = frozenset({"nav", "aside", "footer", "form", "dialog", "button", "select", "figcaption"})
_FURNITURE_ROLES = frozenset({"navigation", "complementary", "contentinfo", "dialog", "search", "menu", "alertdialog"})
_FURNITURE_NAME = re.compile(
    r"(?:^|[\s_-])(?:"
    r"newsletter|subscri\w*|sign-?up|promo\w*|cta|recirc\w*|related\w*|recommend\w*|read-?(?:more|next)"
    r"|more-?(?:news|stories|on)|most-?(?:read|popular|viewed)|popular|trending|up-?next|similar|also-?(?:read|like)"
    r"|further-?reading|shar(?:e|ing)\w*|social\w*|cookie\w*|consent|gdpr|paywall|regwall|comments?|disqus\w*|respond"
    r"|replies|advert\w*|ads?|sponsor\w*|outbrain|taboola|side-?bar|rail|breadcrumbs?|toolbar|nav|navbar|menu|top-?bar"
    r"|author-?(?:bio|box|card|info)|about-?(?:the-)?author|tag-?list|tags|footer|masthead|widget|banner|modal|pop-?up"
    r"|press-?contact|media-?contact|contact|copyright|skip-?link|sr-only|visually-hidden|screen-reader-text"
    r")(?:$|[\s_-])",
    re.I,
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_BLOCKS = ("p", "h1", "h2", "h3", "table", "div", "article", "ul", "ol")
_FURNITURE_HEADING = re.compile(
    r"(?:(?:most|also) (?:read|popular|viewed|shared)|trending(?: now)?|popular(?: (?:now|posts|stories))?"
    r"|(?:read|up) next|related(?: \w+)?|recommended(?: .{0,20})?|you (?:may|might)(?: also)? (?:like|enjoy).*"
    r"|more (?:from|on|in|news|stories|like)\b.*|(?:the )?latest(?: \w+)?|similar \w+|further reading|see also"
    r"|in this section|don.t miss|editors?.? picks?|(?:\d+ |leave a |post a )?(?:comments?|repl(?:y|ies)|responses?)"
    r"|newsletters?|subscribe.*|sign up.*|share this.*|about the author|tags|topics)[:\s]*",
    re.I,
)
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_MUCH_OF_THE_TEXT = 0.4
_MOST_OF_THE_TEXT = 0.6
_NEARLY_ALL = 0.85


def prune(tree: HtmlElement) -> None:
    """Remove furniture from `tree` in place: navigation, promotions, related links, comments, hidden elements.

    An element that holds much of the page's running text stays, whatever it calls itself.
    """
    whole = _running_text(tree)
    for element in list(tree.iter()):
        if not isinstance(element.tag, str) or element.getparent() is None:
            continue
        if element.tag in _NEVER_TEXT or (
            _is_furniture(element) and _running_text(element) <= whole * _MUCH_OF_THE_TEXT
        ):
            element.drop_tree()
    _drop_headed_lists(tree, whole)
    _unwrap_layout_tables(tree)
    _mark_body(tree)


def _is_furniture(element: HtmlElement) -> bool:
    if element.tag in ("html", "body", "main", "article"):
        return False
    if element.tag in _FURNITURE_TAGS:
        return True
    if not element.keys():
        return False
    if element.get("role", "").lower() in _FURNITURE_ROLES:
        return True
    if element.get("hidden") is not None or _HIDDEN_STYLE.search(element.get("style", "")):
        return True
    return any(_names_furniture(element.get(name, "")) for name in ("class", "id", "data-testid"))


@lru_cache(maxsize=4096)
def _names_furniture(name: str) -> bool:
    """Whether a class or an id is one of furniture; a site's pages repeat theirs."""
    return _FURNITURE_NAME.search(name) is not None


def _running_text(element: HtmlElement) -> int:
    """How many characters stand in paragraphs."""
    return sum(len(paragraph.text_content()) for paragraph in element.iter("p"))


def _drop_headed_lists(tree: HtmlElement, whole: int) -> None:
    """Remove boxes that begin with a heading such as "Most read" or "Related stories"."""
    for heading in list(tree.iter(*_HEADINGS)):
        box = heading.getparent()
        if box is None or not _FURNITURE_HEADING.fullmatch(heading.text_content().strip()):
            continue
        is_box = box.tag in ("div", "section", "ul", "td") and box[0] is heading and box.find(".//h1") is None
        if is_box and _running_text(box) <= whole * _MOST_OF_THE_TEXT:
            box.drop_tree()


def _unwrap_layout_tables(tree: HtmlElement) -> None:
    """Turn tables that lay out the page, told by the blocks in their cells, into plain divisions."""
    for table in list(tree.iter("table")):
        if any(next(cell.iter(*_BLOCKS), None) is not None for cell in table.iter("td")):
            for part in list(table.iter("table", "tbody", "thead", "tr", "td", "th")):
                part.tag = "div"


def _mark_body(tree: HtmlElement) -> None:
    """Name the smallest division with nearly all running text the article's body, where the page names none.

    Without a name, the text is gathered paragraph by paragraph and loses its headings.
    """
    if tree.find(".//article") is not None or tree.find(".//*[@itemprop='articleBody']") is not None:
        return
    whole = _running_text(tree)
    body = _parent_of_most_paragraphs(tree, whole * _MOST_OF_THE_TEXT)
    for element in tree.iter("div", "section", "main") if body is None else ():
        if _running_text(element) >= whole * _NEARLY_ALL:
            body = element
    if whole and body is not None:
        body.tag = "div"
        body.set("itemprop", "articleBody")


def _parent_of_most_paragraphs(tree: HtmlElement, enough: float) -> HtmlElement | None:
    lengths: Counter[HtmlElement] = Counter()
    for paragraph in tree.iter("p"):
        lengths[paragraph.getparent()] += len(paragraph.text_content())
    parent, length = next(iter(lengths.most_common(1)), (None, 0))
    return parent if parent is not None and length >= enough and parent.tag in ("div", "section", "main") else None
