"""What RFC 4287, RSS 2.0 (with the profile of the RSS Advisory Board) and W3C's feed validator ask of a feed."""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from lxml import etree, html

ATOM = "{http://www.w3.org/2005/Atom}"
_FEED = "id title updated author link subtitle rights category generator entry icon logo".split()
_ENTRY = "id title updated author link summary content published category rights source contributor".split()
_CHANNEL = "title link description language lastBuildDate pubDate category ttl item managingEditor".split()
_ITEM = "title link description pubDate guid category author comments source enclosure".split()


def check_atom(body: bytes) -> list[str]:
    """What is wrong with an Atom feed."""
    feed: Any = etree.fromstring(body)
    found = _check_names(feed, [ATOM + name for name in _FEED])
    found += _check_one(feed, "id title updated", ATOM)
    ids, links = feed.findall(f"{ATOM}entry/{ATOM}id"), feed.iter(f"{ATOM}link")
    found += [f"{len(ids)} ids, not all different"] if len({row.text for row in ids}) < len(ids) else []
    found += [f"no address: {link.get('href')}" for link in links if not _is_address(link.get("href"))]
    rels = [link.get("rel", "alternate") for link in feed.findall(f"{ATOM}link")]
    found += [] if sorted(rels) == ["alternate", "self"] else [f"links of the feed: {rels}"]
    for entry in feed.findall(f"{ATOM}entry"):
        found += _check_names(entry, [ATOM + name for name in _ENTRY]) + _check_one(entry, "id title updated", ATOM)
        found += [] if feed.find(f"{ATOM}author") is not None else ["nobody wrote it"]
        found += [f for name in ("summary", "content") for f in _check_html(entry.findtext(ATOM + name))]
    for name in ("updated", "published"):
        found += [f"no date: {row.text}" for row in feed.iter(ATOM + name) if not _is_date(row.text)]
    return found


def check_rss(body: bytes) -> list[str]:
    """What is wrong with an RSS feed."""
    rss: Any = etree.fromstring(body)
    (channel,) = rss
    found = [] if (rss.tag, rss.get("version")) == ("rss", "2.0") else ["no RSS 2.0"]
    found += _check_names(channel, [*_CHANNEL, f"{ATOM}link"]) + _check_one(channel, "title link description", "")
    found += [] if channel.find(f"{ATOM}link").get("rel") == "self" else ["no link to itself"]
    guids = [row.text for row in channel.iter("guid")]
    found += [] if len(set(guids)) == len(guids) == len(channel.findall("item")) else ["guids are not all different"]
    found += [f"no address: {row.text}" for row in channel.iter("link") if not _is_address(row.text)]
    for item in channel.findall("item"):
        found += _check_names(item, _ITEM) + _check_one(item, "title link guid pubDate", "")
        found += _check_html(item.findtext("description"))
    for row in (*channel.iter("pubDate"), *channel.iter("lastBuildDate")):
        found += [] if parsedate_to_datetime(row.text).tzinfo else [f"no zone: {row.text}"]
    return found


def _check_names(row: Any, known: list[str]) -> list[str]:
    return [f"{child.tag} in {row.tag}" for child in row if child.tag not in known]


def _check_one(row: Any, names: str, space: str) -> list[str]:
    texts = {name: [child.text for child in row.findall(space + name)] for name in names.split()}
    return [f"{name} of {row.tag} is {found}" for name, found in texts.items() if len(found) != 1 or not found[0]]


def _check_html(text: str | None) -> list[str]:
    """Content is there, has whole addresses only, and nothing that readers have to take out."""
    if not text:
        return ["no content"]
    tree: Any = html.fromstring(f"<div>{text}</div>")
    found = [f"{row.tag} in content" for row in tree.iter("script", "style", "iframe", "form")]
    return found + [f"no address: {a.get('href')}" for a in tree.iter("a") if not _is_address(a.get("href"))]


def _is_address(text: str | None) -> bool:
    parts = urlsplit(text or "")
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _is_date(text: str | None) -> bool:
    found = re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", text or "")
    return bool(found and datetime.fromisoformat(found[0]).tzinfo)
