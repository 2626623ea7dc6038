"""What search engines ask for first: robots.txt, and all addresses."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from timeline.public import public_page
from timeline.queries import sitemap


@public_page
def show_robots(request: HttpRequest) -> HttpResponse:
    """Everything may be read but the editors' part."""
    address = request.build_absolute_uri(reverse("sitemap"))
    return HttpResponse(
        f"User-agent: *\nDisallow: /admin/\nDisallow: /desk/\nSitemap: {address}\n", content_type="text/plain"
    )


@public_page
def show_index(request: HttpRequest) -> HttpResponse:
    """The sitemaps of each noun, by part."""
    parts = [(noun, part) for noun, number in sitemap.count_parts().items() for part in range(number)]
    pages = [request.build_absolute_uri(reverse("sitemap-part", args=pair)) for pair in parts]
    return render(request, "timeline/sitemap_index.xml", {"pages": pages}, content_type="application/xml")


@public_page
def show_part(request: HttpRequest, noun: str, part: int) -> HttpResponse:
    """The addresses of one part."""
    rows = [
        (request.build_absolute_uri(reverse(noun, args=[slug])), changed)
        for slug, changed in sitemap.list_part(noun, part)
    ]
    return render(request, "timeline/sitemap.xml", {"rows": rows}, content_type="application/xml")
