"""The queue of proposals: each fact beside its sentence; one press publishes, merges or rejects."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from timeline import services
from timeline.admin.events import EventAdmin
from timeline.admin.recorded import editor_of
from timeline.errors import InvalidRecord
from timeline.models import Event, Evidence, Proposal, Redirect


class ProposalForm(forms.ModelForm):  # type: ignore[type-arg]
    """A proposal, and what to do with it besides correcting it."""

    merge_into = forms.ModelChoiceField(
        Event.objects.living(),
        required=False,
        widget=AutocompleteSelect(Redirect._meta.get_field("to"), admin.site),
        help_text="The event that tells of the same.",
    )
    reason = forms.CharField(required=False, max_length=500, help_text="Needed to reject.")

    class Meta:
        model = Proposal
        fields = ["title", "kind", "on", "precision", "status", "summary", "scope", "dispute", "slug"]
        widgets = {
            "title": forms.TextInput(attrs={"size": 90}),
            "slug": forms.TextInput(attrs={"size": 90}),
            "summary": forms.Textarea(attrs={"rows": 3, "cols": 90}),
            "scope": forms.Textarea(attrs={"rows": 2, "cols": 90}),
        }

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        if "_merge" in self.data and not cleaned.get("merge_into"):
            self.add_error("merge_into", "Choose the event to merge into.")
        if "_reject" in self.data and not cleaned.get("reason", "").strip():
            self.add_error("reason", "Say why it is rejected.")
        return cleaned


@admin.register(Proposal)
class ProposalAdmin(EventAdmin):
    form = ProposalForm
    list_display = ["title", "on", "kind", "confidence", "sources", "created_at"]
    list_filter = ["kind", "status"]
    ordering = ["-confidence", "-id"]
    readonly_fields = ["facts", "confidence", "by"]
    view_on_site = False  # nobody sees it there yet
    change_form_template = "admin/timeline/proposal/change_form.html"
    fields = [
        "facts",
        "title",
        ("kind", "status"),
        ("on", "precision"),
        "summary",
        "scope",
        "dispute",
        "slug",
        ("confidence", "by"),
        "merge_into",
        "reason",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Event]:
        rows: QuerySet[Event] = super().get_queryset(request).filter(state=Event.State.PROPOSED)
        return rows.annotate(source_count=Count("citations"))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.display(ordering="source_count")
    def sources(self, event: Any) -> int:
        return int(event.source_count)

    @admin.display(description="What was read, and where")
    def facts(self, event: Event) -> SafeString:
        rows = Evidence.objects.filter(citation__event=event).select_related(
            "participation__actor", "citation__article__publisher"
        )
        cells = ((_fact(row), row.sentence, row.citation.article.url, row.citation.article.publisher) for row in rows)
        body = format_html_join("", '<tr><th>{}</th><td>{} <a href="{}">{}</a></td></tr>', cells)
        return format_html("<table>{}</table>", body)

    def response_change(self, request: HttpRequest, obj: Event) -> HttpResponse:
        """What the pressed button asks for, once corrections are saved."""
        form = self.get_form(request, obj)(request.POST, instance=obj)
        form.is_valid()
        reason, by = form.cleaned_data.get("reason", ""), editor_of(request)
        try:
            if "_publish" in request.POST:
                services.publish_event(event_id=obj.pk, by=by, reason=reason)
            elif "_merge" in request.POST:
                into = form.cleaned_data["merge_into"]
                services.merge_events(event_id=obj.pk, into_id=into.pk, by=by, reason=reason or "The same event.")
            elif "_reject" in request.POST:
                services.withdraw_event(event_id=obj.pk, by=by, reason=reason)
            else:
                return super().response_change(request, obj)
        except InvalidRecord as error:
            self.message_user(request, str(error), messages.ERROR)
            return HttpResponseRedirect(request.path)
        self.message_user(request, f"Done: {obj.title}")
        return HttpResponseRedirect(reverse("admin:timeline_proposal_changelist"))


def _fact(row: Evidence) -> str:
    if row.participation:
        return f"{row.participation.actor} ({row.participation.role})"
    return row.get_fact_display()
