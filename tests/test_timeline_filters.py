"""Query strings read into filters, and back."""

from contextlib import suppress
from datetime import date

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from timeline.errors import InvalidFilter
from timeline.filters import NAMES, EventFilter, parse_filter
from timeline.models import Event, Participation


def read(query: str, **extra: object) -> EventFilter:
    return parse_filter(QueryDict(query), **extra)


def problems_of(query: str) -> dict[str, str]:
    with pytest.raises(InvalidFilter) as caught:
        read(query)
    return caught.value.problems


def test_empty_values_count_as_not_given() -> None:
    assert read("q=&kind=&actor=&since=&order=") == EventFilter()


def test_every_name_has_its_field() -> None:
    asked = read(
        "q=safety&actor=openai&actor=anthropic&role=target&kind=ruling&kind=lawsuit&status=confirmed"
        "&dispute=claude&since=2024&until=2025-02&order=oldest"
    )
    assert asked == EventFilter(
        q="safety",
        actors=("anthropic", "openai"),
        role="target",
        kinds=("lawsuit", "ruling"),
        statuses=("confirmed",),
        dispute="claude",
        since=date(2024, 1, 1),
        until=date(2025, 2, 28),
        order="oldest",
    )


def test_plain_mappings_are_read_as_query_dicts_are() -> None:
    assert parse_filter({"kind": ["ruling", "deal"]}) == read("kind=deal&kind=ruling")


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("actor:OpenAI api", EventFilter(q="api", actors=("openai",))),
        ('actor:"Claude API" actor:openai', EventFilter(actors=("claude-api", "openai"))),
        ("kind:lawsuit kind:Ruling", EventFilter(kinds=("lawsuit", "ruling"))),
        ('kind:"terms change"', EventFilter(kinds=("terms-change",))),
        ("role:target status:alleged dispute:x", EventFilter(role="target", statuses=("alleged",), dispute="x")),
        ("since:2024-06 until:2024-06", EventFilter(since=date(2024, 6, 1), until=date(2024, 6, 30))),
        ("after:2024-06-30", EventFilter(since=date(2024, 7, 1))),
        ("after:2024", EventFilter(since=date(2025, 1, 1))),
        ("before:2024", EventFilter(until=date(2023, 12, 31))),
        ('"actor:openai" -kindness', EventFilter(q='"actor:openai" -kindness')),
        ("https://example.com/a:b", EventFilter(q="https://example.com/a:b")),
        ('"open phrase or -not', EventFilter(q='"open phrase or -not')),
        ('claude NOT openai NOT "a b" NOT -c not d NOT', EventFilter(q='claude -openai -"a b" -c not d')),
        ("kind:lawsuit or kind:ruling", EventFilter(kinds=("lawsuit", "ruling"))),
    ],
)
def test_names_inside_the_words_are_split_off(q: str, expected: EventFilter) -> None:
    assert parse_filter({"q": [q]}) == expected


def test_names_inside_and_outside_of_the_words_add_up() -> None:
    assert read("q=kind:ruling+since:2023&kind=lawsuit&since=2024") == EventFilter(
        kinds=("lawsuit", "ruling"), since=date(2024, 1, 1)
    )


@pytest.mark.parametrize(
    ("query", "name", "part"),
    [
        ("knd=ruling", "knd", "did you mean kind?"),
        ("zzz=1", "zzz", "is not a parameter here"),
        ("kind=revokation", "kind", "did you mean revocation?"),
        ("status=sure", "status", "alleged, reported, confirmed, reversed"),
        ("role=victim", "role", "is not one of"),
        ("order=random", "order", "is not one of"),
        ("since=2024-13", "since", "is not a date"),
        ("since=yesterday", "since", "is not a date"),
        ("until=0000", "until", "is not a date"),
        ("since=٢٠٢٤", "since", "is not a date"),
        ("q=before:0001", "before", "is not a date"),
        ("since=2025&until=2024", "until", "is before since"),
        ("role=target&role=court", "role", "is given twice"),
        ("dispute=a&dispute=b", "dispute", "is given twice"),
        ("actor=%00", "actor", "no text"),
        ("actor=%3F", "actor", "no letter"),
        ("q=a%00b", "q", "no text"),
        ("q=" + "x" * 301, "q", "longer than 300"),
        ("q=knd:ruling", "q", "did you mean “kind:”?"),
        ("q=-kind:ruling", "q", "only words can be left out"),
        ("q=NOT+actor:openai", "q", "has “NOT actor:”; only words can be left out"),
        ("&".join(["actor=a"] * 21), "actor", "21 times"),
    ],
)
def test_what_means_nothing_is_refused_with_its_name(query: str, name: str, part: str) -> None:
    assert part in problems_of(query)[name]


def test_all_problems_are_told_at_once() -> None:
    assert set(problems_of("knd=1&kind=x&since=y&order=z")) == {"knd", "kind", "since", "order"}


def test_names_beside_the_filter_are_left_to_the_caller() -> None:
    assert read("cursor=abc&kind=deal", beside=("cursor",)) == EventFilter(kinds=("deal",))


def test_relevance_needs_words() -> None:
    assert read("order=relevance").order == "newest"
    assert read("order=relevance&q=api").order == "relevance"


def test_the_canonical_string_is_short_and_the_same_for_equal_filters() -> None:
    one = read("until=2024-12-31&kind=ruling&q=++a+++b+&kind=deal&since=2024-01-01&order=newest")
    assert one.to_query_string() == "q=a+b&kind=deal&kind=ruling&since=2024&until=2024"
    assert EventFilter().to_query_string() == ""


def test_narrows_is_about_what_is_left_out_only() -> None:
    assert not EventFilter(order="oldest").narrows()
    assert EventFilter(q="a").narrows()


@pytest.mark.parametrize(
    ("before", "name", "value", "after"),
    [
        ("kind=deal", "kind", "ruling", "kind=deal&kind=ruling"),
        ("kind=deal&kind=ruling", "kind", "deal", "kind=ruling"),
        ("actor=a", "actor", "b", "actor=a&actor=b"),
        ("dispute=a", "dispute", "b", "dispute=b"),
        ("dispute=a", "dispute", "a", ""),
        ("q=x", "span", "2024-02", "q=x&since=2024-02&until=2024-02"),
        ("since=2024&until=2024", "span", "2024", ""),
    ],
)
def test_toggling_chooses_what_is_not_chosen_and_drops_what_is(before: str, name: str, value: str, after: str) -> None:
    assert read(before).toggle(name, value).to_query_string() == after


slugs = st.from_regex(r"[a-z0-9]{1,9}(-[a-z0-9]{1,9})?", fullmatch=True)
words = st.lists(st.sampled_from(["api", "-terms", '"two words"', "or", "it’s", "a:b"]), min_size=1).map(" ".join)


@given(
    st.builds(
        EventFilter,
        q=st.just("") | words.map(lambda text: f"x {text} x"),
        actors=st.frozensets(slugs, max_size=3).map(lambda s: tuple(sorted(s))),
        role=st.sampled_from(["", *Participation.Role.values]),
        kinds=st.frozensets(st.sampled_from(Event.Kind.values)).map(lambda s: tuple(sorted(s))),
        statuses=st.frozensets(st.sampled_from(Event.Status.values)).map(lambda s: tuple(sorted(s))),
        dispute=st.just("") | slugs,
        since=st.none() | st.dates(max_value=date(2000, 1, 1)),
        until=st.none() | st.dates(min_value=date(2000, 1, 1)),
        order=st.sampled_from(["newest", "oldest", "updated"]),
    )
)
def test_the_canonical_string_reads_back_to_the_filter(asked: EventFilter) -> None:
    assert read(asked.to_query_string()) == asked


@given(st.dictionaries(st.sampled_from(NAMES), st.lists(st.text(), max_size=3)))
def test_any_text_is_read_or_refused(query: dict[str, list[str]]) -> None:
    with suppress(InvalidFilter):
        asked = parse_filter(query)
        assert read(asked.to_query_string()) == asked
