"""Writing publishers and articles."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from timeline.addresses import url_hash
from timeline.errors import InvalidRecord
from timeline.models import Article, Change, Publisher
from timeline.services.drafts import ArticleDraft
from timeline.services.history import note_change, set_fields
from timeline.services.slugs import find_slug


@transaction.atomic
def record_publisher(*, name: str, host: str, host_first: bool = False) -> int:
    """The id of the publisher with that name, or of the only one at that host; a new one where there is neither.

    Args:
        name: as the site gives it; may be empty.
        host: with or without www; may be empty where there is a name.
        host_first: trust the host more than the name.

    Raises:
        InvalidRecord: both are empty.
    """
    name, host = " ".join(name.split())[:200], host.lower().removeprefix("www.")
    if not name and not host:
        raise InvalidRecord("A publisher needs a name or a host.", field="publisher")
    known = [_find_by_name(name), _find_by_host(host)]
    found = next((row for row in (reversed(known) if host_first else known) if row), None)
    return found.pk if found else _create_publisher(name or host, host)


def _find_by_name(name: str) -> Publisher | None:
    return Publisher.objects.filter(name__iexact=name).first() if name else None


def _find_by_host(host: str) -> Publisher | None:
    rows = list(Publisher.objects.filter(host=host)[:2]) if host else []
    return rows[0] if len(rows) == 1 else None


def _create_publisher(name: str, host: str) -> int:
    try:
        with transaction.atomic():
            slug = find_slug(Publisher.objects, name, fallback="publisher")
            return Publisher.objects.create(slug=slug, name=name, host=host).pk
    except IntegrityError:  # somebody else added the name in between
        return Publisher.objects.get(name__iexact=name).pk


@transaction.atomic
def record_articles(*, drafts: Iterable[ArticleDraft], publisher_id: int, by: str) -> dict[str, int]:
    """Keep articles, in a fixed number of statements for the new ones; spellings of one address are one article.

    A known article takes a changed title and what it lacked (author, date), with a history row, unless people entered
    it; its publisher stays.

    Returns:
        The ids by the drafts' addresses.
    """
    drafts = list(drafts)
    keys = {draft.url: url_hash(draft.url) for draft in drafts}
    by_key = {keys[draft.url]: draft for draft in drafts}
    known = _list_known(by_key)
    Article.objects.bulk_create(
        [_make_article(key, draft, publisher_id, by) for key, draft in by_key.items() if key not in known],
        ignore_conflicts=True,  # another worker may have met the same address just now
    )
    articles = _list_known(by_key)
    Change.objects.bulk_create(
        [
            Change(
                noun=Change.Noun.ARTICLE,
                row_id=article.pk,
                slug=article.url,
                action=Change.Action.CREATE,
                by=by,
                after={"title": article.title},
            )
            for key, article in articles.items()
            if key not in known
        ]
    )
    for key, article in known.items():
        if article.by.partition(" ")[0] == by.partition(" ")[0]:  # what people entered stands
            _update_article(article, by_key[key], by)
    return {url: articles[key].pk for url, key in keys.items()}


def record_article(*, draft: ArticleDraft, publisher_id: int, by: str) -> int:
    """Keep one article, as `record_articles` does. Returns its id."""
    return record_articles(drafts=[draft], publisher_id=publisher_id, by=by)[draft.url]


def _list_known(keys: Iterable[str]) -> dict[str, Article]:
    return {article.key: article for article in Article.objects.filter(key__in=list(keys))}


def _make_article(key: str, draft: ArticleDraft, publisher_id: int, by: str) -> Article:
    return Article(
        url=draft.url,
        key=key,
        publisher_id=publisher_id,
        title=_shorten(draft.title, 500) or draft.url[:500],
        author=_shorten(draft.author, 300),
        published_at=draft.published_at,
        published_on=_day_of(draft.published_at),
        by=by,
    )


def _update_article(article: Article, draft: ArticleDraft, by: str) -> None:
    values: dict[str, object] = {}
    if draft.title:
        values["title"] = _shorten(draft.title, 500)
    if draft.author and not article.author:
        values["author"] = _shorten(draft.author, 300)
    if draft.published_at and not article.published_at:
        values |= {"published_at": draft.published_at, "published_on": _day_of(draft.published_at)}
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
