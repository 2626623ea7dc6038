"""What documents said before: kept, and noted in the history of the article."""

from __future__ import annotations

from datetime import datetime

from ingest.canonical import content_hash
from ingest.models import Document, Version
from ingest.pipeline.version import BY
from timeline import services


def keep_version(document: Document, *, after: str, now: datetime) -> None:
    """Keep what a document says as a version, because its publisher says something else now.

    Args:
        document: with the text of before.
        after: the text that takes its place.
        now: aware, UTC.
    """
    if not document.text:
        return
    Version.objects.create(
        document=document,
        title=document.title,
        text=document.text,
        text_hash=document.text_hash,
        fetched_at=document.fetched_at or document.found_at,
        replaced_at=now,
    )
    if document.article_id:
        services.record_article_edit(
            article_id=document.article_id,
            before={"text": document.text_hash[:12], "words": str(len(document.text.split()))},
            after={"text": content_hash(after)[:12], "words": str(len(after.split()))},
            by=BY,
        )
