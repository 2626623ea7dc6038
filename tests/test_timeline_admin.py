"""The admin, for what is rare: every list opens, each change leaves its history, proposals lead to the desk."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests.factories import cite, make_actor, make_clause, make_dispute, make_event, make_quote
from timeline.models import Event, Evidence, Redirect

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("ada"))
    return client


def make_proposal(title: str = "Brackwater cuts off Tessellate") -> Event:
    event = make_event(title, state="proposed", confidence=0.8, actors=[(make_actor(), "initiator")])
    citation = cite(event)
    sentence = "Brackwater said it had cut off Tessellate <script>alert(1)</script>."
    Evidence.objects.create(citation=citation, fact="kind", sentence=sentence, start=0, end=len(sentence))
    return event


@pytest.mark.parametrize("model", sorted(m._meta.label for m in admin.site._registry))
def test_every_list_and_first_row_opens(desk: Client, model: str) -> None:
    event = make_event("Seen by editors", dispute=make_dispute(), actors=[(make_actor(), "target")])
    make_quote(event, make_actor())
    make_clause(event, make_actor())
    make_proposal()
    registered = next(a for m, a in admin.site._registry.items() if m._meta.label == model)
    name = f"admin:{registered.opts.app_label}_{registered.opts.model_name}"
    page = desk.get(reverse(f"{name}_changelist"))
    if model == "timeline.Proposal":  # they have a desk of their own
        assert page["Location"] == reverse("desk")
        return
    assert page.status_code == 200
    for row in page.context["cl"].result_list[:1]:
        assert desk.get(reverse(f"{name}_change", args=[row.pk])).status_code == 200


def test_nothing_of_the_record_can_be_deleted(desk: Client) -> None:
    event = make_proposal()
    assert desk.post(reverse("admin:timeline_event_delete", args=[event.pk]), {"post": "yes"}).status_code == 403
    assert Event.objects.filter(pk=event.pk).exists()


def test_a_new_name_of_an_actor_finds_its_events(desk: Client) -> None:
    actor = make_actor("Brackwater")
    event = make_event(actors=[(actor, "initiator")])
    address = reverse("admin:timeline_actor_change", args=[actor.pk])
    values = {"slug": actor.slug, "name": "Brackwater Labs", "kind": actor.kind, "state": actor.state}
    row = actor.names.get()
    values |= {"names-TOTAL_FORMS": "1", "names-INITIAL_FORMS": "1", "names-0-id": str(row.pk)}
    values |= {"names-0-actor": str(actor.pk), "names-0-name": row.name, "names-0-position": "0"}
    assert desk.post(address, values).status_code == 302
    event.refresh_from_db()
    assert "Brackwater Labs" in event.words
    assert [name.name for name in actor.names.all()] == ["Brackwater Labs", "Brackwater"]


def test_the_admin_gives_no_event_an_address_that_leads_to_another(desk: Client) -> None:
    event, other = make_event(actors=[(make_actor(), "initiator")]), make_event()
    Redirect.objects.create(slug="2025-08-01-an-old-one", to=other)
    Redirect.objects.create(slug="2025-08-01-own", to=event)
    address = reverse("admin:timeline_event_change", args=[event.pk])
    for slug, code in (("2025-08-01-an-old-one", 200), ("2025-08-01-own", 302)):
        context = desk.get(address).context
        formsets = [inline.formset for inline in context["inline_admin_formsets"]]
        bound = [form for formset in formsets for form in (formset.management_form, *formset.initial_forms)]
        forms = [context["adminform"].form, *bound]
        values = {form.add_prefix(name): form[name].value() for form in forms for name in form.fields}
        given = {name: value for name, value in values.items() if value not in (None, "")} | {"slug": slug}
        page = desk.post(address, given)
        assert page.status_code == code
        assert (b"This address leads to another event." in page.content) is (code == 200)
    assert Redirect.objects.get(slug="2025-08-01-an-old-one").to == other


def test_the_desk_opens_with_the_proposals(desk: Client) -> None:
    apps = desk.get(reverse("admin:index")).context["app_list"]
    assert apps[0]["app_label"] == "timeline"
    assert apps[0]["models"][0]["object_name"] == "Proposal"


def test_a_proposal_leads_to_its_page_at_the_desk(desk: Client) -> None:
    event = make_proposal()
    answer = desk.get(reverse("admin:timeline_proposal_change", args=[event.pk]), follow=True)
    assert answer.redirect_chain == [(reverse("desk-case", args=[event.pk]), 302)]
    assert "Brackwater said it had cut off Tessellate &lt;script&gt;" in answer.content.decode()


def test_an_event_that_is_renamed_keeps_its_old_address(desk: Client) -> None:
    event = make_event("Old", slug="2025-old", actors=[(make_actor(), "target")])
    address = reverse("admin:timeline_event_change", args=[event.pk])
    page = desk.get(address)
    forms = [page.context["adminform"].form]
    for inline in page.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.initial_forms]
    values = {form.add_prefix(name): form[name].value() for form in forms for name in form.fields}
    given = {name: "" if value is None else str(value) for name, value in values.items()}
    assert desk.post(address, given | {"slug": "2025-new"}).status_code == 302
    assert desk.get("/events/2025-old/")["Location"] == "/events/2025-new/"
