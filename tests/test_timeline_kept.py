"""Kept answers: asked for again they cost one look-up, and none is ever older than the record."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import redis
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from tests.factories import cite, make_actor, make_article, make_dispute, make_event, make_quote
from timeline import answers, services
from timeline.kept import KeptAnswers
from timeline.models import Event
from timeline.queries.version import get_version

KEPT = ["/", "/?q=first", "/events/2025-08-01-first/", "/actors/", "/feed.atom", "/events.ics", "/sitemap.xml",
        "/api/v1/events/", "/api/v1/events/2025-08-01-first/", "/suggest?q=fir"]  # fmt: skip


@pytest.fixture
def no_valkey(settings: Any) -> Iterator[None]:
    """Valkey is nowhere."""
    settings.VALKEY_URL = "unix:///nowhere/valkey.sock"
    answers.open_answers.cache_clear()
    yield
    answers.open_answers.cache_clear()


@pytest.mark.django_db
@pytest.mark.parametrize("address", KEPT)
def test_an_answer_asked_for_again_costs_one_look_up(client: Client, address: str) -> None:
    make_event("First")
    first = client.get(address)
    with CaptureQueriesContext(connection) as again:
        second = client.get(address)
        known = client.get(address, headers={"if-none-match": first["ETag"]})
    told_once = {name: value for name, value in first.items() if not name.startswith("RateLimit")}
    assert (second.content, dict(second.items())) == (first.content, told_once)
    assert (known.status_code, known.content, known["ETag"]) == (304, b"", first["ETag"])
    assert len(again) == 0  # the look-up goes past the cursor that counts them
    assert second["Cache-Control"] == "public, max-age=0, no-cache"


@pytest.mark.django_db
def test_a_stream_is_not_kept_but_known(client: Client) -> None:
    make_event("First")
    answer = client.get("/events.csv")
    assert b"First" in answer.getvalue()
    assert client.get("/events.csv", headers={"if-none-match": answer["ETag"]}).status_code == 304


@pytest.mark.django_db
def test_a_correction_is_seen_at_once(client: Client) -> None:
    event = make_event("First", actors=[(make_actor("Vendor"), "initiator")])
    for title in ("Second", "Third"):
        before = client.get("/")
        services.correct_event(event_id=event.pk, values={"title": title}, by="editor")
        after = client.get("/", headers={"if-none-match": before["ETag"]})
        assert (after.status_code, title in after.content.decode()) == (200, True)
    services.withdraw_event(event_id=event.pk, by="editor", reason="untrue")
    assert "Third" not in client.get("/").content.decode()


@pytest.mark.django_db
def test_whoever_writes_in_whatever_way_changes_the_version() -> None:
    actor, dispute = make_actor(), make_dispute()
    event, article = make_event(dispute=dispute, actors=[(actor, "target")]), make_article()
    quote, citation = make_quote(event, actor), cite(event, article)
    rows: list[Any] = [actor, dispute, event, article, quote, citation, article.publisher, *actor.names.all()]
    seen = {get_version()}
    for row in rows:
        type(row).objects.filter(pk=row.pk).update(id=row.pk)  # an editor's shell, a script: no service
        seen.add(get_version())
    quote.delete()
    seen.add(get_version())
    assert len(seen) == len(rows) + 2


@pytest.mark.django_db
def test_an_article_that_nothing_cites_yet_changes_nothing() -> None:
    publisher = services.record_publisher(name="Daily", host="daily.example")
    before = get_version()
    draft = services.ArticleDraft(url="https://daily.example/1", title="News", author="", published_at=None)
    services.record_articles(drafts=[draft], publisher_id=publisher, by="pipeline")
    assert get_version() == before


@pytest.mark.django_db(transaction=True)
def test_no_two_states_share_a_version_whoever_commits_first() -> None:
    """The one that wrote first commits last; neither waits for the other."""
    seen = [get_version()]
    with transaction.atomic():
        make_event("Slow")
        with ThreadPoolExecutor(1) as pool:
            pool.submit(_commit_event).result(timeout=20)
            seen.append(pool.submit(_read_version).result(timeout=20))
    seen.append(get_version())
    with transaction.atomic():
        make_event("Never")
        seen.append(get_version())
        transaction.set_rollback(True)
    assert get_version() == seen[2]
    assert len(set(seen)) == 4


def _commit_event() -> None:
    make_event("Quick")
    connection.close()


def _read_version() -> int:
    try:
        return get_version()
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_broke_is_made_anew() -> None:
    before = get_version()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    with ThreadPoolExecutor(1) as pool:
        pool.submit(_end_connection, pid).result(timeout=20)
    assert get_version() == before


def _end_connection(pid: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_forgot_the_question_is_asked_all_the_same() -> None:
    seen = [get_version()]
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")
    make_actor("New")
    seen += [get_version(), get_version()]
    assert seen[0] != seen[1] == seen[2]


@pytest.mark.django_db(transaction=True)
def test_a_page_that_a_correction_overtook_is_not_shown_again() -> None:
    event = make_event("Old title")

    def make_page(request: HttpRequest) -> HttpResponse:
        text = Event.objects.get(pk=event.pk).title
        services.correct_event(event_id=event.pk, values={"title": "New title"}, by="editor")
        return HttpResponse(text)

    page, ask = KeptAnswers(make_page), RequestFactory()
    old = page(ask.get("/"))
    assert isinstance(old, HttpResponse)
    new = page(ask.get("/", headers={"if-none-match": old["ETag"]}))
    assert isinstance(new, HttpResponse)
    assert (old.content, new.content) == (b"Old title", b"New title")


@pytest.mark.django_db
@pytest.mark.usefixtures("no_valkey")
def test_without_valkey_pages_are_made_each_time(client: Client) -> None:
    event = make_event("First")
    tag = client.get("/")["ETag"]
    assert client.get("/", headers={"if-none-match": tag}).status_code == 304
    services.correct_event(event_id=event.pk, values={"title": "Second"}, by="editor")
    assert "Second" in client.get("/").content.decode()


@pytest.mark.django_db
def test_editors_and_personal_pages_go_past_what_is_kept(client: Client, admin_client: Client) -> None:
    shared = client.get("/")
    answer = admin_client.get("/", headers={"if-none-match": shared["ETag"]})
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-cache")
    form = client.get("/subscribe/")
    assert "ETag" not in form
    assert form.cookies["csrftoken"].value


@pytest.mark.django_db
def test_what_sets_a_cookie_or_fails_is_not_kept() -> None:
    def set_cookie(request: HttpRequest) -> HttpResponse:
        answer = HttpResponse("yours")
        answer.set_cookie("who", "you")
        return answer

    make_event()
    for make in (set_cookie, lambda request: HttpResponse("down", status=503)):
        page = KeptAnswers(make)
        assert "ETag" not in page(RequestFactory().get("/"))
    assert KeptAnswers(lambda request: HttpResponse("fine"))(RequestFactory().get("/")).getvalue() == b"fine"  # type: ignore[attr-defined]


@pytest.mark.django_db
def test_what_an_answer_depends_on_has_an_answer_of_its_own(client: Client) -> None:
    make_event("First " * 40)
    plain, head = client.get("/"), client.head("/")
    packed = client.get("/", headers={"accept-encoding": "gzip"})
    again = client.get("/", headers={"accept-encoding": "gzip"})
    assert gzip.decompress(packed.content) == plain.content
    assert again.content == packed.content
    assert (head.content, head["Content-Length"]) == (b"", str(len(plain.content)))
    assert "http://localhost/" in client.get("/feed.atom", headers={"host": "localhost"}).content.decode()
    assert "http://127.0.0.1/" in client.get("/feed.atom", headers={"host": "127.0.0.1"}).content.decode()
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400
    assert client.get("/api/v1/events/").status_code == 200
    assert client.get("/api/v1/events/", headers={"accept": "text/html"}).status_code == 406


@pytest.mark.django_db
def test_old_answers_take_no_room_and_all_together_are_bounded(queue: redis.Redis) -> None:
    kept = answers.Answers(queue, "kept", most_bytes=10_000)
    for version in (1, 2):
        for name in "abc":
            kept.add(version, f"{name}{version}", answers.Answer(200, {"X": "y"}, b"x" * 2000))
    assert kept.get("a1") is None
    assert kept.get("a2") == answers.Answer(200, {"X": "y"}, b"x" * 2000)
    for number in range(100):
        kept.add(2, str(number), answers.Answer(200, {}, b"x" * 2000))
        assert (queue.memory_usage("kept") or 0) < 20_000
    assert 0 < queue.ttl("kept") <= answers.KEEP_SECONDS


# Tables of which no public page shows anything, or that only tell of changes elsewhere.
NOT_SHOWN = {"timeline_version", "timeline_revision", "timeline_claim", "timeline_report", "timeline_tally"}


@pytest.mark.django_db
def test_every_table_that_pages_show_changes_the_version() -> None:
    tables = {name for name in connection.introspection.table_names() if name.startswith("timeline_")}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid"
            " WHERE p.proname = 'timeline_touch'"
        )
        touching = {name for (name,) in cursor.fetchall()}
    assert tables - touching == NOT_SHOWN
