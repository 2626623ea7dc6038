"""No template can let the words of others act as code."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.template.defaultfilters import truncatechars
from django.test import Client

from tests.addresses import LISTS
from tests.factories import cite, make_actor, make_article, make_clause, make_dispute, make_event, make_quote
from timeline.filters import EventFilter
from timeline.marks import MARK_END, MARK_START
from timeline.models import Change
from timeline.queries.sources import Telling
from timeline.templatetags.links import toggle, toggles
from timeline.templatetags.record import cut_short, field_changes, marked, number
from timeline.templatetags.sources import source_words

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = sorted([*(ROOT / "templates").glob("*.html"), *(ROOT / "templates" / "timeline").iterdir()])
HOSTILE = """x</title><script>alert(1)</script><img src=x onerror=alert(2)>"'><svg onload=alert(3)>{{ 7|add:7 }}"""


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_escape_everything_and_hold_no_script_or_style(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"\|\s*safe\b|autoescape\s+off|safeseq", text)
    assert not re.search(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=|javascript:", text, re.I)
    assert not re.search(r"""<(?!a\b)[a-z]+\s[^>]*(src|href)=["'](https?:)?//""", text)  # links may lead elsewhere


def test_marks_are_put_around_escaped_words_only() -> None:
    assert marked(f"<b>{MARK_START}a & b{MARK_END}") == "&lt;b&gt;<mark>a &amp; b</mark>"


@pytest.mark.parametrize("length", [1, 2, 9, 10, 11, 40])
@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "nine more",
        "ten plain.",
        "“eleven” it",
        "e\u0301te\u0301 " * 4,
        "\u1100\u1161 한글 and more",
        "née… \u2126 " * 3,
    ],
)
def test_texts_are_cut_as_django_cuts_them(text: str, length: int) -> None:
    assert cut_short(text, length) == truncatechars(text, length)


@pytest.mark.parametrize("q", ["", "kind=any-value & any-value"])
@pytest.mark.parametrize("name", ["kind", "status", "actor", "dispute", "role", "order"])
def test_choices_lead_where_each_alone_would_lead(name: str, q: str) -> None:
    for asked in (EventFilter(q=q), EventFilter(q=q, kinds=("deal",), actors=("x", "z"), dispute="y", order="oldest")):
        link = toggles(asked, name)
        assert [link(value) for value in ("deal", "y")] == [toggle(asked, name, value) for value in ("deal", "y")]


def test_a_change_is_told_in_words_without_what_is_empty() -> None:
    parts = [{"role": "initiator", "actor": "openai"}, {"role": "target", "actor": "cursor"}]
    change = Change(before={"title": ""}, after={"title": "Cut", "quotes": [], "participants": parts})
    assert field_changes(change) == [("title", "", "Cut"), ("participants", "", "initiator openai, target cursor")]


def test_one_source_is_not_called_independent() -> None:
    told = [source_words(Telling(number, parties=False)) for number in range(3)]
    assert told == ["no source yet", "1 source", "2 independent sources"]


def test_parties_are_not_counted_as_independent() -> None:
    told = [source_words(Telling(number, parties=True)) for number in range(3)]
    assert told == ["told only by those who take part", "1 independent source", "2 independent sources"]


def test_numbers_that_are_about_right_have_two_figures() -> None:
    assert [number(n, about=True) for n in (7, 256, 91392)] == ["about 7", "about 260", "about 91,000"]
    assert number(12345) == "12,345"


def make_hostile_record() -> list[str]:
    actor = make_actor(HOSTILE, slug="hostile", aliases=[HOSTILE + "2"], url="javascript:alert(4)")
    war = make_dispute(HOSTILE, slug="hostile-war", summary=HOSTILE, sides=[(actor, HOSTILE)])
    event = make_event(HOSTILE, slug="2025-08-01-hostile", summary=HOSTILE, scope=HOSTILE, dispute=war,
                       actors=[(actor, "initiator"), (actor, "target")])  # fmt: skip
    article = make_article(HOSTILE, publisher="Hostile", author=HOSTILE, url="javascript:alert(5)")
    cite(event, article).evidence.create(fact="kind", sentence=HOSTILE, start=0, end=1)
    make_quote(event, actor, HOSTILE, article=article)
    make_clause(event, actor, HOSTILE, document=HOSTILE, article=article)
    Change.objects.create(noun="event", row_id=event.pk, slug=event.slug, action="correct", by=HOSTILE,
                          reason=HOSTILE, before={"title": HOSTILE}, after={"title": HOSTILE + "3"})  # fmt: skip
    return [
        event.get_absolute_url(),
        actor.get_absolute_url(),
        war.get_absolute_url(),
        "/?q=script",
        "/quotes/?q=script",
    ]


@pytest.mark.django_db
def test_hostile_words_are_shown_as_words(client: Client) -> None:
    pages = [address for address in LISTS if "api" not in address and "feed" not in address]
    for address in [*make_hostile_record(), *pages, "/?q=" + "%3Cscript%3Ealert(1)%3C/script%3E%22%3E"]:
        soup = BeautifulSoup(client.get(address).content, "html.parser")
        scripts = [tag for tag in soup.find_all("script") if not tag.get("src")]
        assert {tag["type"] for tag in scripts} <= {"application/ld+json"}, address
        assert all(json.loads(tag.string)["headline"] == HOSTILE for tag in scripts), address
        assert not soup.find_all(lambda tag: any(name.startswith("on") for name in tag.attrs)), address
        links = [tag.get("href", "") for tag in soup.find_all("a")]
        assert not [link for link in links if link.lower().startswith("javascript:")], address
        assert "14" not in soup.title.text


@pytest.mark.django_db
def test_the_policy_allows_nothing_from_elsewhere_and_nothing_inline(client: Client) -> None:
    policy = client.get("/")["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
