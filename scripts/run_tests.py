"""Run all tests: on SQLite with the journeys, then on PostgreSQL, then those of the front end.

Those that reckon with days run once more as on an awkward day, drawn anew in each run; with
KOMMISSORIUM_TEST_TODAY all of them run as on the day given, and none is drawn.

Tests whose programs this machine lacks are left out and named in one line; with CI=true
nothing may be left out.
"""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import subprocess
import sys
from pathlib import Path

from kommissorium.config.tests import browser, cluster
from kommissorium.config.tests.given_day import AWKWARD, TODAY

ROOT = Path(__file__).resolve().parent.parent

# One process more than there are processors: somebody always waits, for the browser or for a
# town that is being built. Tests of one group share a running program and stay in one process.
PROCESSES = str((os.cpu_count() or 1) + 1)
PYTEST = [sys.executable, "-m", "pytest", "-n", PROCESSES, "--dist", "load"]


def main() -> int:
    """Return 0 when everything that ran passed and nothing that had to run is missing."""
    missing = left_out()
    if missing:
        print(f"Left out on this machine: {'; '.join(missing)}.", flush=True)
        if os.environ.get("CI"):
            print("make test: with CI set nothing may be left out.")
            return 1
    faults = [name for name, run in runs().items() if not run]
    print(f"make test: {'FAILED on ' + ', '.join(faults) if faults else 'all passed'}.")
    return 1 if faults else 0


def left_out() -> list[str]:
    missing = []
    if not has_postgresql():
        missing.append(
            "PostgreSQL, and three years of the demonstration (no server programs, or no user postgres to run them)"
        )
    if browser.program() is None:
        missing.append("the journeys (no Chromium)")
    return missing


def runs() -> dict[str, bool]:
    """Run what can run here; return by name whether it passed."""
    results = {"SQLite": pytest("sqlite", "" if browser.program() else "not journey")}
    if has_postgresql():
        results["PostgreSQL"] = pytest("postgresql", "not journey")
    if TODAY not in os.environ:
        day = secrets.choice(sorted(AWKWARD))
        print(f"As on {day}, {AWKWARD[day]} (again: {TODAY}={day} make test):", flush=True)
        results[f"SQLite as on {day}"] = pytest("sqlite", "days and not journey", {TODAY: day})
    if any((ROOT / "frontend/test").glob("*.test.mjs")):
        print("Front end:", flush=True)
        results["the front end"] = succeeds(["npm", "test", "--silent"])
    return results


def has_postgresql() -> bool:
    if cluster.programs() is None:
        return False
    names = {account.pw_name for account in pwd.getpwall()}
    return os.geteuid() != 0 or cluster.USER in names


def pytest(database: str, marked: str, given: dict[str, str] | None = None) -> bool:
    print(f"Python on {database}:", flush=True)
    more = ["-m", marked] if marked else []
    environment = {**os.environ, "KOMMISSORIUM_TEST_DATABASE": database, **(given or {})}
    # Hundreds of processes are started, and none should compile again what another one compiled.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return succeeds([*PYTEST, *more, *sys.argv[1:]], environment)


def succeeds(command: list[str], environment: dict[str, str] | None = None) -> bool:
    program = shutil.which(command[0]) or command[0]
    done = subprocess.run([program, *command[1:]], cwd=ROOT, env=environment, check=False)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
