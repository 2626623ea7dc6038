"""An event on other sites: the picture beside a link, the card in a frame, and oEmbed, which tells of both."""

from __future__ import annotations

from urllib.parse import urlsplit

from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.views.decorators.clickjacking import xframe_options_exempt

from timeline.cards import SIZE, Card, draw_card
from timeline.errors import InvalidFilter, NotFound
from timeline.metadata import FRAME, write_frame
from timeline.public import public_page
from timeline.queries import events, history
from timeline.templatetags.record import acting, describe_day, in_role, words


@public_page
def show_picture(request: HttpRequest, slug: str) -> HttpResponse:
    """The picture of an event, as PNG. Pages of others show it for as long as they like: old addresses lead on."""
    try:
        event = events.get_event(slug)
    except NotFound:
        return _lead_on("event-picture", slug) or HttpResponse(status=410, content_type="text/plain")
    parts = event.participations.all()
    card = Card(
        kicker=" · ".join([words(event.kind).capitalize(), describe_day(event), event.status]),
        headline=event.title,
        who=", ".join(actor.name for actor in acting(parts)),
        whom=", ".join(actor.name for actor in in_role(parts, "target")),
        foot=request.get_host(),
    )
    return HttpResponse(draw_card(card), content_type="image/png")


@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"], "form-action": ["'none'"]})
@public_page
def show_card(request: HttpRequest, slug: str) -> HttpResponse:
    """The event as a card, for a frame on another site: the only page that may stand in one.

    Frames stay where they are when an event moves or is withdrawn: the card leads on, or says that it no longer holds.
    """
    try:
        event = events.get_event(slug)
    except NotFound:
        return _lead_on("event-card", slug) or _say_withdrawn(request, slug)
    return render(request, "timeline/card.html", {"event": event, "url": _address_of(request, "event", event.slug)})


@public_page
def show_oembed(request: HttpRequest) -> HttpResponse:
    """oEmbed 1.0 (oembed.com): how to embed the event at `url`; `maxwidth` and `maxheight` in dots, `format` json."""
    if request.GET.get("format", "json") != "json":
        return HttpResponse("There is json only.", status=501, content_type="text/plain")
    event = events.get_event(_find_slug(request.GET.get("url", "")))
    width, height = (
        _read_size(request, name, usual) for name, usual in zip(("maxwidth", "maxheight"), FRAME, strict=True)
    )
    frame = write_frame(event, _address_of(request, "event-card", event.slug), (width, height))
    answer = {
        "version": "1.0",
        "type": "rich",
        "title": event.title,
        "provider_name": "aiwatch",
        "provider_url": request.build_absolute_uri("/"),
        "thumbnail_url": _address_of(request, "event-picture", event.slug),
        "thumbnail_width": SIZE[0],
        "thumbnail_height": SIZE[1],
        "html": frame,
        "width": width,
        "height": height,
    }
    return JsonResponse(answer)


def _lead_on(name: str, slug: str) -> HttpResponse | None:
    """From an old address to the present one; None where the event was withdrawn. Raises NotFound for any other."""
    try:
        answer = redirect(name, events.find_new_slug(slug), permanent=True)
    except NotFound:
        history.get_withdrawal(slug)
        return None
    answer["Cache-Control"] = "no-cache"  # editors may take a merge back
    return answer


def _say_withdrawn(request: HttpRequest, slug: str) -> HttpResponse:
    context = {"change": history.get_withdrawal(slug), "url": _address_of(request, "event", slug)}
    return render(request, "timeline/card_withdrawn.html", context, status=410)


def _find_slug(url: str) -> str:
    """The slug of the event at an address of this site; an old address leads to the new one.

    Raises:
        NotFound: it is none.
    """
    try:
        found = resolve(urlsplit(url).path)
    except (Resolver404, ValueError):
        raise NotFound(url) from None
    if found.url_name != "event":
        raise NotFound(url)
    slug = str(found.kwargs["slug"])
    try:
        return events.find_new_slug(slug)
    except NotFound:
        return slug


def _read_size(request: HttpRequest, name: str, usual: int) -> int:
    text = request.GET.get(name, str(usual))
    if not text.isdecimal() or not 0 < len(text) < 6 or int(text) < 1:
        raise InvalidFilter({name: f"“{text[:20]}” is not a number of dots"})
    return min(int(text), usual)


def _address_of(request: HttpRequest, name: str, slug: str) -> str:
    return request.build_absolute_uri(reverse(name, args=[slug]))
