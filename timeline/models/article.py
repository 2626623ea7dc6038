"""Publishers, their articles, which event an article tells of, and the sentences that say so."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from timeline.models.common import RECORD, SlugField, Timed, confidence_constraint, slug_constraint
from timeline.models.event import Event, Participation
from timeline.querysets import ArticleQuerySet


class Publisher(models.Model):
    """Who published an article. `host` is the site's host name without www, "" where not known."""

    slug = SlugField()
    name = models.CharField(max_length=200)
    host = models.CharField(max_length=253, blank=True, db_index=True)

    class Meta:
        ordering = ["slug"]
        constraints = [
            slug_constraint("publisher"),
            models.UniqueConstraint(Lower("name"), name="publisher_unique_name_any_case"),
        ]

    def __str__(self) -> str:
        return self.name


class Article(Timed):
    """A cited page. `key` is what all spellings of its address share (`timeline.addresses.url_hash`).

    `published_on` is the day as its publisher gives it; `published_at` the moment, where one is given. An article that
    repeats another points to it with `original`.
    """

    url = models.URLField(max_length=2000, unique=True)
    key = models.CharField(max_length=64, unique=True, editable=False)
    publisher = models.ForeignKey(Publisher, models.PROTECT, related_name="articles")
    title = models.CharField(max_length=500)
    author = models.CharField(max_length=300, blank=True)
    published_on = models.DateField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    original = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="copies")
    by = models.CharField(max_length=100, default=RECORD)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = [F("published_on").desc(nulls_last=True), "-id"]
        indexes = [
            models.Index(fields=["publisher", "-published_on"], name="article_by_publisher"),
            models.Index(fields=["published_on"], name="article_by_day"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(original__isnull=True) | ~Q(original=F("id")), name="article_not_own_original"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return self.url


class Citation(models.Model):
    """An article tells of an event. `reasons` say in words why the two were joined.

    `told` is what this article alone says of the event, as the pipeline read it (`services.citations`); None where
    nobody read it so. `by_party` says whether a party to the event published it; only `queries.whole` knows.
    """

    by_party = False
    event = models.ForeignKey(Event, models.CASCADE, related_name="citations")
    article = models.ForeignKey(Article, models.PROTECT, related_name="citations")
    position = models.PositiveSmallIntegerField(default=0)
    main = models.BooleanField(default=True, help_text="The event is the article's news, not its background.")
    reasons = models.TextField(blank=True)
    confidence = models.FloatField(default=1.0)
    by = models.CharField(max_length=100, default=RECORD)
    told = models.JSONField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["event_id", "position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["event", "article"], name="citation_unique_article"),
            confidence_constraint("citation"),
        ]

    def __str__(self) -> str:
        return f"{self.article} → {self.event}"


class Evidence(models.Model):
    """The sentence of an article behind one fact of an event.

    `start` and `end` are offsets in the article's text; -1, -1 where the sentence is its title.
    """

    class Fact(models.TextChoices):
        KIND = "kind"
        DATE = "date"
        SCOPE = "scope"
        ROLE = "role"

    citation = models.ForeignKey(Citation, models.CASCADE, related_name="evidence")
    fact = models.CharField(max_length=5, choices=Fact)
    participation = models.ForeignKey(Participation, models.CASCADE, null=True, blank=True, related_name="evidence")
    sentence = models.TextField()
    start = models.IntegerField()
    end = models.IntegerField()
    confidence = models.FloatField(default=1.0)

    class Meta:
        ordering = ["citation_id", "id"]
        verbose_name_plural = "evidence"
        constraints = [
            confidence_constraint("evidence"),
            models.UniqueConstraint(
                fields=["citation", "fact", "participation"],
                name="evidence_unique_fact",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(fact="role", participation__isnull=False)
                | (~Q(fact="role") & Q(participation__isnull=True)),
                name="evidence_role_names_participation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fact}: {self.sentence}"
