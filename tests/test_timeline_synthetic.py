"""The synthetic record: the same for the same seed, whole, and never poured into a real one."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from tests.factories import make_actor, make_event
from timeline.addresses import url_hash
from timeline.models import Actor, Article, Citation, Event, Quote
from timeline.services.words import Found, build_words
from timeline.synthetic import Maker


def test_the_same_seed_makes_the_same_record() -> None:
    first, second, other = (list(Maker(seed, 200).make_events(200)) for seed in (7, 7, 8))
    assert first == second != other


def test_words_and_actors_have_a_long_tail() -> None:
    maker = Maker(1, 2_000)
    counts: dict[int, int] = {}
    for event in maker.make_events(2_000):
        for actor, _ in event.actors:
            counts[actor] = counts.get(actor, 0) + 1
    ranked = sorted(counts.values(), reverse=True)
    assert ranked[0] > 5 * ranked[len(ranked) // 4]


@pytest.mark.django_db
def test_a_made_record_is_whole_and_new_rows_can_follow() -> None:
    call_command("make_record", events=300, seed=3, stdout=StringIO())
    assert Event.objects.published().count() == 300
    assert not Event.objects.filter(participations=None).exists()
    assert Citation.objects.count() == Article.objects.count() > 300
    assert Quote.objects.exists()
    article, event = Article.objects.first(), Event.objects.first()
    assert article is not None
    assert event is not None
    assert article.key == url_hash(article.url)
    assert Found(event.words, event.actor_ids) == build_words(event)
    make_event("One more", actors=[(make_actor("Somebody new"), "initiator")])


@pytest.mark.django_db
def test_a_record_that_holds_something_is_left_alone() -> None:
    make_actor("Somebody")
    with pytest.raises(CommandError, match="empty database"):
        call_command("make_record", events=10, stdout=StringIO())
    assert Actor.objects.count() == 1
