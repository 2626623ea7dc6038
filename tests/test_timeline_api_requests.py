"""Requests of every kind, made by schemathesis from the OpenAPI description, against a server on the starter record.

By default some hundred; with AIWATCH_FULL=1 more than 5,000, with 5,000 generated events in the record besides.
By hand, against any server: st --config-file tests/schemathesis.toml run ADDRESS/api/v1/schema/ --checks all --mode all
"""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from tests.record import RECORD
from timeline.services.bulk import load_synthetic
from timeline.synthetic import Maker

PROJECT = Path(__file__).resolve().parent.parent
FULL = bool(os.environ.get("AIWATCH_FULL"))
SIZE = ["--max-examples=150"] if FULL else ["--max-examples=4", "--phases=examples,fuzzing"]
LEAST = 5000 if FULL else 50


@pytest.mark.django_db(transaction=True)
@pytest.mark.timeout(1800)
def test_no_request_finds_a_difference_from_the_description(live_server: Any, settings: Any) -> None:
    settings.API_PER_MINUTE = settings.API_PER_DAY = 0
    if FULL:
        list(load_synthetic(maker=Maker(1, 5000), events=5000))
    call_command("load_record", str(RECORD), verbosity=0)
    found = subprocess.run(
        [
            *(PROJECT / ".venv/bin/st", "--config-file=tests/schemathesis.toml", "--no-color"),
            *("run", f"{live_server.url}/api/v1/schema/", "--checks=all", "--mode=all", "--seed=6"),
            *("--generation-database=none", "--workers=2", *SIZE),
        ],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stdout[-5000:] + found.stderr[-2000:]
    made = re.search(r"(\d+) generated", found.stdout)
    assert made, found.stdout[-2000:]
    assert int(made[1]) >= LEAST
