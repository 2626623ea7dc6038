"""What an editor may change of an event. The values are checked against the record where they name somebody."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator

from timeline.filters import parse_since
from timeline.queries import actors, desk, events

_PRECISIONS = {4: "year", 7: "month", 10: "day"}
_SLUG = RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*$", "Lower-case words of letters and digits, joined by hyphens.")


def _choices(values: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(value, value.replace("-", " ")) for value in values]


class CaseForm(forms.Form):
    """The fields of an event itself."""

    title = forms.CharField(max_length=300, label="Headline")
    kind = forms.ChoiceField(choices=_choices(events.KINDS))
    status = forms.ChoiceField(choices=_choices(events.STATUSES))
    on = forms.CharField(
        max_length=10, label="Date", help_text="YYYY-MM-DD, or YYYY-MM, or YYYY: as far as it is known"
    )
    summary = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 4}))
    scope = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 3}), label="What is cut, what stays")
    dispute = forms.TypedChoiceField(required=False, coerce=int, empty_value=None)
    slug = forms.CharField(max_length=120, label="Address", validators=[_SLUG])
    reason = forms.CharField(required=False, max_length=500, label="Why this is changed", help_text="Readers see it.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dispute: Any = self.fields["dispute"]
        dispute.choices = [("", "none"), *desk.list_dispute_choices()]

    def clean_on(self) -> tuple[Any, str]:
        """The first day of what was typed, and its precision."""
        text = self.cleaned_data["on"].strip()
        try:
            return parse_since(text), _PRECISIONS[len(text)]
        except (ValueError, KeyError):
            raise forms.ValidationError("A date as YYYY-MM-DD, YYYY-MM or YYYY.") from None

    def to_values(self) -> dict[str, Any]:
        """The values for `services.correct_event`; the form has to be valid."""
        given = self.cleaned_data
        on, precision = given["on"]
        same = {name: given[name] for name in ("title", "kind", "status", "summary", "scope", "slug")}
        return {**same, "on": on, "precision": precision, "dispute_id": given["dispute"]}


class PartForm(forms.Form):
    """One who takes part; a row without a name is left out."""

    actor = forms.CharField(required=False, max_length=200, widget=forms.TextInput(attrs={"list": "actor-names"}))
    role = forms.ChoiceField(choices=_choices(events.ROLES))


class QuoteForm(forms.Form):
    """Exact words: whether they stay, and whose they are."""

    pk = forms.IntegerField(widget=forms.HiddenInput)
    keep = forms.BooleanField(required=False, initial=True)
    speaker = forms.CharField(max_length=200, widget=forms.TextInput(attrs={"list": "actor-names"}))
    behalf = forms.CharField(required=False, max_length=200, widget=forms.TextInput(attrs={"list": "actor-names"}))


class ClauseForm(forms.Form):
    """A clause: whether it stays."""

    pk = forms.IntegerField(widget=forms.HiddenInput)
    keep = forms.BooleanField(required=False, initial=True)


class _NamesFormSet(forms.BaseFormSet):  # type: ignore[type-arg]
    """Rows that name actors in `name_fields`; each name has to be one of the record."""

    name_fields: tuple[str, ...] = ()

    def clean(self) -> None:
        rows = [form for form in self.forms if hasattr(form, "cleaned_data")]
        named = [(form, field, form.cleaned_data.get(field, "").strip()) for form in rows for field in self.name_fields]
        known = desk.find_actors({name for _, _, name in named if name})
        for form, field, name in named:
            if name and name.lower() not in known:
                meant = ", ".join(actor.name for actor in actors.search_actors(name, limit=3))
                hint = f" Perhaps {meant}?" if meant else ""
                form.add_error(field, f"Nobody on record goes by “{name}”.{hint}")
            form.cleaned_data[f"{field}_id"] = known.get(name.lower())


class _PartFormSet(_NamesFormSet):
    name_fields = ("actor",)


class _QuoteFormSet(_NamesFormSet):
    name_fields = ("speaker", "behalf")


PartFormSet = forms.formset_factory(PartForm, formset=_PartFormSet, extra=1, max_num=60)
QuoteFormSet = forms.formset_factory(QuoteForm, formset=_QuoteFormSet, extra=0, max_num=200)
ClauseFormSet = forms.formset_factory(ClauseForm, extra=0, max_num=200)


class RejectForm(forms.Form):
    """Why something is rejected or withdrawn."""

    reason = forms.CharField(max_length=500)


class SettleForm(forms.Form):
    """What came of a report."""

    state = forms.ChoiceField(choices=_choices(desk.REPORT_STATES[1:]))
    answer = forms.CharField(required=False, max_length=1000)
