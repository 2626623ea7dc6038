"""Commands on a database without tables make them first; where nothing is asked of the database, nothing starts."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.processes


def run(var: Path, *command: str) -> subprocess.CompletedProcess[str]:
    env = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "VALKEY_URL", "REDIS_URL")}
    env |= {"AIWATCH_VAR": str(var), "DJANGO_SETTINGS_MODULE": "aiwatch.settings"}
    command = (sys.executable, "manage.py", *command)
    return subprocess.run(command, cwd=settings.BASE_DIR, env=env, capture_output=True, text=True, timeout=120)


def test_an_article_is_read_on_a_fresh_clone(tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text("Anthropic cuts off OpenAI\n\nAnthropic has revoked OpenAI's access to the Claude API, it said.")
    done = run(tmp_path / "var", "extract", str(article), "--published", "2025-08-01")
    assert done.returncode == 0, done.stderr
    assert "making its tables and loading the record" in done.stderr
    assert "initiator: Anthropic" in done.stdout


def test_checking_a_record_file_needs_no_database(tmp_path: Path) -> None:
    done = run(tmp_path / "var", "load_record", "--check", "data/timeline.yaml")
    assert (done.returncode, done.stderr) == (0, "")
    assert not (tmp_path / "var" / "postgres").exists()
