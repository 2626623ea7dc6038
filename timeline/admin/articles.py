"""Admin pages of publishers, articles and the record's history."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest

from timeline.addresses import known_address, url_hash
from timeline.admin.recorded import ReadOnlyAdmin, RecordedAdmin
from timeline.models import Article, Change, Publisher, Redirect


@admin.register(Publisher)
class PublisherAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["name", "host"]
    search_fields = ["name", "host"]


@admin.register(Article)
class ArticleAdmin(RecordedAdmin):
    noun = Change.Noun.ARTICLE
    list_display = ["title", "publisher", "published_on", "by"]
    list_filter = ["by"]
    search_fields = ["title", "url"]
    list_select_related = ["publisher"]
    autocomplete_fields = ["publisher", "original"]
    date_hierarchy = "published_on"

    def save_model(self, request: HttpRequest, obj: Article, form: ModelForm, change: bool) -> None:  # type: ignore[type-arg, override]
        obj.key = url_hash(obj.url)
        super().save_model(request, obj, form, change)

    def address_of(self, obj: Any) -> str:
        return str(obj.url)

    def view_on_site(self, obj: Article) -> str | None:
        """The page itself, where it is known where that is."""
        return known_address(obj.url)


@admin.register(Change)
class ChangeAdmin(ReadOnlyAdmin):
    list_display = ["at", "action", "noun", "slug", "by", "reason"]
    list_filter = ["action", "noun"]
    search_fields = ["slug", "by", "reason"]


@admin.register(Redirect)
class RedirectAdmin(ReadOnlyAdmin):
    list_display = ["slug", "to", "reason", "at"]
    search_fields = ["slug"]
    autocomplete_fields = ["to"]
