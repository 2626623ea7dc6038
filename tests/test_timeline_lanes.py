"""The sequence of a dispute as a picture."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from tests.factories import make_actor, make_dispute, make_event
from timeline.lanes import ROW, draw_lanes
from timeline.models import Event

pytestmark = pytest.mark.django_db


def list_rows() -> list[Event]:
    return list(Event.objects.with_entries().order_by("on"))


def test_arrows_lead_from_who_acts_to_who_is_met() -> None:
    one, two, stranger = make_actor("One"), make_actor("Two"), make_actor()
    product = make_actor(kind="product", parent=two)
    war = make_dispute(sides=[(one, ""), (two, "")])
    for number, actors in enumerate([
        [(one, "initiator"), (product, "target")],
        [(two, "initiator"), (one, "target")],
        [(stranger, "court"), (one, "target")],
        [(one, "initiator"), (stranger, "target")],
    ]):  # fmt: skip
        make_event(on=date(2024, 12, 31) if number == 0 else date(2025, 1, number), dispute=war, actors=actors)
    picture = draw_lanes(list_rows(), war.sides.all())
    assert picture is not None
    assert [lane.actor for lane in picture.lanes] == [one, two, None]
    middle = [ROW // 2, ROW + ROW // 2, 2 * ROW + ROW // 2]
    ends = [(mark.y, mark.tip) for mark in picture.marks]
    assert ends == [(middle[0], middle[1]), (middle[1], middle[0]), (middle[2], middle[0]), (middle[0], None)]
    assert [mark.year for mark in picture.marks] == ["2024", "2025", "", ""]


@pytest.mark.parametrize(("sides", "events"), [(1, 3), (2, 1), (0, 0)])
def test_what_has_no_sequence_has_no_picture(sides: int, events: int) -> None:
    war = make_dispute(sides=[(make_actor(), "") for _ in range(sides)])
    for _ in range(events):
        make_event(dispute=war)
    assert draw_lanes(list_rows(), war.sides.all()) is None


def test_the_page_says_where_a_dispute_stands(client: Client) -> None:
    one, two = make_actor("One"), make_actor("Two")
    war = make_dispute(sides=[(one, ""), (two, "")])
    for number in range(60):
        make_event(f"Move {number}", on=date(2024, 1 + number // 28, 1 + number % 28), dispute=war,
                   actors=[(one, "initiator"), (two, "target")])  # fmt: skip
    page = client.get(war.get_absolute_url()).content.decode()
    assert "Where it stands" in page
    assert page.index("Move 59") < page.index("Move 1<")
    assert page.count('class="lane-act"') == 50
