"""Addresses that templates name, and links to those that the record names."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django import template
from django.urls import NoReverseMatch, get_script_prefix, reverse
from django.utils.safestring import SafeString
from markupsafe import escape

from timeline.filters import EventFilter

register = template.Library()

_ANY = "any-value"


@register.simple_tag
def toggle(asked: EventFilter, name: str, value: str) -> str:
    """The address of the same view with a value chosen, or no longer chosen."""
    return address(asked.toggle(name, value))


def toggles(asked: EventFilter, name: str) -> Callable[[str], str]:
    """`toggle` of that name for many values; they are slugs. Where none is chosen yet, all are made of one."""
    if any(chosen == name for chosen, _ in asked.to_pairs()):
        return lambda value: toggle(asked, name, value)
    start, end = toggle(asked, name, _ANY).split(f"{name}={_ANY}")
    return lambda value: f"{start}{name}={value}{end}"


@register.simple_tag
def exchange(asked: EventFilter, slug: str, other: str) -> str:
    """The address of the same view with another actor in one's place."""
    return address(asked.toggle("actor", slug).toggle("actor", other))


@register.simple_tag
def address(asked: EventFilter, cursor: str = "") -> str:
    """The address of the timeline with this filter, at a cursor where one is given."""
    pairs = [*asked.to_pairs(), *([("cursor", cursor)] if cursor else [])]
    home = find_page("timeline")
    return f"{home}?{urlencode(pairs)}" if pairs else home


class Ends(NamedTuple):
    """What stands around a slug in addresses of each noun."""

    event: tuple[str, str]
    actor: tuple[str, str]
    dispute: tuple[str, str]


def find_ends() -> Ends:
    """The same for the site's prefix now, for who writes many addresses: Django takes as long to find the prefix."""
    prefix = get_script_prefix()
    return Ends(*(_find_ends(noun, prefix) for noun in Ends._fields))


@register.filter
def named(actors: Iterable[Any], ends: tuple[str, str] | None = None) -> SafeString:
    """Links to the pages of actors, by their names; `ends` where they are known."""
    start, end = ends or _find_ends("actor", get_script_prefix())
    return SafeString(", ".join([_link(start, actor.slug, end, actor.name) for actor in actors]))


@lru_cache(maxsize=4096)
def _link(start: str, slug: str, end: str, name: str) -> str:
    return f'<a href="{start}{slug}{end}">{escape(name)}</a>'


def address_of(slug: str, noun: str) -> str:
    """The address of an event, an actor or a dispute; slugs are plain letters, digits and hyphens."""
    return within(slug, _find_ends(noun, get_script_prefix()))


def within(slug: str, ends: tuple[str, str]) -> str:
    """The same of ends that are known."""
    return f"{ends[0]}{slug}{ends[1]}"


def find_page(name: str) -> str:
    """The address of a page that there is one of; "" where this site has none of that name."""
    return _find_page(name, get_script_prefix())


@cache
def _find_page(name: str, prefix: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


@cache
def _find_ends(noun: str, prefix: str) -> tuple[str, str]:
    """What stands around a slug, below the site's prefix; Django's `reverse` takes ten times as long."""
    start, _, end = reverse(noun, args=["slug"]).rpartition("slug")
    return start, end
