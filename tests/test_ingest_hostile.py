"""Every behaviour of the hostile server, met over real HTTP by one worker process that has to live through them all."""

from collections import Counter
from collections.abc import Iterator

import pytest

from tests.hostile.case import Case
from tests.hostile.cases import CASES
from tests.hostile.server import HostileServer
from tests.hostile.worker import Worker

CAP_MEGABYTES = 150
GRACE_SECONDS = 10  # for a busy machine; what has to be cut off would last twice as long


@pytest.fixture(scope="module")
def server() -> Iterator[HostileServer]:
    with HostileServer(CASES) as running:
        yield running


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker() as running:
        yield running


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_behaviour_comes_to_its_expected_outcome(case: Case, server: HostileServer, worker: Worker) -> None:
    visit = worker.visit(case, server)
    outcome, expected = visit.outcome, case.expect
    assert (outcome.error, outcome.status) == (expected.error, expected.status), outcome.words
    assert expected.words in outcome.words
    assert outcome.complete is expected.complete
    if expected.items is not None:
        assert outcome.items == expected.items
    for name in ("titles", "urls", "dates", "bodies"):
        if (wanted := getattr(expected, name)) is not None:
            assert getattr(outcome, name)[: len(wanted)] == tuple(one.format(base=server.base) for one in wanted)
    if expected.permanent is not None:
        assert outcome.permanent == expected.permanent.format(base=server.base)
    assert visit.megabytes < CAP_MEGABYTES
    assert visit.seconds < case.deadline + GRACE_SECONDS


def test_names_are_unique() -> None:
    assert [name for name, count in Counter(case.name for case in CASES).items() if count > 1] == []
