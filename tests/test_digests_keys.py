"""A key for the API: asked for, made through the mail's link, replaced, revoked, forgotten."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
import redis
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from digests.mailbox import list_mails
from digests.services import sending, status
from digests.tasks import purge
from tests.factories import make_event
from visitors import keys
from visitors.errors import UnknownKey
from visitors.models import ApiKey

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("outbox")]
NOW = timezone.now()


@pytest.fixture
def outbox(settings: Settings, tmp_path: Path, queue: redis.Redis) -> Path:
    """Mails become files here; the form's allowances are whole."""
    settings.EMAIL_FILES = tmp_path
    settings.EMAIL_BACKEND, settings.EMAIL_URL = "digests.mailbox.FileBackend", ""
    return tmp_path


@pytest.fixture
def page(client: Client) -> str:
    """The path of the page to which the mail leads."""
    answer = client.post("/about/api/key/", {"email": "Dev@Example.org", "website": ""})
    assert answer.headers["Location"] == "/about/api/key/asked/"
    sending.send_due(timezone.now)
    (mail,) = list_mails()
    found = re.search(r"http://localhost:8000(/about/api/key/\S+)", mail.text)
    assert found
    return found[1]


def read_secret(client: Client, page: str) -> str:
    found = re.search(r'id="secret">(aiw_[\w-]+)<', client.post(page, {"action": "make"}).content.decode())
    assert found
    return found[1]


def is_good(client: Client, secret: str) -> bool:
    return client.get("/api/v1/events/", headers={"authorization": f"Bearer {secret}"}).status_code == 200


def test_from_the_form_to_the_first_request(client: Client, page: str) -> None:
    make_event()
    assert "There is no key for Dev@example.org yet" in client.get(page).content.decode()
    secret = read_secret(client, page)
    assert is_good(client, secret)
    shown = client.get(page).content.decode()
    assert secret not in shown
    assert secret[:8] in shown
    assert re.search(r"<td>1</td>", shown)


def test_only_a_digest_is_kept(client: Client, page: str) -> None:
    secret = read_secret(client, page)
    row = ApiKey.objects.values().get()
    assert secret not in str(row)
    assert row["digest"] == keys.make_digest(secret)


def test_a_replaced_key_is_good_for_a_day(client: Client, page: str) -> None:
    old, new = read_secret(client, page), read_secret(client, page)
    assert is_good(client, old)
    assert is_good(client, new)
    keys.find_key(old, timezone.now() + timedelta(hours=23))
    with pytest.raises(UnknownKey):
        keys.find_key(old, timezone.now() + timedelta(hours=25))


def test_a_revoked_key_ends_at_once_with_the_one_before_it(client: Client, page: str) -> None:
    secrets = [read_secret(client, page), read_secret(client, page)]
    client.post(page, {"action": "revoke"})
    assert [is_good(client, secret) for secret in secrets] == [False, False]
    assert "was revoked" in client.get(page).content.decode()
    assert is_good(client, read_secret(client, page))


def test_an_address_gets_one_mail_a_day_and_has_one_key(client: Client, page: str) -> None:
    client.post("/about/api/key/", {"email": "dev@example.org"})
    sending.send_due(timezone.now)
    assert (len(list_mails()), ApiKey.objects.count()) == (1, 1)
    keys.ask_for_key(email="DEV@example.org", now=timezone.now() + timedelta(days=1))
    assert status.count_runs(timezone.now() + timedelta(days=2), 200) == 1


def test_who_never_makes_a_key_is_forgotten(client: Client, page: str) -> None:
    ApiKey.objects.update(asked_at=timezone.now() - timedelta(days=4))
    purge()
    assert client.get(page).status_code == 410


@pytest.mark.parametrize("fields", [{"email": "nobody"}, {}])
def test_a_form_that_is_no_address_is_shown_again(client: Client, fields: dict[str, str]) -> None:
    assert client.post("/about/api/key/", fields).status_code == 400
    assert not ApiKey.objects.exists()


def test_programs_that_fill_in_everything_get_no_mail(client: Client) -> None:
    client.post("/about/api/key/", {"email": "bot@example.org", "website": "x"})
    assert not ApiKey.objects.exists()


def test_another_links_token_opens_nothing(client: Client) -> None:
    assert client.get("/about/api/key/nonsense/").status_code == 404
