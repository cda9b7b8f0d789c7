"""Run every check that needs no test: style, types, layers, templates, texts, migrations, known holes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
UV = shutil.which("uv") or str(ROOT / ".tools" / "uv")
MANAGE = [sys.executable, "-W", "ignore", "-m", "django"]
TESTS, DEPLOYED = (f"kommissorium.config.tests.{name}" for name in ("settings", "deployed"))

CHECKS: dict[str, list[str]] = {
    "style": [f"{BIN}/ruff", "check"],
    "format": [f"{BIN}/ruff", "format", "--check"],
    "types": [f"{BIN}/mypy"],
    "types of scripts": [f"{BIN}/mypy", "scripts"],
    "layers": [f"{BIN}/lint-imports"],
    "templates": [f"{BIN}/djlint", "--lint", "--quiet", "kommissorium"],
    "translations": [sys.executable, "scripts/messages.py", "check"],
    "map": [sys.executable, "scripts/map.py", "check"],
    "migrations": [*MANAGE, "makemigrations", "--check", "--dry-run", "--settings", TESTS],
    "released migrations": [sys.executable, "scripts/migrations.py", "check"],
    "Django": [*MANAGE, "check", "--fail-level", "WARNING", "--settings", TESTS],
    "deployment": [*MANAGE, "check", "--deploy", "--fail-level", "WARNING", "--settings", DEPLOYED],
    "advisories": [sys.executable, "scripts/advisories.py"],
    "lock file": [UV, "lock", "--check", "--quiet"],
}

SAYS_MORE = {"advisories"}  # also where it holds: whether anybody could be asked


def main() -> int:
    """Return 0 when every check passes; print the whole output of those that do not."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        results = dict(zip(CHECKS, pool.map(run, CHECKS), strict=True))
    faults = [name for name, holds in results.items() if not holds]
    if faults:
        print(f"make check: {len(faults)} of {len(CHECKS)} do not hold: {', '.join(faults)}.")
        return 1
    print(f"make check: all {len(CHECKS)} hold.")
    return 0


def run(name: str) -> bool:
    started = monotonic()
    try:
        done = subprocess.run(CHECKS[name], cwd=ROOT, capture_output=True, text=True, check=False)
        holds, answer = done.returncode == 0, f"{done.stdout}{done.stderr}"
    except OSError as error:
        holds, answer = False, str(error)
    word = "holds" if holds else "DOES NOT HOLD"
    print(f"{name}: {word} ({monotonic() - started:.1f} s)", flush=True)
    if not holds or name in SAYS_MORE:
        print(answer.rstrip(), flush=True)
    return holds


if __name__ == "__main__":
    sys.exit(main())
