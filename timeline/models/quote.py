"""Quotes and clauses: exact words, of people and of terms."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models.functions import MD5

from timeline.models.actor import Actor
from timeline.models.article import Article
from timeline.models.common import RECORD, WordsState, confidence_constraint
from timeline.models.event import SEARCH_CONFIG, Event
from timeline.querysets import WordsQuerySet


class QuoteManager(models.Manager.from_queryset(WordsQuerySet)):  # type: ignore[misc]  # a class made of another
    """Quotes without what they are only found by."""

    def get_queryset(self) -> WordsQuerySet:
        return super().get_queryset().defer("search")  # type: ignore[no-any-return]


class Quote(models.Model):
    """Exact words, who said them, for whom, and the article in which they stand.

    `start` and `end` are offsets of `sentence` in the article's text; null for quotes that people entered. The database
    keeps `search` beside the text, since what ranks words would have to read each text anew.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="quotes")
    text = models.TextField()
    speaker = models.ForeignKey(Actor, models.PROTECT, related_name="quotes")
    on_behalf_of = models.ForeignKey(Actor, models.PROTECT, null=True, blank=True, related_name="quotes_on_behalf")
    article = models.ForeignKey(Article, models.PROTECT, null=True, blank=True, related_name="quotes")
    position = models.PositiveSmallIntegerField(default=0)
    sentence = models.TextField(blank=True)
    start = models.IntegerField(null=True, blank=True)
    end = models.IntegerField(null=True, blank=True)
    confidence = models.FloatField(default=1.0)
    state = models.CharField(max_length=9, choices=WordsState, default=WordsState.PUBLISHED)
    by = models.CharField(max_length=100, default=RECORD)
    search = models.GeneratedField(
        expression=SearchVector("text", config=SEARCH_CONFIG), output_field=SearchVectorField(), db_persist=True
    )

    objects = QuoteManager()

    class Meta:
        ordering = ["event_id", "position", "id"]
        constraints = [
            models.UniqueConstraint("event", "speaker", MD5("text"), name="quote_unique_text"),
            confidence_constraint("quote"),
        ]
        indexes = [GinIndex(fields=["search"], name="quote_words")]

    def __str__(self) -> str:
        return f"“{self.text}” ({self.speaker})"


class Clause(models.Model):
    """The sentence of a vendor's terms that an event turns on."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="clauses")
    vendor = models.ForeignKey(Actor, models.PROTECT, related_name="clauses")
    document = models.CharField(max_length=200, blank=True, help_text="Name of the terms.")
    text = models.TextField()
    article = models.ForeignKey(Article, models.PROTECT, null=True, blank=True, related_name="clauses")
    position = models.PositiveSmallIntegerField(default=0)
    confidence = models.FloatField(default=1.0)
    state = models.CharField(max_length=9, choices=WordsState, default=WordsState.PUBLISHED)
    by = models.CharField(max_length=100, default=RECORD)

    objects = WordsQuerySet.as_manager()

    class Meta:
        ordering = ["event_id", "position", "id"]
        constraints = [
            models.UniqueConstraint("event", "vendor", MD5("text"), name="clause_unique_text"),
            confidence_constraint("clause"),
        ]
        indexes = [GinIndex(SearchVector("text", "document", config=SEARCH_CONFIG), name="clause_words")]

    def __str__(self) -> str:
        return f"{self.vendor}: “{self.text}”"
