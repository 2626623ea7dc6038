"""The public page of sources, and the feed of what is wrong with them."""

from __future__ import annotations

from collections import Counter
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from ingest.health import State, list_sources, list_troubles


@require_safe
def show_sources(request: HttpRequest) -> HttpResponse:
    """All sources and how they are."""
    now = timezone.now()
    sources = list_sources(now)
    count = Counter(source.state for source in sources)
    context = {"sources": sources, "broken": count[State.BROKEN], "warnings": count[State.WARNING], "now": now}
    return render(request, "ingest/sources.html", context | {"troubles": list_troubles(now)})


@require_safe
def show_problems(request: HttpRequest) -> HttpResponse:
    """What is wrong with sources, as Atom 1.0 (RFC 4287); an entry is new when its source was well in between.

    Single bad moments are left to the page; strange volumes and verdicts are told once a week.
    """
    page = request.build_absolute_uri(reverse("sources"))
    feed = Atom1Feed("aiwatch: problems of sources", page, "", language="en", feed_url=request.build_absolute_uri())
    for source in list_sources(timezone.now()):
        if source.state != State.FINE and not source.passing:
            feed.add_item(
                title=f"{source.feed}: {source.state}",
                link=f"{page}#source-{source.feed.pk}",
                description=source.problem,
                unique_id=_tag(f"source/{source.feed.pk}/{source.state}/{source.since:%Y%m%d%H%M%S}"),
                pubdate=source.since,
                updateddate=source.since,
                author_name="aiwatch",
            )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def _tag(name: str) -> str:
    """A name for good (RFC 4151)."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},2026:{name}"
