"""Pages of which nobody knew the address, when it becomes known."""

from __future__ import annotations

from ingest.models import Document
from ingest.pipeline.version import BY
from timeline import services
from timeline.addresses import url_hash


def give_address(stand_in: str, url: str) -> None:
    """Let what was kept under a stand-in be the page at an address; nothing happens where it was not kept.

    Where the page at that address is known already, the two stay apart: articles in the same words are folded.
    """
    key = url_hash(url)
    document = Document.objects.select_for_update().filter(key=url_hash(stand_in)).first()
    if document is None or Document.objects.filter(key=key).exists():
        return
    if document.article_id is not None:
        services.give_article_address(article_id=document.article_id, url=url, by=BY)
    document.url, document.key, document.home, document.home_key = url, key, "", ""
    document.save(update_fields=["url", "key", "home", "home_key"])
