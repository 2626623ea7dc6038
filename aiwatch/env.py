"""Typed readers of the environment. A value of the wrong form is refused with the name of its variable.

Only aiwatch/settings.py reads the environment, and only through here. `docs/settings.md` lists every name.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

_T = TypeVar("_T")
_env = environ.Env()
_FLAGS = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}


def read_file(path: Path) -> None:
    """Take the variables of a `.env` file, where there is one; the real environment wins."""
    if path.is_file():
        environ.Env.read_env(path, overwrite=False)


def text(name: str, default: str = "") -> str:
    """The variable without surrounding blanks; set to nothing means not set."""
    return str(_env.str(name, default="")).strip() or default


def flag(name: str, *, default: bool) -> bool:
    """Yes or no.

    Raises:
        ImproperlyConfigured: the value is none of 1, true, yes, on, 0, false, no, off.
    """
    return _read(name, default, lambda value: _FLAGS[value.lower()], "1, true, yes, on, 0, false, no or off")


def number(name: str, default: int, *, least: int = 0, most: int | None = None) -> int:
    """A whole number.

    Raises:
        ImproperlyConfigured: the value is no whole number, or outside of `least`..`most`.
    """
    value = _read(name, default, int, "a whole number")
    if value < least or (most is not None and value > most):
        limits = f"at least {least}" if most is None else f"between {least} and {most}"
        raise ImproperlyConfigured(f"{name} is {value}; it must be {limits}.")
    return value


def words(name: str, default: tuple[str, ...] = ()) -> list[str]:
    """A list, separated by commas; empty parts are dropped."""
    value = text(name)
    return [word.strip() for word in value.split(",") if word.strip()] if value else list(default)


def address(name: str, schemes: tuple[str, ...], default: str = "") -> str:
    """A URL with one of the schemes, or the default.

    Raises:
        ImproperlyConfigured: the value has another scheme, or none.
    """
    value = text(name, default)
    if value and urlsplit(value).scheme not in schemes:
        raise ImproperlyConfigured(f"{name} must begin with {' or '.join(f'{s}://' for s in schemes)}.")
    return value


def _read(name: str, default: _T, convert: Callable[[str], _T], wanted: str) -> _T:
    value = text(name)
    if not value:
        return default
    try:
        return convert(value)
    except (KeyError, ValueError):
        raise ImproperlyConfigured(f"{name} is {value!r}; it must be {wanted}.") from None
