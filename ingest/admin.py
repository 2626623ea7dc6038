"""Admin pages of feeds, polls and documents."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from ingest.models import Document, Feed, Fetch
from timeline.addresses import url_hash

HTTPS: dict[Any, Any] = {models.URLField: {"assume_scheme": "https"}}


@admin.register(Feed)
class FeedAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["title", "kind", "polled_at", "succeeded_at", "changed_at", "next_poll_at", "robots", "error"]
    list_filter = ["kind", "group"]
    search_fields = ["title", "url"]
    raw_id_fields = ["publisher"]
    formfield_overrides = HTTPS
    actions = ["poll_soon"]

    @admin.action(description="Poll at the next sweep")
    def poll_soon(self, request: HttpRequest, queryset: QuerySet[Feed]) -> None:
        queryset.update(next_poll_at=timezone.now())


@admin.register(Fetch)
class FetchAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["feed", "at", "status", "items", "items_new", "items_changed", "error"]
    list_filter = ["status"]
    list_select_related = ["feed"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Fetch | None = None) -> bool:
        return False


@admin.register(Document)
class DocumentAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["__str__", "step", "feed", "published_at", "due_at", "tries", "error"]
    list_filter = ["step"]
    search_fields = ["title", "url"]
    list_select_related = ["feed"]
    raw_id_fields = ["feed", "article"]
    formfield_overrides = HTTPS
    exclude = ["body", "sketch", "marks"]
    readonly_fields = ["found_at", "fetched_at", "claimed_until", "text"]
    actions = ["read_again"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Document]:
        return super().get_queryset(request).defer("body")

    def save_model(self, request: HttpRequest, obj: Document, form: Any, change: bool) -> None:
        obj.key = url_hash(obj.url)
        super().save_model(request, obj, form, change)

    @admin.action(description="Read again from the page at hand")
    def read_again(self, request: HttpRequest, queryset: QuerySet[Document]) -> None:
        queryset.exclude(body=b"").update(step=Document.Step.FETCHED, due_at=timezone.now(), tries=0)
