"""What several models share: the shape of a slug, the two times of a row, who put a fact there."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
validate_slug = RegexValidator(SLUG, "Use lower-case words of letters and digits, joined by single hyphens.")

RECORD = "record"  # `by` of what came with a record file

FIRST_DAY = date(1990, 1, 1)  # a year before this is a slip of the keyboard
AHEAD = timedelta(days=3 * 365)  # announced ends of service lie ahead, but hardly further than this


def find_day_fault(day: date, today: date) -> str:
    """Why something of the record cannot have happened, or be announced for, that day; "" where it can."""
    if day < FIRST_DAY:
        return f"is before {FIRST_DAY}"
    if day > today + AHEAD:
        return f"is more than three years ahead of today, {today}"
    return ""


def validate_day(day: date) -> None:
    """For fields of people's forms: the same as record files are held to."""
    if fault := find_day_fault(day, timezone.now().date()):
        raise ValidationError(f"{day} {fault}.")


class WordsState(models.TextChoices):
    """Whether exact words may be shown: the pipeline proposes, editors and record files publish."""

    PROPOSED = "proposed"
    PUBLISHED = "published"


class SlugField(models.CharField):  # type: ignore[type-arg]
    """A kebab-case name that addresses are made of."""

    def __init__(self, **kwargs: object) -> None:
        kwargs = {"max_length": 120, "unique": True, "validators": [validate_slug]} | kwargs
        super().__init__(**kwargs)  # type: ignore[arg-type]


class Timed(models.Model):
    """When a row was made and last changed. Services write `updated_at`; nothing writes it by itself."""

    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True


def slug_constraint(model: str) -> models.CheckConstraint:
    """The database's own check that a slug is kebab-case."""
    return models.CheckConstraint(condition=models.Q(slug__regex=SLUG), name=f"{model}_slug_kebab_case")


def confidence_constraint(model: str) -> models.CheckConstraint:
    """The database's own check that a confidence is a probability."""
    return models.CheckConstraint(
        condition=models.Q(confidence__gte=0, confidence__lte=1), name=f"{model}_confidence_0_1"
    )
