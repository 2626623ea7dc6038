"""A template that is compiled to Python, inside one that is not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django import template
from django.template import engines
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def compiled(name: str, **context: Any) -> SafeString:
    """The compiled template of that name, with what is given by name and nothing else."""
    return SafeString(engines["compiled"].get_template(name).render(context))


def get_macro(name: str, macro: str) -> Callable[..., str]:
    """A macro of the compiled template of that name: to call it takes half the time of rendering a template."""
    module = engines["compiled"].env.get_template(name).module  # type: ignore[attr-defined]
    return cast("Callable[..., str]", getattr(module, macro))
