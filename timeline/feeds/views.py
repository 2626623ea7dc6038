"""The addresses of feeds: a list and a form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from timeline.feeds.forms import write_atom, write_json, write_rss
from timeline.feeds.lists import make_correction_feed, make_event_feed, make_quote_feed
from timeline.feeds.values import Feed
from timeline.filters import EventFilter, parse_filter
from timeline.public import public_page

FORMS = {"atom": write_atom, "rss": write_rss, "json": write_json}


def _make_views(make: Callable[[HttpRequest, EventFilter], Feed]) -> dict[str, Any]:
    """A view for each form of the feed that `make` makes."""

    def make_view(write: Callable[[Feed], HttpResponse]) -> Any:
        @public_page
        def show(request: HttpRequest) -> HttpResponse:
            return write(make(request, parse_filter(request.GET)))

        return show

    return {form: make_view(write) for form, write in FORMS.items()}


EVENTS = _make_views(make_event_feed)
QUOTES = _make_views(make_quote_feed)
CORRECTIONS = _make_views(make_correction_feed)
