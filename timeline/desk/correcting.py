"""An event on the desk: its forms, filled with what is on record, and what pressing a button does with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import QueryDict

from timeline import services
from timeline.desk.forms import CaseForm, ClauseFormSet, PartFormSet, QuoteFormSet
from timeline.metadata import format_day
from timeline.queries.desk import Case
from timeline.services import RoleRow


@dataclass(slots=True)
class CaseForms:
    """The forms of one event, all of which one press saves."""

    case: Case
    main: CaseForm
    parts: Any
    quotes: Any
    clauses: Any

    def is_valid(self) -> bool:
        """Whether all of them are; each is checked, so that all faults are shown at once."""
        return all([form.is_valid() for form in (self.main, self.parts, self.quotes, self.clauses)])  # noqa: C419

    def save(self, by: str) -> None:
        """Correct the event by the forms, which have to be valid.

        Raises:
            InvalidRecord: what they say together cannot be.
        """
        event, reason = self.case.event, self.main.cleaned_data["reason"]
        with transaction.atomic():
            services.correct_event(event_id=event.pk, values=self.main.to_values(), by=by, reason=reason)
            services.correct_roles(event_id=event.pk, roles=self._roles(), by=by, reason=reason)
            dropped = {name: _dropped(forms) for name, forms in (("quote", self.quotes), ("clause", self.clauses))}
            services.drop_words(
                event_id=event.pk, quote_ids=dropped["quote"], clause_ids=dropped["clause"], by=by, reason=reason
            )
            for row in self.quotes.cleaned_data:
                if row["keep"]:
                    services.correct_speaker(
                        quote_id=row["pk"], speaker_id=row["speaker_id"], on_behalf_of_id=row["behalf_id"], by=by
                    )

    def _roles(self) -> list[RoleRow]:
        return [RoleRow(row["actor_id"], row["role"]) for row in self.parts.cleaned_data if row.get("actor_id")]


def make_forms(case: Case, data: QueryDict | None = None) -> CaseForms:
    """The forms of a case, filled with `data`, or with what is on record."""
    event = case.event
    own = {name: getattr(event, name) for name in ("title", "kind", "status", "summary", "scope", "slug")}
    main = CaseForm(data, initial={**own, "on": format_day(event), "dispute": event.dispute_id})
    parts = [{"actor": part.actor.name, "role": part.role} for part in case.parts]
    quotes = [
        {"pk": q.pk, "keep": True, "speaker": q.speaker.name, "behalf": q.on_behalf_of.name if q.on_behalf_of else ""}
        for q in event.quotes.all()
    ]
    clauses = [{"pk": clause.pk, "keep": True} for clause in event.clauses.all()]
    return CaseForms(
        case,
        main,
        PartFormSet(data, initial=parts, prefix="part"),
        QuoteFormSet(data, initial=quotes, prefix="quote"),
        ClauseFormSet(data, initial=clauses, prefix="clause"),
    )


def _dropped(forms: Any) -> list[int]:
    return [row["pk"] for row in forms.cleaned_data if not row["keep"]]
