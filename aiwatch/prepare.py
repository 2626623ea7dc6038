"""What a site needs before it can serve: tables, the starter record, sources, static files. Each only where missing."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from ingest.models import Feed
from timeline.filters import EventFilter
from timeline.queries.tallies import count_events

RECORD = Path("data/timeline.yaml")
SOURCES = Path("data/sources.opml")


def prepare_site(say: Callable[[str], None]) -> bool:
    """Migrate, load what an empty database lacks, collect static files.

    Args:
        say: is told in a line what begins, where it takes more than a moment.

    Returns:
        Whether the record was empty.
    """
    migrate(say)
    is_first = not count_events(EventFilter()).number
    if is_first:
        call_command("load_record", str(settings.BASE_DIR / RECORD))
    if not Feed.objects.exists():
        call_command("load_sources", str(settings.BASE_DIR / SOURCES))
    collect_static(say)
    return is_first


def migrate(say: Callable[[str], None]) -> None:
    """Bring the tables up to date; the command itself takes its time even where nothing is to be done."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say("Bringing the tables of the database up to date")
        call_command("migrate", interactive=False, verbosity=0)


def collect_static(say: Callable[[str], None]) -> None:
    """Collect and compress static files, unless those very files were collected before."""
    stamp = settings.STATIC_ROOT / ".collected"
    wanted = _digest_static()
    if stamp.exists() and stamp.read_text(encoding="ascii") == wanted:
        return
    say("Compressing static files, once; this may take a minute")
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(wanted, encoding="ascii")


def _digest_static() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in sorted(finder.list([]), key=lambda found: found[0]):
            found = Path(storage.path(path)).stat()
            digest.update(f"{path}\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
    return digest.hexdigest()
