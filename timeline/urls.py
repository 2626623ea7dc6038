"""Addresses of the record."""

from django.urls import include, path, re_path
from django.views.generic import RedirectView

from timeline import calendars, embeds, reports, sitemaps, views
from timeline.api import exports, pages
from timeline.feeds import views as feeds

urlpatterns = [
    path("api/", include("timeline.api.urls")),  # first: patterns are tried one after the other
    path("", views.show_timeline, name="timeline"),
    path("events/", RedirectView.as_view(pattern_name="timeline", query_string=True)),  # the list that slugs hang below
    path("favicon.ico", views.show_icon, name="icon"),
    path("events/<slug:slug>/", views.show_event, name="event"),
    path("events/<slug:slug>/card.png", embeds.show_picture, name="event-picture"),
    path("events/<slug:slug>/card/", embeds.show_card, name="event-card"),
    path("oembed", embeds.show_oembed, name="oembed"),
    path("actors/", views.show_actors, name="actors"),
    path("actors/<slug:slug>/", views.show_actor, name="actor"),
    path("disputes/", views.show_disputes, name="disputes"),
    path("disputes/<slug:slug>/", views.show_dispute, name="dispute"),
    path("quotes/", views.show_quotes, name="quotes"),
    path("clauses/", views.show_clauses, name="clauses"),
    path("corrections/", views.show_corrections, name="corrections"),
    path("report/", reports.show_form, name="report"),
    path("report/thanks/", reports.show_thanks, name="report-thanks"),
    path("about/api/", views.show_about_api, name="about-api"),
    path("about/api/swagger/", pages.show_swagger, name="api-swagger"),
    path("about/api/redoc/", pages.show_redoc, name="api-redoc"),
    path("about/", views.show_about, name="about"),
    path("suggest", views.suggest, name="suggest"),
    path("robots.txt", sitemaps.show_robots, name="robots"),
    path("sitemap.xml", sitemaps.show_index, name="sitemap"),
    path("sitemaps/<slug:noun>-<int:part>.xml", sitemaps.show_part, name="sitemap-part"),
    *(path(f"feed.{form}", view, name=f"feed-{form}") for form, view in feeds.EVENTS.items()),
    *(path(f"quotes.{form}", view, name=f"quotes-{form}") for form, view in feeds.QUOTES.items()),
    *(path(f"corrections.{form}", view, name=f"corrections-{form}") for form, view in feeds.CORRECTIONS.items()),
    path("events.csv", exports.show_csv, name="events-csv"),
    path("events.ndjson", exports.show_ndjson, name="events-ndjson"),
    path("events.ics", calendars.show_calendar, name="events-ics"),
    path("data/", pages.show_dumps, name="dumps"),
    path("data/latest/<str:name>", pages.show_latest_dump, name="dump-latest"),
    re_path(r"^data/(?P<day>\d{4}-\d{2}-\d{2})/(?P<name>[\w.-]+)$", pages.send_dump_file, name="dump-file"),
    path("desk/", include("timeline.desk.urls")),
]
