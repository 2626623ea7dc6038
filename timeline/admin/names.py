"""Admin pages of actors and disputes."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest

from timeline.admin.recorded import RecordedAdmin
from timeline.models import Actor, ActorName, Change, Dispute, Event, Side
from timeline.services.words import refresh_words


class NameInline(admin.TabularInline):  # type: ignore[type-arg]
    model = ActorName
    extra = 0


@admin.register(Actor)
class ActorAdmin(RecordedAdmin):
    noun = Change.Noun.ACTOR
    list_display = ["name", "kind", "parent", "title", "state"]
    list_filter = ["state", "kind"]
    search_fields = ["name", "names__name", "slug"]
    autocomplete_fields = ["parent"]
    list_select_related = ["parent"]
    inlines = [NameInline]

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool) -> None:  # type: ignore[type-arg]
        """The display name is one of the names, and events are found by all of them."""
        super().save_related(request, form, formsets, change)
        actor = form.instance
        if not actor.names.filter(name=actor.name).exists():
            actor.names.filter(position=0).update(position=1)
            actor.names.create(name=actor.name, position=0)
        for event in Event.objects.filter(participations__actor=actor).distinct():
            refresh_words(event)


class SideInline(admin.TabularInline):  # type: ignore[type-arg]
    model = Side
    extra = 0
    autocomplete_fields = ["actor"]


@admin.register(Dispute)
class DisputeAdmin(RecordedAdmin):
    noun = Change.Noun.DISPUTE
    list_display = ["title", "slug"]
    search_fields = ["title", "slug", "summary"]
    inlines = [SideInline]
