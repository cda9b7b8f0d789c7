"""Run all tests: on SQLite with the journeys, and beside them on PostgreSQL and those of the front end.

Those that reckon with days run once more as on an awkward day: each date has its own, so that
twenty-two dates meet all of them, half the files a date, and a mend of the same date meets the
same. With KOMMISSORIUM_TEST_TODAY all of them run as on the day given, and no other. With
KOMMISSORIUM_TEST_ROOM those run that a change of that room is about.

Tests whose programs this machine lacks are left out and named in one line; with CI=true
nothing may be left out.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import IO

from kommissorium.config.tests import cluster
from kommissorium.config.tests.given_day import AWKWARD, TODAY
from kommissorium.config.tests.journeys import inspecting
from kommissorium.core.tests import browser
from kommissorium.core.tests.deep import in_turn

ROOT = Path(__file__).resolve().parent.parent
ROOM = os.environ.get("KOMMISSORIUM_TEST_ROOM", "")

# Two runs go side by side, together in one process more than there are processors: somebody always
# waits, for the browser or for a town that is being built.
PROCESSES = str(os.cpu_count() or 1)
# Of one room its chapter is told on SQLite alone: the three years of PostgreSQL take two minutes.
OF_A_ROOM = ("--ignore=kommissorium/demo",) if ROOM else ()
SLOWEST = ("--durations=12", "--durations-min=10")  # seconds: what to look at when it takes long
PYTEST = [sys.executable, "-m", "pytest", *SLOWEST, "--dist", "load", "-n"]


def main() -> int:
    """Return 0 when everything that ran passed and nothing that had to run is missing."""
    missing = left_out()
    if missing:
        print(f"Left out on this machine: {'; '.join(missing)}.", flush=True)
        if os.environ.get("CI"):
            print("make test: with CI set nothing may be left out.")
            return 1
    if not inspecting.are_of_today():
        print("axe is asked about every page anew: the style sheet is another (make verdicts).")
    faults = [name for name, run in runs().items() if not run]
    print(f"make test: {'FAILED on ' + ', '.join(faults) if faults else 'all passed'}.")
    return 1 if faults else 0


def left_out() -> list[str]:
    missing = []
    if not has_postgresql():
        missing.append(
            "PostgreSQL, and three years of the demonstration (no server programs, or no user postgres to run them)"
        )
    if shutil.which("openssl") is None:
        missing.append("openssl's check of our time stamps (no openssl)")
    if browser.program() is None:
        missing.append("the journeys (no Chromium)")
    return missing


def runs() -> dict[str, bool]:
    """Run what can run here; return by name whether it passed."""
    with tempfile.TemporaryFile("w+") as said, ThreadPoolExecutor() as side:
        print("Python on sqlite, and beside it what is printed at the end:", flush=True)
        signal.signal(signal.SIGTERM, lambda *_: stopped(said))
        others = side.submit(beside, said)
        passed = pytest("sqlite", "" if browser.program() else "not journey", PROCESSES)
        results = {"SQLite": passed}
        if TODAY not in os.environ and not ROOM:
            day = awkward_day()
            print(f"As on {day}, {AWKWARD[day]} (again: {TODAY}={day} make test):", flush=True)
            results[f"SQLite as on {day}"] = pytest(
                "sqlite", "days and not journey", PROCESSES, *half_the_files(), given={TODAY: day}
            )
        results |= others.result()
        said.seek(0)
        print(said.read(), flush=True)
    return results


def stopped(said: IO[str]) -> None:
    """Say what was said so far beside the tests on SQLite, and end: whoever waited waits no more."""
    said.seek(0)
    print(f"make test: stopped. Beside the tests on SQLite, so far:\n{said.read()}", flush=True)
    os._exit(128 + signal.SIGTERM)


def beside(said: IO[str]) -> dict[str, bool]:
    """Run one after the other what runs beside the tests on SQLite; they write what they say."""

    def one(title: str, run: Callable[[], bool]) -> bool:
        said.write(f"{title}:\n")
        said.flush()
        return run()

    results = {}
    if has_postgresql():
        results["PostgreSQL"] = one(
            "Python on postgresql",
            lambda: pytest("postgresql", "not journey", "1", *OF_A_ROOM, said=said),
        )
    if any((ROOT / "frontend/test").glob("*.test.mjs")):
        results["the front end"] = one(
            "Front end", lambda: succeeds(["npm", "test", "--silent"], said=said)
        )
    return results


def awkward_day() -> str:
    """Return the awkward day of today's date (UTC, as all machines count)."""
    return sorted(AWKWARD)[datetime.now(UTC).toordinal() % len(AWKWARD)]


def half_the_files() -> list[str]:
    """Return the files of tests whose turn it is on that day; with DEEP=1 all."""
    files = sorted(str(path) for path in ROOT.glob("kommissorium/**/tests/**/test_*.py"))
    return [*chain.from_iterable(in_turn((files[::2], files[1::2]), days=len(AWKWARD)))]


def has_postgresql() -> bool:
    if cluster.programs() is None:
        return False
    names = {account.pw_name for account in pwd.getpwall()}
    return os.geteuid() != 0 or cluster.USER in names


def pytest(
    database: str,
    marked: str,
    processes: str,
    *more: str,
    said: IO[str] | None = None,
    given: dict[str, str] | None = None,
) -> bool:
    chosen = ["-m", marked] if marked else []
    environment = {**os.environ, "KOMMISSORIUM_TEST_DATABASE": database, **(given or {})}
    # Hundreds of processes are started, and none should compile again what another one compiled.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return succeeds([*PYTEST, processes, *chosen, *more, *sys.argv[1:]], environment, said)


def succeeds(
    command: list[str], environment: dict[str, str] | None = None, said: IO[str] | None = None
) -> bool:
    program = shutil.which(command[0]) or command[0]
    done = subprocess.run(
        [program, *command[1:]],
        cwd=ROOT,
        env=environment,
        check=False,
        stdout=said,
        stderr=said and subprocess.STDOUT,
    )
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
