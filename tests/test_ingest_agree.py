"""What several articles together make of one event."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ingest.agree import Agreed, Telling, agree

VENDOR, MAKER, READER = "vendor", "maker", "reader"


def tell(*roles: tuple[str, str, float], kind: str = "revocation", **fields: Any) -> Telling[str]:
    values: dict[str, Any] = {
        "on": date(2026, 3, 11), "precision": "day", "dated": True, "status": "reported", "main": True, "copied": False,
        "confidence": 0.7,
    }  # fmt: skip
    return Telling(kind=kind, roles=roles, **values | fields)


def list_roles(agreed: Agreed[str]) -> set[tuple[str, str]]:
    return {(actor, role) for actor, role, _ in agreed.roles}


def test_who_one_article_leaves_out_another_names() -> None:
    agreed = agree([tell((VENDOR, "initiator", 0.9)), tell((VENDOR, "initiator", 0.8), (MAKER, "target", 0.9))])
    assert list_roles(agreed) == {(VENDOR, "initiator"), (MAKER, "target")}


def test_what_one_of_three_says_of_somebody_is_not_taken_over() -> None:
    right = tell((VENDOR, "initiator", 0.9), (MAKER, "target", 0.9))
    wrong = tell((VENDOR, "initiator", 0.9), (MAKER, "target", 0.9), (READER, "target", 0.8))
    assert list_roles(agree([wrong, right, right])) == {(VENDOR, "initiator"), (MAKER, "target")}


def test_nobody_is_on_both_sides() -> None:
    turned = tell((MAKER, "initiator", 0.6), (VENDOR, "target", 0.6))
    right = tell((VENDOR, "initiator", 0.9), (MAKER, "target", 0.9))
    assert list_roles(agree([turned, right])) == {(VENDOR, "initiator"), (MAKER, "target")}


def test_news_weighs_more_than_what_is_told_in_passing() -> None:
    news, passing = tell(kind="restriction"), tell(kind="revocation", main=False)
    assert agree([passing, passing, news]).kind == "restriction"
    assert agree([passing, passing, passing, news]).kind == "revocation"


def test_an_article_that_repeats_another_counts_half() -> None:
    copies = [tell(kind="restriction"), tell(kind="restriction", copied=True)]
    assert agree([*copies, tell(), tell()]).kind == "revocation"


def test_a_day_stands_against_a_month_that_includes_it_and_against_a_day_of_publication() -> None:
    month = tell(on=date(2026, 3, 1), precision="month")
    published = tell(on=date(2026, 3, 12), dated=False)
    agreed = agree([month, published, tell()])
    assert (agreed.on, agreed.precision) == (date(2026, 3, 11), "day")


def test_the_surest_that_tells_of_the_kind_says_how_sure_it_is() -> None:
    others = [tell(kind="deal", confidence=0.95, main=False)]
    assert agree([tell(confidence=0.6), tell(confidence=0.8), *others]).confidence == 0.8


def test_an_event_is_about_two_products_at_most() -> None:
    first, second, third = ((f"product-{n}", "subject", sure) for n, sure in enumerate((0.9, 0.8, 0.7)))
    assert list_roles(agree([tell(second, third, first)])) == {first[:2], second[:2]}
    assert list_roles(agree([tell(first, second), tell(first), tell(first)])) == {first[:2]}


def test_those_who_only_speak_are_kept_unless_they_take_part() -> None:
    first = tell((VENDOR, "initiator", 0.9), (READER, "commentator", 0.8))
    second = tell((VENDOR, "initiator", 0.9), (VENDOR, "commentator", 0.8))
    assert list_roles(agree([first, second])) == {(VENDOR, "initiator"), (READER, "commentator")}


ROLES = st.sampled_from(["initiator", "target", "court", "subject", "affected", "commentator"])
TOLD = st.builds(
    lambda roles, main, copied: tell(*roles, main=main, copied=copied),
    st.lists(st.tuples(st.sampled_from("abcde"), ROLES, st.floats(0.05, 0.97)), max_size=6),
    st.booleans(),
    st.booleans(),
)


@given(st.lists(TOLD, min_size=1, max_size=6))
def test_nobody_is_made_up_and_nobody_has_two_parts(tellings: list[Telling[str]]) -> None:
    agreed = agree(tellings)
    said = {(actor, role) for telling in tellings for actor, role, _ in telling.roles}
    assert list_roles(agreed) <= said
    assert len({actor for actor, _, _ in agreed.roles}) == len(agreed.roles)
    assert all(0 <= sure <= 1 for _, _, sure in agreed.roles)


@given(TOLD)
def test_one_article_alone_is_believed(telling: Telling[str]) -> None:
    agreed = agree([telling])
    assert (agreed.kind, agreed.on, agreed.precision) == (telling.kind, telling.on, telling.precision)
