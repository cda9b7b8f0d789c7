"""The tests that PostgreSQL runs too: those whose answer may differ there.

SQLite runs all but the long story of the demonstration, PostgreSQL that on every second date. With
DEEP=1 both run it, and PostgreSQL leaves out only what asks it nothing, is marked to be run once, or
counts questions; in the long form of a family nothing is run once. Why:
docs/decisions/0040-what-runs-where.md.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kommissorium.core.tests.deep import DEEP, LONG, in_turn

ROOT = Path(__file__).resolve().parents[3]
# What tests ask a database with: their own, that of a program they run, that of the demonstration.
ASKING = {"db", "transactional_db", "django_db_setup", "installation", "havneby"}
# What tests count questions with.
COUNTING = {"queries_of", "django_assert_num_queries", "django_assert_max_num_queries"}
# What says that a test is about the database: refusals and races.
ABOUT = {"IntegrityError", "DataError", "DatabaseError", "Thread", "ThreadPoolExecutor"}
# Tests that go through all rooms, those of the demonstration, and the ground all stand on.
ALL_ROOMS = (
    *("kommissorium/config/", "kommissorium/demo/"),
    *("kommissorium/core/tests/evidence/", "kommissorium/core/tests/search/"),
)
# Of the contracts of the registers, those that write, find, sort and count rows. What is decided,
# proposed and told of them is Python's, and the demonstration's three years go through it.
REGISTERS = "kommissorium/config/tests/registers/"
ABOUT_ROWS = (
    *("activities", "bulk", "indicators", "lists", "one_act_one_record", "openings"),
    *("round_trip", "row_choices", "row_imports", "saved_lists", "signals"),
)
# To build three years takes PostgreSQL longer than all its races.
HAS_LONG_STORY = any(in_turn((True, False)))


def left_out(items: list[Any], vendor: str) -> list[Any]:
    """Return the tests that this database leaves to the other one, or to tomorrow."""
    is_postgresql = vendor == "postgresql"
    tells_all = HAS_LONG_STORY if is_postgresql else DEEP
    long = {one for one in items if one.get_closest_marker("long_story") and not tells_all}
    return [one for one in items if one in long or (is_postgresql and not asks_postgresql(one))]


def asks_postgresql(item: pytest.Item) -> bool:
    """Return whether PostgreSQL may answer a test differently from SQLite."""
    is_once = item.get_closest_marker("once") and not LONG
    if is_once or _uses(item, COUNTING) or not _asks(item):
        return False
    if DEEP or "transactional_db" in getattr(item, "fixturenames", ()):
        return True
    path = item.path.relative_to(ROOT).as_posix()
    of_all = path.startswith(ALL_ROOMS)
    if path.startswith(REGISTERS):
        of_all = path.removeprefix(f"{REGISTERS}test_").removesuffix(".py") in ABOUT_ROWS
    return of_all or bool(item.get_closest_marker("both")) or _uses(item, ABOUT)


def _uses(item: pytest.Item, names: set[str]) -> bool:
    code = getattr(getattr(item, "function", None), "__code__", None)
    used: tuple[str, ...] = (*getattr(item, "fixturenames", ()), *(code.co_names if code else ()))
    return bool(names & {*used})


def _asks(item: pytest.Item) -> bool:
    """Return whether a test may ask the database, or runs the program in a process of its own."""
    fixtures = set(getattr(item, "fixturenames", ()))
    if fixtures & ASKING or item.get_closest_marker("django_db"):
        return True
    # Those of the command may start it on what they made themselves.
    return "kommissorium/cli/" in item.path.as_posix() and "tmp_path_factory" in fixtures
