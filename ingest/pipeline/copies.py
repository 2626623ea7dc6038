"""Near-duplicates across publishers: wire copies and rewrites fold under the one that was published first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from ingest.canonical import NEAR_DUPLICATE, signature, similarity
from ingest.models import Document
from ingest.pipeline.version import BY
from timeline import services

MARKS = 16  # the smallest hashes of a sketch; two texts that are 0.3 alike share one of them in 199 cases of 200
LEAST_HASHES = 40  # runs of words that a text must have: notices such as "subscribe to read on" are no stories
WITHIN = timedelta(days=14)  # between the first publication and a copy of it


@dataclass(frozen=True, slots=True)
class _Twin:
    """An article that says nearly the same, and how alike they are."""

    article_id: int
    published_at: datetime
    likeness: float


def sketch_text(document: Document) -> None:
    """Set the fields by which near-duplicates of the document's text are found; saves nothing."""
    document.sketch = list(signature(document.text))
    document.marks = document.sketch[:MARKS] if len(document.sketch) >= LEAST_HASHES else []


def fold_copies(document: Document, published_at: datetime) -> None:
    """Fold the document's article under the story that it repeats, or the later stories under it.

    Call it where articles are recorded one at a time (`services.lock_matching`), so that of two copies read at the same
    moment one sees the other.
    """
    for twin in _list_twins(document, published_at):
        mine = document.article_id
        if mine is None:
            return
        first = (twin.published_at, twin.article_id) < (published_at, mine)
        copy_id, original_id = (mine, twin.article_id) if first else (twin.article_id, mine)
        services.fold_article(article_id=copy_id, original_id=original_id, by=BY, likeness=twin.likeness)


def _list_twins(document: Document, published_at: datetime) -> list[_Twin]:
    """Recorded articles of other publishers in nearly the same words, the most alike first."""
    if not document.marks or document.article_id is None:
        return []
    publisher = Document.objects.filter(pk=document.pk).values("article__publisher")[:1]
    near = Q(found_at__gte=document.found_at - WITHIN, found_at__lte=document.found_at + WITHIN)
    rows = (
        Document.objects.filter(near, step=Document.Step.RECORDED, marks__overlap=document.marks)
        .exclude(pk=document.pk)
        .exclude(article__publisher=publisher)
    )
    mine = tuple(document.sketch)
    twins = []
    for article_id, sketch, at, found_at in rows.values_list("article", "sketch", "published_at", "found_at"):
        likeness = similarity(mine, tuple(sketch))
        at = at or found_at
        if article_id and likeness >= NEAR_DUPLICATE and abs(at - published_at) <= WITHIN:
            twins.append(_Twin(article_id, at, likeness))
    return sorted(twins, key=lambda twin: -twin.likeness)
