"""Servers named by the environment replace the embedded ones, one by one."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.contrib.auth import get_user_model
from django.db import connection

from aiwatch.database import base
from aiwatch.embedded import find_socket_folder
from tests.sites import PROJECT, Site

SHOW = "import aiwatch.settings as s; print(s.VALKEY_URL, s.CELERY_BROKER_URL, s.EMBEDDED_POSTGRES, s.EMBEDDED_VALKEY)"


def read_settings(tmp_path: Path, **variables: str) -> list[str]:
    outside = ("DATABASE_URL", "VALKEY_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE")
    environment = {name: value for name, value in os.environ.items() if name not in outside}
    environment |= {"AIWATCH_VAR": str(tmp_path), **variables}
    done = subprocess.run(
        [sys.executable, "-c", SHOW], env=environment, cwd=PROJECT, capture_output=True, text=True, check=True
    )
    return done.stdout.split()


@pytest.mark.parametrize(
    ("variables", "wanted"),
    [
        ({"VALKEY_URL": "valkey://valkey:6379/1"}, ["redis://valkey:6379/1", "redis://valkey:6379/1", "True", "False"]),
        ({"REDIS_URL": "rediss://r:6379/0"}, ["rediss://r:6379/0", "rediss://r:6379/0", "True", "False"]),
        ({"VALKEY_URL": "unix:///run/v.sock"}, ["unix:///run/v.sock", "redis+socket:///run/v.sock", "True", "False"]),
    ],
)
def test_addresses_of_the_queue(tmp_path: Path, variables: dict[str, str], wanted: list[str]) -> None:
    assert read_settings(tmp_path, **variables) == wanted


def test_both_servers_embedded(tmp_path: Path) -> None:
    client, broker, postgres, valkey = read_settings(tmp_path)
    socket = f"{find_socket_folder(tmp_path)}/valkey.sock"
    assert (client, broker) == (f"unix://{socket}", f"redis+socket://{socket}")
    assert (postgres, valkey) == ("True", "True")


def test_another_process_works_on_the_database_of_this_test(site_env: dict[str, str], tmp_path: Path) -> None:
    get_user_model().objects.create_user("editor-of-the-day")
    environment = {**site_env, "AIWATCH_VAR": str(tmp_path)}
    code = "from django.contrib.auth.models import User; print(User.objects.get().username)"
    command = [sys.executable, "manage.py", "shell", "-v0", "-c", code]
    done = subprocess.run(command, env=environment, cwd=PROJECT, capture_output=True, text=True)
    assert done.stdout == "editor-of-the-day\n"
    assert Site(tmp_path).list_servers() == []
    assert not (tmp_path / "run").exists()


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_the_server_ended_is_made_anew_even_if_it_was_just_checked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(base, "_TRUSTED_SECONDS", 3600.0)
    connection.close()
    connection.ensure_connection()
    assert connection.is_usable()
    first = connection.connection.info.backend_pid
    with psycopg.connect(connection.connection.info.dsn, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 10000)", [first])
    connection.health_check_done = False
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        assert cursor.fetchone() != (first,)


@pytest.mark.django_db(transaction=True)
def test_a_connection_is_asked_once_a_second_whether_it_lives(monkeypatch: pytest.MonkeyPatch) -> None:
    connection.close()
    connection.ensure_connection()
    monkeypatch.setattr(base, "_TRUSTED_SECONDS", 3600.0)
    assert connection.is_usable()
    checked = connection._checked_at
    assert connection.is_usable()
    assert connection._checked_at == checked
    connection.errors_occurred = True
    assert connection.is_usable()
    assert connection._checked_at > checked
    connection.errors_occurred = False
