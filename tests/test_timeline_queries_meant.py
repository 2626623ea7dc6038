"""What people meant who typed words that find nothing, or names in two words."""

import pytest

from tests.factories import make_actor, make_dispute
from timeline.queries import events

pytestmark = pytest.mark.django_db


def test_words_that_nothing_holds_are_put_right_by_names() -> None:
    make_actor("Anthropic")
    assert events.suggest_words("antropic api") == ["Anthropic api"]
    assert events.suggest_words("anthropic") == []
    assert events.suggest_words("zzzzzz qqqqqq") == []


def test_a_name_written_as_two_words_is_put_right_and_ordinary_words_are_no_names() -> None:
    make_actor("ChatGPT")
    make_dispute("Judges decide what Windsurf may be given")
    assert events.suggest_words("chat gpt  api") == ["ChatGPT api"]
    assert events.suggest_words("windsrf") == ["Windsurf"]
    assert events.suggest_words("chat  gptx") == []


def test_a_stroke_between_names_and_a_space_before_a_number_are_put_right() -> None:
    assert events.suggest_words("openai/anthropic") == ["openai anthropic"]
    assert events.suggest_words("https://a.example/b") == []
    assert events.suggest_words("gpt 5") == ["gpt-5"]
    assert events.suggest_words("gpt 5.6 terms 2025x") == ["gpt-5.6 terms 2025x"]


@pytest.mark.parametrize(
    ("q", "name"),
    [
        ("open ai", "OpenAI"), ("the Open AI ban", "the OpenAI ban"), ("openai", ""), ('"open ai"', ""),
        ("open -ai", ""), ("open source", ""), ("deep mind", ""), ("kept back", ""),
    ],
)  # fmt: skip
def test_two_words_that_are_one_name_are_offered_as_it(q: str, name: str) -> None:
    make_actor("OpenAI")
    make_actor("DeepMind", aliases=["Deep Mind"])
    make_actor("Keptback", state="proposed")
    assert events.suggest_name(q) == name
