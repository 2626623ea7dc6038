"""Settings: every variable is documented, and what they promise of headers holds."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

READERS = re.compile(r'env\.(?:text|flag|number|words|address)\(\s*"([A-Z_]+)"')


def read_names() -> set[str]:
    return set(READERS.findall((settings.BASE_DIR / "aiwatch/settings.py").read_text()))


@pytest.mark.parametrize("page", ["docs/settings.md", ".env.example"])
def test_every_variable_is_documented(page: str) -> None:
    text = (settings.BASE_DIR / page).read_text()
    documented = set(re.findall(r"^(?:\| `|#? ?)([A-Z][A-Z_]+)(?:` \||=)", text, re.M))
    assert documented == read_names()


def test_only_settings_read_the_environment() -> None:
    packages = [settings.BASE_DIR / name for name in ("aiwatch", "timeline", "ingest", "digests", "visitors")]
    files = [file for package in packages for file in package.rglob("*.py")]
    readers = {file.name for file in files if re.search(r"os\.(environ\b(?!\.setdefault)|getenv)", file.read_text())}
    # Those two hand the whole environment on to the programs they start.
    assert readers == {"launcher.py", "parts.py", "processes.py"}


def test_headers_of_safety(client: Client) -> None:
    response = client.get("/healthz")
    policy = response["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"


def test_everything_is_written_below_var() -> None:
    places = [settings.STATIC_ROOT, settings.MEDIA_ROOT, Path(settings.CELERY_BEAT_SCHEDULE_FILENAME)]
    assert all(place.is_relative_to(settings.VAR) for place in places)
