"""Joining the file with the database: what a load put there follows the file, what people did stays."""

from __future__ import annotations

from timeline.record import DisputeEntry, SideEntry
from timeline.services.record.three_way import describe_entry, diff_entries, fold_changes, merge_entries

A, B, C = SideEntry("a", "says a"), SideEntry("b", "says b"), SideEntry("c", "says c")


def make(title: str = "Old", *sides: SideEntry) -> DisputeEntry:
    return DisputeEntry("d", title, "Summary.", sides)


def merge(new: DisputeEntry, held: DisputeEntry, base: DisputeEntry) -> DisputeEntry:
    return merge_entries(new, held, describe_entry(base), {})


def test_a_value_that_nobody_touched_follows_the_file() -> None:
    assert merge(make("New"), make("Old"), base=make("Old")) == make("New")


def test_a_value_that_an_editor_corrected_stays_while_the_file_says_the_old() -> None:
    assert merge(make("Old"), make("Corrected"), base=make("Old")) == make("Corrected")


def test_a_file_that_says_something_new_wins_over_a_correction() -> None:
    assert merge(make("New"), make("Corrected"), base=make("Old")) == make("New")


def test_without_a_base_the_file_wins_and_nothing_is_taken_away() -> None:
    assert merge_entries(make("New", A), make("Old", B), {}, {}) == make("New", A, B)


def test_a_part_that_left_the_file_goes_and_one_that_people_added_stays() -> None:
    assert merge(make("Old", A), make("Old", A, B, C), base=make("Old", A, B)) == make("Old", A, C)


def test_a_part_that_somebody_else_put_there_stays_though_a_load_named_it() -> None:
    held = make("Old", A, B)
    assert merge_entries(make("Old", A), held, describe_entry(held), {"sides": {"b"}}) == held


def test_a_part_that_an_editor_took_out_stays_out() -> None:
    assert merge(make("Old", A, B), make("Old", A), base=make("Old", A, B)) == make("Old", A)


def test_a_changed_part_takes_its_place() -> None:
    changed = SideEntry("a", "says more")
    assert merge(make("Old", changed, B), make("Old", A, C, B), base=make("Old", A, B)) == make("Old", changed, C, B)


def test_the_order_is_the_file_s() -> None:
    assert merge(make("Old", B, A), make("Old", A, C, B), base=make("Old", A, B)) == make("Old", B, A, C)


def test_the_base_is_what_earlier_loads_left() -> None:
    first, second = make("Old", A, B), make("New", A, C)
    base = fold_changes([({}, describe_entry(first)), diff_entries(first, second)])
    assert base == describe_entry(second)


def test_the_base_leaves_out_what_others_had_added() -> None:
    first, grown, second = make("Old", A), make("Old", A, B), make("Old", A, B, C)
    base = fold_changes([({}, describe_entry(first)), diff_entries(grown, second)])
    assert base == describe_entry(make("Old", A, C))
