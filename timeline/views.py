"""The public pages. Each asks `queries` and renders; none writes."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from timeline.addresses import is_tracking
from timeline.beside import write_beside
from timeline.charts import FAMILY_NAMES, draw_histogram
from timeline.entries import ENTRIES, Style, list_entries, write_entries
from timeline.errors import InvalidFilter, NotFound
from timeline.filters import ORDERS, EventFilter, parse_filter
from timeline.lanes import draw_lanes
from timeline.metadata import cite_bibtex, cite_plain, describe_event, write_frame
from timeline.public import public_page
from timeline.queries import actors, clauses, disputes, events, facets, history, quotes, suggestions
from timeline.queries.page import read_page
from timeline.templatetags.compiled import compiled
from visitors.limits import list_windows

RECENT = 12  # events shown on an actor's page before it points to the timeline


@public_page
def show_timeline(request: HttpRequest) -> HttpResponse:
    """All events that the filter asks for, a page at a time, with the choices that narrow it further."""
    asked = parse_filter(request.GET, beside=("cursor",))
    dates = "month" if asked.order in ("newest", "oldest") else "short"
    cursor = request.GET.get("cursor", "")
    beside = write_beside(asked, first=0 if cursor else ENTRIES + 1)
    page = list_entries(asked, dates=dates, cursor=cursor, first=beside.first)
    meant = _list_meant(asked.q, found=bool(page.rows)) if not cursor else []
    dispute = disputes.name_dispute(asked.dispute) if asked.dispute else ""
    missing = asked.dispute if not dispute else ""
    context = {
        "path": request.path,
        "asked": asked,
        "page": page,
        "beside": beside,
        "chosen_actors": actors.name_actors(asked.actors),
        "chosen_dispute": dispute,
        "orders": [order for order in ORDERS if order != "relevance" or asked.q],
        "meant": next((words for words in meant if events.has_any(replace(asked, q=words))), ""),
        "near": [] if page.rows else events.list_loosely(asked, meant[0] if meant else asked.q),
        "meant_disputes": [] if page.rows or not missing else disputes.suggest_disputes(asked.dispute),
        "missing_dispute": missing,
        "meant_actors": [] if page.rows else actors.suggest_actors(asked.actors),
    }
    return HttpResponse(compiled("timeline/timeline.jinja", **context))


def _list_meant(q: str, *, found: bool) -> list[str]:
    """Other words that may be meant by those of a search."""
    if not found:
        return events.suggest_words(q)
    name = events.suggest_name(q)
    return [name] if name else []


@public_page
def show_event(request: HttpRequest, slug: str) -> HttpResponse:
    """One event with all that is known of it; an old address leads to the new one, and a withdrawn one says so."""
    try:
        page = read_page(slug)
    except NotFound:
        return _lead_on(request, slug)
    event, site = page.event, f"{request.scheme}://{request.get_host()}"
    url = f"{site}{event.get_absolute_url()}"
    picture = f"{site}{reverse('event-picture', args=[slug])}"
    context = {
        "path": request.path,
        "page": page,
        "event": event,
        "url": url,
        "picture": picture,
        "oembed": f"{site}{reverse('oembed', query={'url': url})}",
        "described": describe_event(event, url, picture, page.changes),
        "citations": {
            "Plain": cite_plain(event, url),
            "BibTeX": cite_bibtex(event, url),
            "Embed": write_frame(event, f"{url}card/"),
        },
    }
    return HttpResponse(compiled("timeline/event.jinja", **context))


@public_page
def show_actors(request: HttpRequest) -> HttpResponse:
    """Actors by name; `q` is a part of a name, `kind` one of the three kinds."""
    q, kind, cursor = _read(request.GET, "q", "kind", "cursor")
    page = actors.list_actors(q=q, kind=kind, cursor=cursor)
    meant = [] if page.rows or not q else actors.search_actors(q)
    context = {"page": page, "q": q, "kind": kind, "kinds": actors.KINDS, "meant": meant}
    return render(request, "timeline/actors.html", context | {"query": _write(q=q, kind=kind)})


@public_page
def show_actor(request: HttpRequest, slug: str) -> HttpResponse:
    """An actor: what it did and what was done to it, its words, its clauses."""
    actor = actors.get_actor(slug)
    asked = EventFilter(actors=(slug,))
    total, months = facets.count_months(asked)
    context = {
        "actor": actor,
        "asked": asked,
        "page": list_entries(asked, dates="short", size=RECENT),
        "total": total,
        "histogram": draw_histogram(months, facets.get_years(), asked),
        "families": FAMILY_NAMES,
        "tallies": actors.count_roles(actor),
        "cut_off": actors.list_cut_off_by(actor),
        "cutting_off": actors.list_cutting_off(actor),
        "clauses": actors.list_clauses(actor),
        "quotes": quotes.list_quotes(actor=slug, size=RECENT),
    }
    return render(request, "timeline/actor.html", context)


@public_page
def show_disputes(request: HttpRequest) -> HttpResponse:
    """The disputes, the one that moved last first."""
    (cursor,) = _read(request.GET, "cursor")
    return render(request, "timeline/disputes.html", {"page": disputes.list_disputes(cursor=cursor)})


@public_page
def show_dispute(request: HttpRequest, slug: str) -> HttpResponse:
    """A dispute: its sides, its sequence, and what each side says."""
    dispute = disputes.get_dispute(slug)
    (cursor,) = _read(request.GET, "cursor")
    asked = EventFilter(dispute=slug)
    page = events.list_events(replace(asked, order="oldest"), cursor=cursor, size=50)
    last = page.rows if not page.next else events.list_events(asked, size=1).rows
    total, months = facets.count_months(asked)
    context = {
        "dispute": dispute,
        "asked": asked,
        "histogram": draw_histogram(months, facets.get_years(), asked),
        "families": FAMILY_NAMES,
        "page": page,
        "entries": write_entries([row.pk for row in page.rows], Style("short", in_dispute=True)),
        "last": last[-1] if last else None,
        "lanes": draw_lanes(page.rows, dispute.sides.all()),
        "total": total,
        "voices": quotes.list_voices_of_dispute(dispute.pk, dispute.sides.all()),
    }
    return render(request, "timeline/dispute.html", context)


@public_page
def show_quotes(request: HttpRequest) -> HttpResponse:
    """Quotes by words (`q`), by who spoke or was spoken for (`actor`), and by `dispute`."""
    q, actor, dispute, cursor = _read(request.GET, "q", "actor", "dispute", "cursor")
    choices = quotes.count_choices(q=q, actor=actor, dispute=dispute)
    context = {
        "page": quotes.list_quotes(q=q, actor=actor, dispute=dispute, cursor=cursor),
        "q": q,
        "actor": actor,
        "dispute": dispute,
        "speakers": {
            heading: [(row, _write(q=q, actor="" if row.slug == actor else row.slug, dispute=dispute)) for row in rows]
            for heading, rows in (("Spoken for", choices.holders), ("Who speaks", choices.people))
        },
        "disputes": [
            (row, _write(q=q, actor=actor, dispute="" if row.slug == dispute else row.slug)) for row in choices.disputes
        ],
        "without_actor": _write(q=q, dispute=dispute),
        "without_dispute": _write(q=q, actor=actor),
        "actor_name": actors.name_actors([actor]).get(actor, actor),
        "dispute_name": disputes.name_dispute(dispute) or dispute,
        "query": _write(q=q, actor=actor, dispute=dispute),
    }
    return render(request, "timeline/quotes.html", context)


@public_page
def show_clauses(request: HttpRequest) -> HttpResponse:
    """Clauses that events turned on, by words (`q`) and by whose terms they are (`vendor`)."""
    q, vendor, cursor = _read(request.GET, "q", "vendor", "cursor")
    context = {
        "page": clauses.list_clauses(q=q, vendor=vendor, cursor=cursor),
        "q": q,
        "vendor": vendor,
        "vendor_name": actors.name_actors([vendor]).get(vendor, vendor),
        "vendors": clauses.list_vendors(),
        "query": _write(q=q, vendor=vendor),
    }
    return render(request, "timeline/clauses.html", context)


@public_page
def show_corrections(request: HttpRequest) -> HttpResponse:
    """What was changed in public entries."""
    (cursor,) = _read(request.GET, "cursor")
    return render(request, "timeline/corrections.html", {"page": history.list_corrections(cursor=cursor)})


@public_page
def show_about(request: HttpRequest) -> HttpResponse:
    """How the record is made."""
    return render(request, "timeline/about.html")


@public_page
def show_about_api(request: HttpRequest) -> HttpResponse:
    """How to use the API, the feeds and the exports."""
    words = {"orders": ORDERS, "kinds": events.KINDS, "statuses": events.STATUSES, "roles": events.ROLES}
    context = {"base": f"{request.scheme}://{request.get_host()}", "windows": list_windows(keyed=False), **words}
    return render(request, "timeline/api.html", context)


@require_safe
def show_icon(request: HttpRequest) -> HttpResponse:
    """Where browsers look for the site's picture when what they show names none, such as a feed."""
    return redirect(static("timeline/icon.svg"))


@public_page
def suggest(request: HttpRequest) -> HttpResponse:
    """What somebody who typed `q` so far may mean, as a JSON list of texts."""
    (q,) = _read(request.GET, "q")
    return JsonResponse(suggestions.suggest_titles(q), safe=False)


def _lead_on(request: HttpRequest, slug: str) -> HttpResponse:
    """From an address where no event is public any more. Raises NotFound where none ever was."""
    try:
        answer = redirect("event", events.find_new_slug(slug), permanent=True)
    except NotFound:
        context = {"request_path": request.path, "change": history.get_withdrawal(slug)}
        return render(request, "timeline/withdrawn.html", context, status=410)
    answer["Cache-Control"] = "no-cache"  # editors may take a merge back
    return answer


def _read(query: QueryDict, *names: str) -> list[str]:
    """The values of the names, "" where one is not given.

    Raises:
        InvalidFilter: another name is given, or a value that no text can be.
    """
    unknown = [name for name in query if name not in names and not is_tracking(name)]
    problems = {name: f"is not a parameter here; there are {', '.join(names)}" for name in unknown}
    problems |= {name: "holds characters that no text has" for name in names if "\x00" in query.get(name, "")}
    if problems:
        raise InvalidFilter(problems)
    return [query.get(name, "").strip()[:300] for name in names]


def _write(**values: str) -> str:
    """A query string of the values that are given."""
    return urlencode({name: value for name, value in values.items() if value})
