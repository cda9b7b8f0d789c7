"""A released migration that changed, went away or came late is found by `make check`."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kommissorium.config.tests.test_house import ROOT

FIRST = "kommissorium/tasks/migrations/0001_tables.py"
NEXT = "kommissorium/tasks/migrations/0002_next.py"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Return a copy of what the check reads, in which nothing waits for a release."""
    for one in ("scripts/migrations.py", "kommissorium/config/released.csv", FIRST):
        (tmp_path / one).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / one, tmp_path / one)
    released = tmp_path / "kommissorium/config/released.csv"
    head, *lines = released.read_text().splitlines(keepends=True)
    released.write_text(head + "".join(line for line in lines if ",tasks," in line))
    changelog(tmp_path, "0.1.0")
    return tmp_path


def changelog(tree: Path, heading: str) -> None:
    (tree / "CHANGELOG.md").write_text(f"# Changelog\n\n## {heading}\n\n## 0.1.0\n")


def run(tree: Path, verb: str = "check") -> tuple[int, str]:
    command = [sys.executable, "scripts/migrations.py", verb]
    done = subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.returncode, done.stdout


def test_what_was_released_stays_as_it_was(tree: Path) -> None:
    assert run(tree) == (0, "")
    with (tree / FIRST).open("a") as file:
        file.write("# one more\n")
    assert run(tree)[0] == run(tree, "update")[0] == 1
    assert "tasks.0001_tables was released and is another one" in run(tree)[1]
    (tree / FIRST).unlink()
    assert "tasks.0001_tables was released and is gone" in run(tree)[1]


def test_a_release_lists_what_it_adds(tree: Path) -> None:
    (tree / NEXT).write_text("# new\n")
    assert "tasks.0002_next is of a release and not listed" in run(tree)[1]
    changelog(tree, "Unreleased")
    assert run(tree) == (0, "")
    assert run(tree, "update")[0] == 0
    changelog(tree, "0.2.0")
    assert run(tree) == (0, "")


def test_no_migration_comes_before_what_was_released(tree: Path) -> None:
    (tree / FIRST).with_name("0001_another.py").write_text("# late\n")
    changelog(tree, "Unreleased")
    assert "tasks.0001_another comes before what was released" in run(tree)[1]
