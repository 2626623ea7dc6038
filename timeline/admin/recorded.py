"""Admin pages whose every change leaves a history row."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import models, transaction
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone

from timeline.models import Change
from timeline.services.history import note_change


def editor_of(request: HttpRequest) -> str:
    """Who the signed-in editor is, in `by` fields."""
    return f"editor {request.user.get_username()}"


class RecordedAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Saves what an editor changed together with its history. `noun` is the row's noun in `Change`."""

    noun: str
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    @transaction.atomic
    def save_model(self, request: HttpRequest, obj: models.Model, form: ModelForm, change: bool) -> None:  # type: ignore[type-arg]
        before = {name: str(form.initial.get(name, "")) for name in form.changed_data} if change else {}
        after = {name: str(form.cleaned_data[name]) for name in form.changed_data if name in form.cleaned_data}
        if hasattr(obj, "updated_at"):
            obj.updated_at = timezone.now()
        super().save_model(request, obj, form, change)
        if after:
            note_change(
                noun=self.noun,
                row_id=obj.pk,
                slug=self.address_of(obj),
                action=Change.Action.CORRECT if change else Change.Action.CREATE,
                by=editor_of(request),
                before=before,
                after=after,
            )

    def address_of(self, obj: Any) -> str:
        """What the history calls the row."""
        return str(obj.slug)

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Rows of the record are withdrawn or merged, never deleted: their addresses stay."""
        return False


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Rows to look at."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False
