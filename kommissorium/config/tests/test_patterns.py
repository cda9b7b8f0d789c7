"""No pattern of the program's own backtracks without end, whatever it is given.

What of those that take the square of a text meets long texts is tried where it stands.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import signal
from collections.abc import Iterator
from functools import cache
from types import FrameType
from typing import Any, NoReturn

import kommissorium

SECONDS = 1.0  # a pattern takes thousandths; what backtracks without end takes hours
LONG = 120
PIECES = (
    "a",
    "A",
    "1",
    " ",
    "\n",
    "-",
    ".",
    "<",
    "a ",
    "1.",
    "1 ",
    "a-",
    "- ",
    "*a*",
    "[a](",
    "§ 1 ",
)
ENDINGS = ("", "!", "\0", "a!")


class TooLong(Exception):
    """A pattern was still looking."""


@cache
def patterns() -> dict[str, re.Pattern[Any]]:
    """Return every pattern that a module of the program keeps, by module and name."""
    found: dict[str, re.Pattern[Any]] = {}
    for one in pkgutil.walk_packages(kommissorium.__path__, "kommissorium."):
        if {"tests", "conftest", "migrations", "__main__"} & set(one.name.split(".")):
            continue
        if one.name in {"kommissorium.config.wsgi", "kommissorium.config.worker"}:
            continue
        module = importlib.import_module(one.name)
        for name, value in vars(module).items():
            found |= {f"{one.name}.{name}{at}": kept for at, kept in kept_in(value)}
    return found


def kept_in(value: object, depth: int = 3) -> Iterator[tuple[str, re.Pattern[Any]]]:
    if isinstance(value, re.Pattern):
        yield "", value
    elif depth and isinstance(value, dict | list | tuple | frozenset):
        rows = value.values() if isinstance(value, dict) else value
        for number, row in enumerate(rows):
            yield from ((f"[{number}]{at}", kept) for at, kept in kept_in(row, depth - 1))


def give_up(_number: int, _frame: FrameType | None) -> NoReturn:
    raise TooLong


def texts() -> list[str]:
    return [piece * (LONG // len(piece)) + end for piece in PIECES for end in ENDINGS]


def test_there_are_patterns_to_try() -> None:
    assert len(patterns()) > 100


def test_what_backtracks_without_end_would_be_found() -> None:
    assert slow({"bad": re.compile(r"(a+)+$")}) == ["bad"]


def test_no_pattern_takes_long() -> None:
    assert slow(patterns()) == []


def slow(tried: dict[str, re.Pattern[Any]]) -> list[str]:
    """Return the names of those that are still looking when their time is over."""
    before = signal.signal(signal.SIGVTALRM, give_up)
    found = []
    for name, pattern in tried.items():
        try:
            for text in texts():
                signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
                pattern.search(text.encode() if isinstance(pattern.pattern, bytes) else text)
        except TooLong:
            found.append(name)
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    signal.signal(signal.SIGVTALRM, before)
    return found
