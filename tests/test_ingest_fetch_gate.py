"""Turns at a host, in a real Valkey."""

import threading
from dataclasses import dataclass

import pytest
import redis

from ingest.fetch import HostGate

URL = "https://news.example/feed"


@dataclass
class Clock:
    now: float = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def gate(queue: redis.Redis, clock: Clock) -> HostGate:
    return HostGate(queue, gap_seconds=2.0, hold_seconds=30.0, clock=clock)


def test_one_at_a_time(gate: HostGate) -> None:
    assert gate.enter(URL).granted
    second = gate.enter("https://NEWS.example/other")
    assert not second.granted
    assert second.wait_seconds == pytest.approx(30.0)


def test_the_gap_is_kept_after_a_visit(gate: HostGate, clock: Clock) -> None:
    gate.leave(gate.enter(URL))
    assert gate.enter(URL).wait_seconds == pytest.approx(2.0)
    clock.now += 2.0
    assert gate.enter(URL).granted


def test_a_host_may_ask_for_a_longer_gap(gate: HostGate, clock: Clock) -> None:
    gate.leave(gate.enter(URL), gap_seconds=120.0)
    clock.now += 119.0
    assert gate.enter(URL).wait_seconds == pytest.approx(1.0)


def test_other_hosts_are_free(gate: HostGate) -> None:
    assert gate.enter(URL).granted
    assert gate.enter("https://other.example/feed").granted
    assert gate.enter("https://news.example:8443/feed").granted


def test_a_killed_worker_frees_the_host_after_its_hold(gate: HostGate, clock: Clock) -> None:
    lost = gate.enter(URL)
    clock.now += 30.0
    second = gate.enter(URL)
    assert second.granted
    gate.leave(lost)
    clock.now += 2.0
    assert not gate.enter(URL).granted, "the late comer must not open the door that another has closed"
    gate.leave(second)


def test_many_workers_never_meet(gate: HostGate) -> None:
    turns = []
    threads = [threading.Thread(target=lambda: turns.append(gate.enter(URL))) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(turn.granted for turn in turns) == 1


def test_turns_at_many_hosts_are_asked_for_and_given_back_together(gate: HostGate, clock: Clock) -> None:
    urls = [f"https://{name}.example/" for name in "abc"]
    inside = gate.enter(urls[1])
    turns = gate.enter_all(urls, hold_seconds=300)
    assert [turn.granted for turn in turns] == [True, False, True]
    assert turns[1].visited
    clock.now += 100
    assert gate.enter(urls[0]).visited
    gate.leave_all({turn: gate.find_end(5) for turn in turns if turn.granted})
    assert [round(gate.enter(url).wait_seconds) for url in (urls[0], urls[2])] == [5, 5]
    gate.leave(inside)
