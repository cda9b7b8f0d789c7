"""The tests that PostgreSQL runs too: those whose answer may differ there.

SQLite runs all but the long story of the demonstration. With DEEP=1 it runs that too, and PostgreSQL
leaves out only what asks it nothing, is marked to be run once, or counts questions. Why: docs/decisions/0040-what-runs-where.md.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kommissorium.core.tests.deep import DEEP

ROOT = Path(__file__).resolve().parents[3]
# What tests ask a database with: their own, that of a program they run, that of the demonstration.
ASKING = {"db", "transactional_db", "django_db_setup", "installation", "havneby"}
# What tests count questions with.
COUNTING = {"queries_of", "django_assert_num_queries", "django_assert_max_num_queries"}
# What tests open pages with.
BROWSING = {"client_of", "Client"}
# What says that a test is about the database, though it opens pages: refusals and races.
ABOUT = {"IntegrityError", "DataError", "DatabaseError", "Thread", "ThreadPoolExecutor"}
# Tests that go through all rooms, and those of the demonstration and the command, stay.
ALL_ROOMS = ("kommissorium/config/", "kommissorium/demo/", "kommissorium/cli/")
# It reckons in Python from rows it has read; on both databases each clause of the demonstration is
# counted again by hand.
RECKONING = "kommissorium/compliance/tests/"
# Files that open pages to see what each database has its own rules for.
BOTH = {
    "accounts/tests/test_locking_out.py": "counts in one statement",
    "accounts/tests/test_people.py": "sorts and searches names",
    "assets/tests/test_asset_forms.py": "numbers too large for a column",
    "assets/tests/test_export_cells.py": "characters no column holds",
    "assets/tests/test_listing.py": "sorts, narrows and searches",
    "assets/tests/test_suppliers.py": "sorts and searches",
    "committees/tests/test_mandate_edit.py": "numbers too large for a column",
    "committees/tests/test_seat_history.py": "characters no column holds",
    "handbook/tests/test_handbook.py": "searches documents",
    "meetings/tests/test_autosave.py": "two who write at once",
    "meetings/tests/test_kept_packs.py": "four who read at once",
    "texts/tests/test_imports.py": "characters no column holds",
    "projects/tests/test_projects.py": "numbers too large for a column",
    "risks/tests/test_limits.py": "numbers too large for a column",
    "risks/tests/test_risk_list.py": "sorts, narrows and searches",
    "risks/tests/test_threats.py": "searches, and keeps names unique",
    "secretariat/tests/test_approve_minutes.py": "two who approve at once",
    "secretariat/tests/test_call_meeting.py": "two who call at once",
    "secretariat/tests/test_chair_decision.py": "two who decide at once",
    "secretariat/tests/test_composing.py": "numbers too large for a column",
    "secretariat/tests/test_decisions.py": "sorts, narrows and searches",
    "secretariat/tests/test_filing.py": "numbers too large for a column",
    "secretariat/tests/test_search.py": "searches",
    "tasks/tests/test_pages.py": "sorts, narrows and searches",
    "yearwheel/tests/test_wheel_page.py": "narrows by words and days",
}


def left_out(items: list[Any], vendor: str) -> list[Any]:
    """Return the tests that this database leaves to the other one."""
    if vendor == "postgresql":
        return [item for item in items if not asks_postgresql(item)]
    return [item for item in items if item.get_closest_marker("long_story") and not DEEP]


def asks_postgresql(item: pytest.Item) -> bool:
    """Return whether PostgreSQL may answer a test differently from SQLite."""
    if item.get_closest_marker("once") or _uses(item, COUNTING) or not _asks(item):
        return False
    path = item.path.relative_to(ROOT).as_posix()
    if DEEP or "transactional_db" in getattr(item, "fixturenames", ()):
        return True
    return not (path.startswith(RECKONING) or _looks_at_pages_of_a_room(item, path))


def _looks_at_pages_of_a_room(item: pytest.Item, path: str) -> bool:
    """Return whether a test opens pages of one room to check their content.

    What they ask the database is asked on both: every address by the table of rights,
    every list by every wish, every act by the demonstration.
    """
    kept = path.startswith(ALL_ROOMS) or path.removeprefix("kommissorium/") in BOTH
    return _uses(item, BROWSING) and not (kept or _uses(item, ABOUT))


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
