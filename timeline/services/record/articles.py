"""Loading publishers and articles."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from urllib.parse import urlsplit

from django.db.models.functions import Lower

from timeline.addresses import url_hash
from timeline.models import Article, Change, Publisher
from timeline.models.common import RECORD
from timeline.queries.record import list_article_entries
from timeline.record import ArticleEntry, Record
from timeline.services.record.plan import Held, Plan, Step, make_plan, note_steps
from timeline.services.slugs import choose_slug


def load_articles(record: Record, now: datetime) -> Plan[ArticleEntry]:
    """Write the file's articles with their publishers. An address stays exactly as the file gives it."""
    keys = {url_hash(url): url for url in record.articles}
    found = Article.objects.filter(key__in=keys)
    rows = list_article_entries(found)
    held = {keys[key]: Held(pk, rows[pk]) for pk, key in found.order_by().values_list("pk", "key")}
    plan = make_plan(Change.Noun.ARTICLE, record.articles, held, {})
    if plan.steps:
        publishers = _write_publishers(step.entry.publisher for step in plan.steps)
        _write_articles(plan, publishers, now)
        _write_hosts({publishers[step.entry.publisher.lower()] for step in plan.steps})
        note_steps(Change.Noun.ARTICLE, plan.steps)
    return plan


def _write_publishers(names: Iterable[str]) -> dict[str, int]:
    """The publishers' ids by lower-case name, each written as here; new ones where the record has none."""
    wanted = {name.lower(): name for name in names}
    rows = list(Publisher.objects.annotate(lower=Lower("name")).filter(lower__in=wanted))
    found = {row.name.lower(): row for row in rows}
    respelt = [row for lower, row in found.items() if row.name != wanted[lower]]
    for row in respelt:
        row.name = wanted[row.name.lower()]
    Publisher.objects.bulk_update(respelt, ["name"], batch_size=500)
    slugs = set(Publisher.objects.values_list("slug", flat=True))
    new = []
    for lower in wanted.keys() - found.keys():
        slug = choose_slug(wanted[lower], slugs, fallback="publisher")
        slugs.add(slug)
        new.append(Publisher(name=wanted[lower], slug=slug))
    made = Publisher.objects.bulk_create(sorted(new, key=lambda row: row.slug), batch_size=500)
    return {row.name.lower(): row.pk for row in (*rows, *made)}


def _write_articles(plan: Plan[ArticleEntry], publishers: dict[str, int], now: datetime) -> None:
    made = Article.objects.bulk_create([_fill(Article(), step, publishers) for step in plan.new], batch_size=500)
    for step, row in zip(plan.new, made, strict=True):
        step.pk = row.pk
    changed = {step.id: step for step in plan.changed}
    rows = list(Article.objects.filter(pk__in=changed))
    for row in rows:
        _fill(row, changed[row.pk], publishers)
        row.updated_at, row.by = now, RECORD  # what people entered, the pipeline leaves alone
    fields = ["url", "key", "publisher", "title", "published_on", "updated_at", "by"]
    Article.objects.bulk_update(rows, fields, batch_size=500)


def _fill(article: Article, step: Step[ArticleEntry], publishers: dict[str, int]) -> Article:
    entry = step.entry
    article.url, article.key, article.title = entry.url, url_hash(entry.url), entry.title
    article.publisher_id = publishers[entry.publisher.lower()]
    article.published_on = date.fromisoformat(entry.published_on) if entry.published_on else None
    return article


def _write_hosts(publisher_ids: set[int]) -> None:
    """Give publishers the host that most of their articles are at, the shortest of those that tie."""
    hosts: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for pk, url in Article.objects.filter(publisher__in=publisher_ids).values_list("publisher_id", "url").order_by():
        hosts[pk][(urlsplit(url).hostname or "").removeprefix("www.")] += 1
    rows = []
    for publisher in Publisher.objects.filter(pk__in=publisher_ids):
        found = hosts[publisher.pk]
        host = min(found, key=lambda name: (-found[name], len(name), name), default="")
        if publisher.host != host:
            publisher.host = host
            rows.append(publisher)
    Publisher.objects.bulk_update(rows, ["host"], batch_size=500)
