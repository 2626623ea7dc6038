"""The editors' desk as a client uses it: a proposal, its form, one press of a button."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from tests.factories import cite, make_actor, make_clause, make_event, make_quote
from timeline.models import Event, Evidence

SENTENCE = "Brackwater said it had cut off Tessellate <script>alert(1)</script>."


def sign_in(client: Client) -> Client:
    """The client, as an editor."""
    user = User.objects.create_user("ada", password="pw")
    user.user_permissions.add(Permission.objects.get(codename="change_event"))
    client.force_login(user)
    return client


def make_proposal(title: str = "Brackwater cuts off Tessellate", **fields: Any) -> Event:
    actors = [(make_actor(state="proposed"), "initiator"), (make_actor(), "target")]
    event = make_event(title, state="proposed", confidence=0.8, actors=actors, **fields)
    citation = cite(event)
    part = event.participations.all()[0]
    for fact, participation in (("kind", None), ("role", part)):
        Evidence.objects.create(
            citation=citation, fact=fact, participation=participation, sentence=SENTENCE, start=0, end=9
        )
    make_quote(event, part.actor, "Enough is enough.", state="proposed", sentence="“Enough,” she said.")
    make_clause(event, part.actor, state="proposed")
    return event


def read_form(client: Client, event: Event) -> dict[str, str]:
    """What the page of an event would send as it stands."""
    soup = BeautifulSoup(client.get(reverse("desk-case", args=[event.pk])).content, "html.parser")
    form = soup.select_one("form.case")
    assert form is not None
    values = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        name, chosen = str(field["name"]), field.select_one("option[selected]") or field.select_one("option")
        if field.get("type") == "checkbox" and not field.has_attr("checked"):
            continue
        on = "on" if field.get("type") == "checkbox" else ""
        values[name] = str(chosen["value"]) if chosen else on or str(field.get("value") or field.text.strip())
    return {name: value for name, value in values.items() if name != "csrfmiddlewaretoken"}


def press(client: Client, event: Event, button: str, **changed: Any) -> Any:
    """What happens when an editor changes some fields and presses a button."""
    whole = button in ("save", "publish")
    values = read_form(client, event) | changed if whole else changed
    return client.post(reverse("desk-case", args=[event.pk]), values | {"do": button})
