"""What stands around every page, for compiled templates: `base.html` as Django writes it, its blocks left open.

So there is one frame, in whichever of the two languages a page is written, and a compiled page fills its blocks under
the same names.
"""

from __future__ import annotations

from functools import cache

from django.conf import settings
from django.template import Context, Engine, engines
from django.template.loader_tags import BlockNode
from django.urls import get_script_prefix
from jinja2 import Template

_BASE = "base.html"
# A block that holds what it holds in base.html, between the words by which Jinja2 knows it.
_OPEN = (
    "{{% block {0} %}}{{% verbatim %}}{{% block {0} %}}{{% endverbatim %}}{{{{ block.super }}}}"
    "{{% verbatim %}}{{% endblock %}}{{% endverbatim %}}{{% endblock %}}"
)


def frame(here: str = "") -> Template:
    """The template that compiled pages extend. `here` is the page's address where the bar names the page."""
    make = _make.__wrapped__ if settings.DEBUG else _make
    return make(get_script_prefix(), here)


@cache
def _make(prefix: str, here: str) -> Template:
    django = Engine.get_default()
    blocks = django.get_template(_BASE).nodelist.get_nodes_by_type(BlockNode)
    opened = "".join(_OPEN.format(block.name) for block in blocks if isinstance(block, BlockNode))
    page = django.from_string(f'{{% extends "{_BASE}" %}}{opened}')
    text = page.render(Context({"request": {"path": here}}))
    made: Template = engines["compiled"].env.from_string(f"{text}\n")  # type: ignore[attr-defined]  # it drops a last \n
    return made
