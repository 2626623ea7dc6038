"""What is polled, what came of it, and the pages on their way into the record."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils import timezone


class Feed(models.Model):
    """A feed, or the listing page of a site without one.

    The fields from `interval_seconds` to `moved_polls` are the state that `ingest.schedule` decides on. `claimed_until`
    keeps a second worker from polling the same feed; a claim that outlived its worker lapses by itself. `broken_off`
    counts polls in a row that began and never ended. `robots` is what robots.txt said when a page was last asked for.
    """

    class Kind(models.TextChoices):
        FEED = "rss", "feed"
        LISTING = "listing"

    url = models.URLField(max_length=2000, unique=True)
    kind = models.CharField(max_length=7, choices=Kind, default=Kind.FEED)
    title = models.CharField(max_length=200, blank=True)
    site_url = models.URLField(max_length=2000, blank=True)
    group = models.CharField(max_length=100, blank=True, help_text="Heading in the list of sources.")
    rules = models.JSONField(default=dict, blank=True, help_text="CSS selectors of a listing page.")
    publisher = models.ForeignKey("timeline.Publisher", models.PROTECT, null=True, blank=True, related_name="feeds")
    created_at = models.DateTimeField(auto_now_add=True)

    interval_seconds = models.FloatField(default=3600.0)
    next_poll_at = models.DateTimeField(default=timezone.now, null=True, blank=True, help_text="Empty: polled no more.")
    soft_errors = models.PositiveIntegerField(default=0)
    hard_errors = models.PositiveIntegerField(default=0)
    etag = models.CharField(max_length=1000, blank=True)
    last_modified = models.CharField(max_length=200, blank=True)
    body_hash = models.CharField(max_length=64, blank=True)
    moved_to = models.URLField(max_length=2000, blank=True)
    moved_polls = models.PositiveSmallIntegerField(default=0)

    polled_at = models.DateTimeField(null=True, blank=True)
    succeeded_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)
    robots = models.CharField(max_length=200, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    broken_off = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["group", "title", "id"]
        indexes = [models.Index(fields=["next_poll_at"], name="feed_due")]

    def __str__(self) -> str:
        return self.title or self.url


class Fetch(models.Model):
    """One poll of a feed and what came of it. `status` is 0 where no answer came."""

    feed = models.ForeignKey(Feed, models.CASCADE, related_name="fetches")
    at = models.DateTimeField(default=timezone.now, db_index=True)
    status = models.PositiveSmallIntegerField(default=0)
    size = models.PositiveIntegerField(default=0, help_text="Bytes of the body, decompressed.")
    seconds = models.FloatField(default=0.0)
    items = models.PositiveIntegerField(default=0)
    items_new = models.PositiveIntegerField(default=0)
    items_changed = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "fetches"
        indexes = [models.Index(fields=["feed", "-id"], name="fetch_by_feed")]

    def __str__(self) -> str:
        return f"{self.feed} {self.at:%Y-%m-%d %H:%M}"


class Document(models.Model):
    """A page on its way into the record: the raw copy, and the step it has reached.

    `url` is where it was found, `home` the address that redirects and the page itself lead to, where that is another.
    `key` and `home_key` are what all spellings of the two share (`timeline.addresses.url_hash`). `guid` is what its
    feed calls it. `from_feed` says that it has no page of its own, and the feed's words are all there is. `body` is
    the page as it came, compressed with zlib. `text` is what extraction found: paragraphs joined by a blank line;
    it is kept for reading and search and never shown in public. `sketch` is its signature
    (`ingest.canonical.signature`), `marks` the beginning of that, by which near-duplicates are looked up. `tries`
    counts failures in a row of the step to come. `due_at` is None for documents that are finished; `check_at` is
    when a finished one is looked at again for changes.
    """

    class Step(models.TextChoices):
        FOUND = "found"
        FETCHED = "fetched"
        EXTRACTED = "extracted"
        RECORDED = "recorded"
        IRRELEVANT = "irrelevant"
        REPEATED = "repeated"
        FAILED = "failed"

    FINISHED = (Step.RECORDED, Step.IRRELEVANT, Step.REPEATED, Step.FAILED)

    url = models.URLField(max_length=2000)
    key = models.CharField(max_length=64, unique=True, editable=False)
    home = models.URLField(max_length=2000, blank=True)
    home_key = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    feed = models.ForeignKey(Feed, models.SET_NULL, null=True, blank=True, related_name="documents")
    guid = models.CharField(max_length=2000, blank=True)
    from_feed = models.BooleanField(default=False)
    article = models.OneToOneField("timeline.Article", models.SET_NULL, null=True, blank=True, related_name="document")
    step = models.CharField(max_length=10, choices=Step, default=Step.FOUND)
    found_at = models.DateTimeField(default=timezone.now)
    fetched_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(default=timezone.now, null=True, blank=True)
    check_at = models.DateTimeField(null=True, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)

    title = models.CharField(max_length=500, blank=True)
    author = models.CharField(max_length=300, blank=True)
    publisher_name = models.CharField(max_length=200, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    content_type = models.CharField(max_length=200, blank=True)
    etag = models.CharField(max_length=1000, blank=True)
    last_modified = models.CharField(max_length=200, blank=True)
    body = models.BinaryField(default=bytes, blank=True)
    text = models.TextField(blank=True)
    text_hash = models.CharField(max_length=64, blank=True)
    sketch = ArrayField(models.BigIntegerField(), default=list, blank=True)
    marks = ArrayField(models.BigIntegerField(), default=list, blank=True)
    language = models.CharField(max_length=8, blank=True)
    reasons = models.TextField(blank=True, help_text="Why the article is, or is not, one of ours.")
    read_by = models.CharField(max_length=40, blank=True, help_text="Version of the pipeline that read it.")

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["due_at"], name="document_due", condition=Q(due_at__isnull=False)),
            models.Index(fields=["check_at"], name="document_check", condition=Q(check_at__isnull=False)),
            models.Index(fields=["feed", "found_at"], name="document_by_feed"),
            GinIndex(fields=["marks"], name="document_marks"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["feed", "guid"], name="document_unique_guid", condition=~Q(guid="")),
            models.CheckConstraint(
                condition=Q(due_at__isnull=True) | ~Q(step__in=("recorded", "irrelevant", "repeated", "failed")),
                name="document_finished_not_due",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.url

    @property
    def address(self) -> str:
        """Where the page is at home."""
        return self.home or self.url


class Version(models.Model):
    """What a document said before its publisher changed it."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="versions")
    title = models.CharField(max_length=500, blank=True)
    text = models.TextField()
    text_hash = models.CharField(max_length=64)
    fetched_at = models.DateTimeField()
    replaced_at = models.DateTimeField()

    class Meta:
        ordering = ["document_id", "-replaced_at"]
        constraints = [models.UniqueConstraint(fields=["document", "replaced_at"], name="version_unique_moment")]

    def __str__(self) -> str:
        return f"{self.title}, until {self.replaced_at:%Y-%m-%d %H:%M}"


class Robots(models.Model):
    """A robots.txt as it was last answered; `status` is 0 where no answer came.

    An old answer is kept while newer ones are errors; `failing_since` is when those began. `body` is compressed with
    zlib.
    """

    url = models.URLField(max_length=400, unique=True)
    status = models.PositiveSmallIntegerField(default=0)
    body = models.BinaryField(default=bytes, blank=True)
    fetched_at = models.DateTimeField()
    failing_since = models.DateTimeField(null=True, blank=True)
    crawl_delay_seconds = models.FloatField(default=0.0)

    class Meta:
        ordering = ["url"]
        verbose_name_plural = "robots"

    def __str__(self) -> str:
        return self.url


class Alert(models.Model):
    """One mail to the operators: at most one a day. `problems` are the lines that it said."""

    on = models.DateField(unique=True)
    problems = models.JSONField(default=list)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-on"]

    def __str__(self) -> str:
        return f"{self.on}: {len(self.problems)} problems"
