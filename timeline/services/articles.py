"""Writing publishers and articles."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from timeline.errors import InvalidRecord
from timeline.models import Article, Change, Publisher
from timeline.services.history import note_change, set_fields
from timeline.services.slugs import find_slug


@transaction.atomic
def record_publisher(*, name: str, host: str) -> int:
    """The id of the publisher with that name, or of the only one at that host; a new one where there is neither.

    `host` may begin with www. Either may be empty, not both.

    Raises:
        InvalidRecord: both are empty.
    """
    name, host = " ".join(name.split())[:200], host.lower().removeprefix("www.")
    if not name and not host:
        raise InvalidRecord("A publisher needs a name or a host.", field="publisher")
    known = Publisher.objects.filter(name__iexact=name).first() if name else None
    if known is None and host:
        at_host = list(Publisher.objects.filter(host=host)[:2])
        known = at_host[0] if len(at_host) == 1 else None
    if known is not None:
        return known.pk
    try:
        with transaction.atomic():
            label = name or host
            slug = find_slug(Publisher.objects, label, fallback="publisher")
            return Publisher.objects.create(slug=slug, name=label, host=host).pk
    except IntegrityError:  # somebody else added the name in between
        return Publisher.objects.get(name__iexact=name or host).pk


@transaction.atomic
def record_article(
    *,
    url: str,
    publisher_id: int,
    title: str,
    by: str,
    author: str = "",
    published_at: datetime | None = None,
) -> tuple[int, bool]:
    """Keep an article under its canonical address.

    A known article takes a changed title and what it lacked (author, date), with a history row; its publisher stays.

    Returns:
        Its id, and whether it is new.
    """
    article, created = Article.objects.select_for_update().get_or_create(
        url=url,
        defaults={
            "publisher_id": publisher_id,
            "title": _shorten(title, 500) or url[:500],
            "author": _shorten(author, 300),
            "published_at": published_at,
            "published_on": _day_of(published_at),
            "by": by,
        },
    )
    if created:
        note_change(
            noun=Change.Noun.ARTICLE,
            row_id=article.pk,
            slug=url,
            action=Change.Action.CREATE,
            by=by,
            after={"title": article.title},
        )
    elif article.by.partition(" ")[0] == by.partition(" ")[0]:  # what people entered stands
        _update_article(article, title=title, author=author, published_at=published_at, by=by)
    return article.pk, created


def _update_article(article: Article, *, title: str, author: str, published_at: datetime | None, by: str) -> None:
    values: dict[str, object] = {}
    if title:
        values["title"] = _shorten(title, 500)
    if author and not article.author:
        values["author"] = _shorten(author, 300)
    if published_at and not article.published_at:
        values |= {"published_at": published_at, "published_on": _day_of(published_at)}
    before, after = set_fields(article, values)
    if after:
        article.updated_at = timezone.now()
        article.save()
        note_change(
            noun=Change.Noun.ARTICLE,
            row_id=article.pk,
            slug=article.url,
            action=Change.Action.CORRECT,
            by=by,
            before=before,
            after=after,
        )


def _day_of(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _shorten(text: str, length: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
