"""Tests of one room: its own, those of the rooms that import it, and its part of those of all rooms.

`make test ROOM=objectives` runs them, for whoever changes that room. What every room has in common
is tried by `make test`.
"""

from __future__ import annotations

import inspect
import os
import re
from functools import cache
from pathlib import Path
from typing import Any, Final

PACKAGE: Final = Path(__file__).resolve().parents[2]
ROOM: Final = os.environ.get("KOMMISSORIUM_TEST_ROOM", "")
OF_ALL: Final = "config"  # the room of the tests that go through all rooms


def is_about_it(item: Any) -> bool:
    """Return whether a test may fail where the room was changed; true of all without one."""
    if not ROOM:
        return True
    room = item.path.relative_to(PACKAGE).parts[0]
    if room != OF_ALL:
        return room in rooms_above()
    if "journeys" in item.path.parts:
        return ROOM in item.path.name
    callspec = getattr(item, "callspec", None)
    if callspec and any(named(value) for value in callspec.params.values()):
        return any(ROOM in named(value) for value in callspec.params.values())
    return imports_it(item.path) or not asks(item)


@cache
def rooms_above() -> set[str]:
    """Return the room and those that import something of it."""
    if not (PACKAGE / ROOM / "__init__.py").exists():
        raise LookupError(f"There is no room {ROOM} in {PACKAGE}.")
    code = [path for path in PACKAGE.rglob("*.py") if "tests" not in path.parts]
    return {ROOM} | {path.relative_to(PACKAGE).parts[0] for path in code if imports_it(path)}


@cache
def imports_it(path: Path) -> bool:
    return bool(re.search(rf"^from kommissorium\.{ROOM}\b", path.read_text("utf-8"), re.MULTILINE))


@cache
def all_rooms() -> set[str]:
    return {path.parent.name for path in PACKAGE.glob("*/__init__.py")}


def named(value: Any) -> set[str]:
    """Return the rooms that a test's argument is of: a code, a class, a thing or a function."""
    if isinstance(value, str):
        return {re.split(r"\W", value)[0]} & all_rooms()
    if room := getattr(value, "room", ""):
        return {room}
    of = value if inspect.isclass(value) or inspect.isfunction(value) else type(value)
    return {*str(getattr(of, "__module__", "")).split(".")[1:2]} & all_rooms()


def asks(item: Any) -> bool:
    """Return whether a test asks a database."""
    return bool({"db", "transactional_db", "django_db_setup"} & {*item.fixturenames})
