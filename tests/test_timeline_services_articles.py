"""Articles that repeat another fold under it; what a publisher changes is noted."""

from __future__ import annotations

import pytest

from tests.factories import make_article
from timeline import services
from timeline.models import Article, Change

pytestmark = pytest.mark.django_db

BY = "pipeline 1"


def fold(copy: Article, original: Article) -> bool:
    return services.fold_article(article_id=copy.pk, original_id=original.pk, by=BY, likeness=0.8)


def original_of(article: Article) -> Article | None:
    article.refresh_from_db()
    return article.original


def test_a_copy_points_to_its_original_with_its_history() -> None:
    first, copy = make_article(publisher="Wire"), make_article(publisher="Daily")
    assert fold(copy, first)
    assert original_of(copy) == first
    change = Change.objects.get(action="merge", row_id=copy.pk)
    assert (change.after, change.by) == ({"original": first.url}, BY)
    assert "80%" in change.reason


def test_a_copy_of_a_copy_points_to_the_original() -> None:
    first, copy, second = (make_article(publisher=name) for name in ("Wire", "Daily", "Weekly"))
    fold(copy, first)
    assert fold(second, copy)
    assert original_of(second) == first


def test_copies_move_along_to_an_earlier_original() -> None:
    first, later, copy, own = (make_article(publisher=name) for name in ("Wire", "Daily", "Weekly", "Wire"))
    fold(copy, later)
    fold(own, later)
    assert fold(later, first)
    assert original_of(copy) == first
    assert original_of(own) is None  # it would be a copy of an article of its own publisher


@pytest.mark.parametrize("publishers", [("Wire", "Wire"), ("Wire", "Daily")])
def test_what_does_not_fold(publishers: tuple[str, str]) -> None:
    first, copy = (make_article(publisher=name) for name in publishers)
    assert fold(copy, first) == (publishers[0] != publishers[1])
    assert not fold(copy, first)
    assert not fold(first, copy)
    assert original_of(first) is None


def test_an_edit_leaves_a_row_of_history() -> None:
    article = make_article()
    services.record_article_edit(article_id=article.pk, before={"words": "90"}, after={"words": "95"}, by=BY)
    change = Change.objects.get(noun="article", row_id=article.pk)
    assert (change.action, change.before, change.after) == ("correct", {"words": "90"}, {"words": "95"})
    article.refresh_from_db()
    assert article.updated_at > article.created_at
