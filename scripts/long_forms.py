"""Run the long form of the families of tests (docs/families.md), on both databases.

make soak              all of them: hours
make soak FAMILY=8     one of them
make soak FAMILY=17 MINUTES=480   the load of many people, for a night
"""

from __future__ import annotations

import os
import subprocess
import sys
from time import monotonic

from run_tests import has_postgresql

from kommissorium.config.tests.families import NONE, ROOT, Family, families

CHOSEN = os.environ.get("FAMILY", "")
OF_DEPTH = 15  # the family whose long form is that of DEEP=1


def main() -> int:
    """Return 0 when all that ran passed."""
    chosen = [one for one in families() if CHOSEN in ("", str(one.number)) and one.long != NONE]
    faults = []
    for family in chosen:
        print(f"{family.number}: {family.promise} ({family.long})", flush=True)
        began = monotonic()
        failed = [one for one in commands(family) if not runs(*one)]
        faults += [str(family.number)] if failed else []
        print(f"{family.number}: {(monotonic() - began) / 60:.0f} minutes", flush=True)
    told = f"FAILED in {', '.join(faults)}" if faults else "all passed"
    print(f"make soak: {len(chosen)} families, {told}.")
    return 1 if faults or not chosen else 0


def commands(family: Family) -> list[tuple[list[str], dict[str, str]]]:
    """Return what to run of a family: its tests on each database, and its programs."""
    tests = [str(path) for path in family.modules if "tests" in path.parts]
    pytest = [sys.executable, "-m", "pytest", "-n0", *tests]
    long = {"KOMMISSORIUM_TEST_LONG": "1", "DEEP": "1" if family.number == OF_DEPTH else ""}
    found: list[tuple[list[str], dict[str, str]]] = []
    if tests:
        found.append((pytest, long | {"KOMMISSORIUM_TEST_DATABASE": "sqlite"}))
    if tests and has_postgresql():
        on_postgresql = long | {"KOMMISSORIUM_TEST_DATABASE": "postgresql"}
        found.append(([*pytest, "-m", "not journey"], on_postgresql))
    programs = [path for path in family.modules if "tests" not in path.parts]
    return found + [([sys.executable, str(path)], {}) for path in programs]


def runs(command: list[str], environment: dict[str, str]) -> bool:
    """Run it; what ends with 5 found nothing to ask of that database."""
    done = subprocess.run(command, cwd=ROOT, env=os.environ | environment, check=False)
    return done.returncode in (0, 5)


if __name__ == "__main__":
    sys.exit(main())
