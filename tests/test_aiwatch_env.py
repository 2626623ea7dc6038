"""Readers of the environment: what they take, and that a refusal names the variable."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from aiwatch import env


@pytest.fixture
def value(monkeypatch: pytest.MonkeyPatch) -> object:
    return lambda text: monkeypatch.setenv("AIWATCH_PROBE", text)


@pytest.mark.parametrize(("text", "wanted"), [("1", True), ("Yes", True), ("off", False), ("", True), (" 0 ", False)])
def test_flag(value, text: str, wanted: bool) -> None:
    value(text)
    assert env.flag("AIWATCH_PROBE", default=True) is wanted


@pytest.mark.parametrize(("text", "wanted"), [("a, b,,c", ["a", "b", "c"]), ("", ["x"]), (" , ", [])])
def test_words(value, text: str, wanted: list[str]) -> None:
    value(text)
    assert env.words("AIWATCH_PROBE", ("x",)) == wanted


def test_number(value) -> None:
    value("8001")
    assert env.number("AIWATCH_PROBE", 8000) == 8001
    assert env.number("AIWATCH_OTHER_PROBE", 8000) == 8000


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("maybe", lambda: env.flag("AIWATCH_PROBE", default=False)),
        ("eight", lambda: env.number("AIWATCH_PROBE", 1)),
        ("70000", lambda: env.number("AIWATCH_PROBE", 1, most=65535)),
        ("-1", lambda: env.number("AIWATCH_PROBE", 1)),
        ("mysql://host/db", lambda: env.address("AIWATCH_PROBE", ("postgresql",))),
        ("localhost", lambda: env.address("AIWATCH_PROBE", ("postgresql",))),
    ],
)
def test_refusal_names_the_variable(value, text: str, read) -> None:
    value(text)
    with pytest.raises(ImproperlyConfigured, match="AIWATCH_PROBE"):
        read()


def test_file_gives_way_to_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    monkeypatch.setenv("AIWATCH_PROBE", "outer")
    monkeypatch.delenv("AIWATCH_FILE_PROBE", raising=False)
    (tmp_path / ".env").write_text("AIWATCH_PROBE=inner\nAIWATCH_FILE_PROBE=found\n")
    env.read_file(tmp_path / ".env")
    assert (env.text("AIWATCH_PROBE"), env.text("AIWATCH_FILE_PROBE")) == ("outer", "found")
    monkeypatch.delenv("AIWATCH_FILE_PROBE")
