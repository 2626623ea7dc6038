"""Admin pages of events."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.forms import ModelForm, Textarea
from django.http import HttpRequest

from timeline import services
from timeline.admin.recorded import RecordedAdmin, editor_of
from timeline.errors import InvalidRecord
from timeline.models import AnnouncedDate, Change, Citation, Clause, Event, Link, Participation, Quote
from timeline.services.events import keep_address, leads_elsewhere
from timeline.services.words import refresh_words


class PartInline(admin.TabularInline):  # type: ignore[type-arg]
    """Rows that hang on an event, small enough for one screen."""

    extra = 0
    formfield_overrides = {models.TextField: {"widget": Textarea(attrs={"rows": 2, "cols": 60})}}


class ParticipationInline(PartInline):
    model = Participation
    autocomplete_fields = ["actor"]
    fields = ["actor", "role", "position", "confidence", "by"]
    readonly_fields = ["confidence", "by"]


class QuoteInline(PartInline):
    model = Quote
    autocomplete_fields = ["speaker", "on_behalf_of", "article"]
    fields = ["text", "speaker", "on_behalf_of", "article", "state", "position"]


class ClauseInline(PartInline):
    model = Clause
    autocomplete_fields = ["vendor", "article"]
    fields = ["text", "vendor", "document", "article", "state", "position"]


class DateInline(PartInline):
    model = AnnouncedDate
    fields = ["on", "kind", "text", "position"]


class CitationInline(PartInline):
    model = Citation
    autocomplete_fields = ["article"]
    fields = ["article", "main", "reasons", "confidence", "by", "position"]
    readonly_fields = ["reasons", "confidence", "by"]


class LinkInline(PartInline):
    model = Link
    fk_name = "event"
    autocomplete_fields = ["to"]
    fields = ["relation", "to", "position"]


class EventForm(ModelForm):  # type: ignore[type-arg]
    """An event; its address may be none that another event has had."""

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if leads_elsewhere(slug, self.instance):
            raise ValidationError("This address leads to another event.")
        return slug


@admin.register(Event)
class EventAdmin(RecordedAdmin):
    noun = Change.Noun.EVENT
    form = EventForm
    list_display = ["title", "on", "kind", "status", "state", "by"]
    list_filter = ["state", "kind", "status", "precision"]
    search_fields = ["title", "slug", "words"]
    date_hierarchy = "on"
    autocomplete_fields = ["dispute"]
    readonly_fields = ["confidence", "by"]
    inlines = [ParticipationInline, DateInline, QuoteInline, ClauseInline, CitationInline, LinkInline]
    actions = ["publish", "publish_new_words"]

    def save_model(self, request: HttpRequest, obj: Event, form: ModelForm, change: bool) -> None:  # type: ignore[type-arg, override]
        super().save_model(request, obj, form, change)
        if change and "slug" in form.changed_data:
            keep_address(obj, form.initial["slug"], "renamed")

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool) -> None:  # type: ignore[type-arg]
        super().save_related(request, form, formsets, change)
        refresh_words(form.instance)

    @admin.action(description="Publish")
    def publish(self, request: HttpRequest, queryset: QuerySet[Event]) -> None:
        for event in queryset:
            try:
                services.publish_event(event_id=event.pk, by=editor_of(request))
            except InvalidRecord as error:
                self.message_user(request, f"{event}: {error}", messages.ERROR)

    @admin.action(description="Publish the quotes and clauses that wait")
    def publish_new_words(self, request: HttpRequest, queryset: QuerySet[Event]) -> None:
        for event in queryset:
            services.publish_words(event=event, by=editor_of(request))
