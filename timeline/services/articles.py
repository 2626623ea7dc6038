"""Writing publishers and articles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from timeline.addresses import is_stand_in, known_address, url_hash
from timeline.errors import InvalidRecord
from timeline.models import Article, Change, Publisher
from timeline.services.drafts import ArticleDraft
from timeline.services.history import note_change, set_fields
from timeline.services.slugs import find_slug

UNKNOWN_PUBLISHER = "Unknown publisher"
UNTITLED = "A page without a title"

# All articles of a poll at once: by way of models and rows of their own they cost ten times as much.
_ADD_ARTICLES = """
WITH added AS (
    INSERT INTO timeline_article
        (url, key, title, author, published_at, published_on, publisher_id, by, created_at, updated_at)
    SELECT *, %(publisher)s, %(by)s, %(now)s, %(now)s
    FROM unnest(%(url)s::text[], %(key)s::text[], %(title)s::text[], %(author)s::text[],
                %(published_at)s::timestamptz[], %(published_on)s::date[])
    ON CONFLICT DO NOTHING
    RETURNING id, url, key, title
), noted AS (
    INSERT INTO timeline_change (noun, row_id, slug, action, before, after, reason, by, at)
    SELECT 'article', id, url, 'create', '{}', jsonb_build_object('title', title), '', %(by)s, %(now)s FROM added
)
SELECT key, id FROM added
"""


class _Row(NamedTuple):
    """An article as `_ADD_ARTICLES` takes it."""

    url: str
    key: str
    title: str
    author: str
    published_at: datetime | None
    published_on: date | None


@transaction.atomic(savepoint=False)
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
    ways = [(_find_by_name, name), (_find_by_host, host)]
    found = next((row for find, text in (reversed(ways) if host_first else ways) if (row := find(text))), None)
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


@transaction.atomic(savepoint=False)
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
    ids = {key: article.pk for key, article in known.items()}
    ids |= _add_articles({key: draft for key, draft in by_key.items() if key not in known}, publisher_id, by)
    if len(ids) < len(by_key):  # another worker met the same address just now
        ids |= {key: article.pk for key, article in _list_known(by_key.keys() - ids.keys()).items()}
    for key, article in known.items():
        if article.by.partition(" ")[0] == by.partition(" ")[0]:  # what people entered stands
            _update_article(article, by_key[key], by)
    return {url: ids[key] for url, key in keys.items()}


def record_article(*, draft: ArticleDraft, publisher_id: int, by: str) -> int:
    """Keep one article, as `record_articles` does. Returns its id."""
    return record_articles(drafts=[draft], publisher_id=publisher_id, by=by)[draft.url]


@transaction.atomic
def fold_article(*, article_id: int, original_id: int, by: str, likeness: float = 1.0) -> bool:
    """Let an article that repeats another point to it: "also in", never a second story.

    Copies point to the original itself, never to another copy. What folded under the article before moves along. Two
    articles of one publisher never fold, and an article that is folded already stays where it is.

    Args:
        article_id: the copy.
        original_id: what it repeats, or another copy of that.
        by: who says so.
        likeness: the share of wording in common, 0.0 to 1.0, for the history.

    Returns:
        Whether the article is newly folded.
    """
    rows = {
        row.pk: row
        for row in Article.objects.select_for_update().filter(pk__in=(article_id, original_id)).order_by("pk")
    }
    article, original = rows[article_id], rows[original_id]
    original = original.original or original
    if article.original_id or article.pk == original.pk or article.publisher_id == original.publisher_id:
        return False
    reason = f"says the same as {original.url} ({likeness:.0%} of its wording)"
    _point_to(article, original, by, reason)
    for copy in article.copies.select_for_update().order_by("pk"):
        _point_to(copy, None if copy.publisher_id == original.publisher_id else original, by, reason)
    return True


@transaction.atomic
def record_article_edit(*, article_id: int, before: Mapping[str, str], after: Mapping[str, str], by: str) -> None:
    """Note that a publisher changed what an article says.

    Args:
        article_id: the article.
        before, after: what tells the two texts apart, such as digests and numbers of words; never the texts.
        by: who noticed.
    """
    article = Article.objects.select_for_update().get(pk=article_id)
    article.updated_at = timezone.now()
    article.save(update_fields=["updated_at"])
    note_change(
        noun=Change.Noun.ARTICLE,
        row_id=article.pk,
        slug=article.url,
        action=Change.Action.CORRECT,
        by=by,
        before=before,
        after=after,
        reason="The publisher changed the article.",
    )


@transaction.atomic
def give_article_address(*, article_id: int, url: str, by: str) -> bool:
    """Give an article that had none its address, and its publisher where nobody knew that either.

    Returns:
        Whether it has the address now; not where another article has it.
    """
    article = Article.objects.select_for_update(of=("self",)).select_related("publisher").get(pk=article_id)
    if not is_stand_in(article.url) or Article.objects.filter(key=url_hash(url)).exists():
        return False
    before = {"publisher": article.publisher.name}
    article.url, article.key, article.updated_at = url, url_hash(url), timezone.now()
    if article.publisher.name == UNKNOWN_PUBLISHER:
        article.publisher_id = record_publisher(name="", host=urlsplit(url).hostname or "")
    article.save(update_fields=["url", "key", "publisher", "updated_at"])
    note_change(
        noun=Change.Noun.ARTICLE,
        row_id=article.pk,
        slug=article.url,
        action=Change.Action.CORRECT,
        by=by,
        before=before,
        after={"url": url, "publisher": Publisher.objects.get(pk=article.publisher_id).name},
        reason="Its address became known.",
    )
    return True


def _point_to(article: Article, original: Article | None, by: str, reason: str) -> None:
    before = article.original.url if article.original else None
    article.original, article.updated_at = original, timezone.now()
    article.save(update_fields=["original", "updated_at"])
    note_change(
        noun=Change.Noun.ARTICLE,
        row_id=article.pk,
        slug=article.url,
        action=Change.Action.MERGE if original else Change.Action.SPLIT,
        by=by,
        before={"original": before},
        after={"original": original.url if original else None},
        reason=reason,
    )


def _list_known(keys: Iterable[str]) -> dict[str, Article]:
    return {article.key: article for article in Article.objects.filter(key__in=list(keys))}


def _add_articles(drafts: Mapping[str, ArticleDraft], publisher_id: int, by: str) -> dict[str, int]:
    """Add articles by their keys, each with its history row. Returns the ids of those that nobody else added."""
    if not drafts:
        return {}
    rows = [_make_row(key, draft) for key, draft in drafts.items()]
    columns: dict[str, Any] = dict(zip(_Row._fields, map(list, zip(*rows, strict=True)), strict=True))
    values = {"publisher": publisher_id, "by": by, "now": timezone.now()}
    with connection.cursor() as cursor:
        cursor.execute(_ADD_ARTICLES, columns | values)
        return dict(cursor.fetchall())


def _make_row(key: str, draft: ArticleDraft) -> _Row:
    title = _shorten(draft.title, 500) or (known_address(draft.url) or UNTITLED)[:500]
    moment = draft.published_at
    return _Row(draft.url, key, title, _shorten(draft.author, 300), moment, _day_of(moment))


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
