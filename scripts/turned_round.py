"""Turn each predicate of access round, one at a time, and name those that no test misses.

    make soak FAMILY=16                                    all: hours
    .venv/bin/python scripts/turned_round.py risks         those of one room
    .venv/bin/python scripts/turned_round.py can_be_kept_by

It works in a copy of the tree: the tests of the room run there, first the table of access, then
the room's own, then those of all rooms that ask it. What none of them tells is a survivor.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

from kommissorium.config.tests.turning_round import PACKAGE, Predicate, predicates, turned_round

ROOT = PACKAGE.parent
TESTS = "kommissorium/config/tests"
PYTEST = (sys.executable, "-m", "pytest", "-x", "--reuse-db", "-m", "not journey")
MOST_SECONDS = 3600  # a predicate turned round may make a test wait for ever: told, too


def main(wanted: list[str]) -> int:
    found = [one for one in predicates() if not wanted or {one.room, one.name} & {*wanted}]
    survivors = []
    with tempfile.TemporaryDirectory(prefix="kommissorium-turned-") as folder:
        copy = Path(folder)
        copy_tree(copy)
        for number, predicate in enumerate(found, start=1):
            began = monotonic()
            told = told_by(copy, predicate)
            survivors += [] if told else [predicate]
            took = f"{monotonic() - began:.0f} s"
            print(f"{number}/{len(found)} {predicate}: {told or 'SURVIVES'} ({took})", flush=True)
    for predicate in survivors:
        print(f"FAULT: no test fails when this is turned round: {predicate}")
    print(f"turned round: {len(found)} predicates, {len(survivors)} survive.")
    return 1 if survivors or not found else 0


def copy_tree(copy: Path) -> None:
    """Copy what the tests need; the built parts are the same ones."""
    for name in ("kommissorium", "docs", "scripts"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "CONTRIBUTING.md", "README.md", "CHANGELOG.md"):
        shutil.copy(ROOT / name, copy / name)


def told_by(copy: Path, predicate: Predicate) -> str:
    """Return the first test that fails with that predicate turned round; "" for none."""
    path = copy / predicate.path.relative_to(ROOT)
    text = predicate.path.read_text("utf-8")
    path.write_text(turned_round(text, predicate), "utf-8")
    try:
        for tests in tests_of(predicate):
            if told := first_failure(copy, predicate.room, tests):
                return told
    finally:
        path.write_text(text, "utf-8")
    return ""


def tests_of(predicate: Predicate) -> Iterator[tuple[str, ...]]:
    """Yield what to run, the quickest first: the rooms that ask it name it in their code."""
    yield ("-n0", f"{TESTS}/test_access.py")
    yield ("-n0", f"kommissorium/{predicate.room}")
    asking = {
        path.relative_to(PACKAGE).parts[0]
        for path in PACKAGE.rglob("*.py")
        if "tests" not in path.parts and predicate.name in path.read_text("utf-8")
    }
    rooms = [f"kommissorium/{room}" for room in sorted(asking - {predicate.room})]
    yield ("-nauto", *rooms, TESTS)


def first_failure(copy: Path, room: str, tests: tuple[str, ...]) -> str:
    """Run those tests that are about the room; return the first that fails, "" for none."""
    home = copy / "home"
    home.mkdir(exist_ok=True)
    environment = os.environ | {
        "KOMMISSORIUM_TEST_ROOM": room,
        "KOMMISSORIUM_TEST_HOME": str(home),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    try:
        done = subprocess.run(
            [*PYTEST, *tests],
            cwd=copy,
            env=environment,
            capture_output=True,
            text=True,
            timeout=MOST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return "a test that waits for ever"
    lines = done.stdout.splitlines()
    failed = [line for line in lines if line.startswith(("FAILED ", "ERROR "))]
    named = [line.partition(" ")[2].partition(" - ")[0] for line in failed]
    if done.returncode not in (0, 1) and not named:
        return f"pytest itself: {(lines or done.stderr.splitlines() or ['?'])[-1]}"
    return named[0] if named else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
