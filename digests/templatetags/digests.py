"""What the templates of mails need: lines of plain text that fit, names of fields as people say them."""

from __future__ import annotations

import textwrap

from django import template

register = template.Library()

_WIDTH = 76  # of a line of plain text, RFC 5322's advice less its end
_FIELDS = {"on": "date", "at-once": "at once", "scope": "what is cut, what stays", "state": "on record"}


@register.filter
def wrap(text: str, indent: int) -> str:
    """The text in lines that fit; those after the first begin with `indent` blanks. Addresses are not cut."""
    lines = textwrap.wrap(" ".join(text.split()), _WIDTH - indent, break_long_words=False, break_on_hyphens=False)
    return f"\n{' ' * indent}".join(lines)


@register.filter
def field_words(name: str) -> str:
    """The name of a field or rhythm as people say it."""
    return _FIELDS.get(name, name)
