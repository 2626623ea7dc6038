"""A template that is compiled to Python, inside one that is not."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import engines
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def compiled(name: str, **context: Any) -> SafeString:
    """The compiled template of that name, with what is given by name and nothing else."""
    return SafeString(engines["compiled"].get_template(name).render(context))
