"""Every behaviour of the hostile server, met over real HTTP by one worker process that has to live through them all."""

from collections import Counter
from collections.abc import Iterator

import pytest

from tests.hostile.case import Case
from tests.hostile.cases import CASES
from tests.hostile.server import HostileServer
from tests.hostile.worker import Worker

CAP_MEGABYTES = 150


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
    outcome, megabytes = worker.visit(case, server)
    expected = case.expect
    assert (outcome.error, outcome.status) == (expected.error, expected.status), outcome.words
    assert expected.words in outcome.words
    assert outcome.complete is expected.complete
    if expected.items is not None:
        assert outcome.items == expected.items
    if expected.titles is not None:
        assert (outcome.titles or ())[: len(expected.titles)] == expected.titles
    if expected.permanent is not None:
        assert outcome.permanent == expected.permanent.format(base=server.base)
    assert megabytes < CAP_MEGABYTES


def test_names_are_unique() -> None:
    assert [name for name, count in Counter(case.name for case in CASES).items() if count > 1] == []
