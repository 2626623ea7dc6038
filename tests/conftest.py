"""What every test may use: the database and Valkey of the tests, the environment of processes that tests start."""

import os
from collections.abc import Iterator

import psutil
import psycopg
import pytest
import redis
from django.conf import settings
from django.db import connection
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis
from playwright.sync_api import Browser, sync_playwright
from pytest_django.fixtures import Settings

from aiwatch import embedded
from tests.chromium import find_chromium
from tests.mails import MailServer, serve_mail

# An example that takes long says something of the machine, which others may be using, and nothing of the code.
_PATIENT = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
hypothesis.register_profile("patient", hypothesis.get_profile("ci" if os.environ.get("CI") else "default"), **_PATIENT)
hypothesis.load_profile("patient")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out browser tests where there is no browser."""
    if find_chromium() is None:
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason="Chromium is not installed"))


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Before the database of this run is made: start the servers, drop what killed runs left."""
    embedded.hold()
    if settings.EMBEDDED_POSTGRES:
        with psycopg.connect(host=str(settings.EMBEDDED_SOCKETS), user="postgres", autocommit=True) as server:
            names = server.execute("SELECT datname FROM pg_database WHERE datname LIKE 'test_aiwatch_%'").fetchall()
            for (name,) in names:
                if not psutil.pid_exists(int(name.rsplit("_", 1)[1])):
                    server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture
def queue() -> Iterator[redis.Redis]:
    """A client of the tests' Valkey, which is empty before and after."""
    embedded.hold()
    with redis.Redis.from_url(settings.VALKEY_URL) as client:
        client.flushdb()
        yield client
        client.flushdb()


@pytest.fixture
def site_env(transactional_db: None, queue: redis.Redis) -> dict[str, str]:
    """The environment of a process that works on the database and queue of this test.

    The test has to commit what the process shall see, hence `transactional_db`.
    """
    database = connection.settings_dict
    host = database["HOST"] or database["OPTIONS"].get("host", "")
    address = f"postgresql://{database['USER']}@/{database['NAME']}?host={host}"
    if not host.startswith("/"):
        login = f"{database['USER']}:{database['PASSWORD']}"
        address = f"postgresql://{login}@{host}:{database['PORT'] or 5432}/{database['NAME']}"
    return {**os.environ, "DATABASE_URL": address, "VALKEY_URL": settings.VALKEY_URL}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium. Started before the first query: playwright's event loop and the connection then belong together."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # playwright keeps an event loop in this thread
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=arguments)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def running_mail_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MailServer]:
    with serve_mail(tmp_path_factory.mktemp("mail")) as server:
        yield server


@pytest.fixture
def mail_server(running_mail_server: MailServer, settings: Settings) -> MailServer:
    """A mail server, kept for a module, with nothing taken and in a good mood, and the site set to use it."""
    running_mail_server.behave("take")
    (running_mail_server.folder / "taken").write_text("")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", running_mail_server.port, 2
    settings.EMAIL_URL = running_mail_server.url
    settings.SITE_URL = "https://record.example.org"
    return running_mail_server
