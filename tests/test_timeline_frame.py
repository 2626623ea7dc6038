"""What stands around compiled pages is what stands around Django's."""

from __future__ import annotations

import pytest
from django.template import engines
from django.template.loader import render_to_string
from django.urls import reverse, set_script_prefix

from timeline.frame import frame


@pytest.fixture(autouse=True)
def prefix() -> None:
    set_script_prefix("/")


@pytest.mark.parametrize("here", ["", "/", "/quotes/"])
def test_a_frame_whose_blocks_nobody_fills_is_djangos(here: str) -> None:
    assert frame(here).render() == render_to_string("base.html", {"request": {"path": here}})


def test_blocks_are_filled_under_the_names_they_have_in_djangos() -> None:
    text = "{% extends frame() %}{% block feeds %}<link>{{ super() }}{% endblock %}{% block q %}{{ q }}{% endblock %}"
    page = engines["compiled"].from_string(text).render({"q": '"{{ 7 * 7 }}"'})
    assert '<link><link rel="alternate"' in page
    assert 'value="&#34;{{ 7 * 7 }}&#34;"' in page


def test_addresses_begin_where_the_site_is_mounted() -> None:
    set_script_prefix("/below/")
    page = frame(reverse("timeline")).render()
    assert '<a href="/below/" aria-current="page">Timeline</a>' in page
    assert 'href="/quotes/"' not in page
    set_script_prefix("/")
