"""Ask whether a hole is known in a package of the lock files: 1 when one is, 0 also where nobody answers.

uv asks OSV, npm its own registry. One that may stand for now is named with the reason in
pyproject.toml (`[tool.uv.audit]`, `ignore`). Who works without a network is told that nobody was asked.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
UV = shutil.which("uv") or str(ROOT / ".tools" / "uv")
SECONDS = 20  # for all of it; each attempt has five
AUDITS = {
    "Python": [UV, "audit", "--frozen", "--quiet", "--output-format", "json"],
    "front end": ["npm", "audit", "--package-lock-only", "--json", "--fetch-timeout=5000"],
}
ONCE = {"UV_HTTP_RETRIES": "0", "UV_HTTP_TIMEOUT": "5", "npm_config_fetch_retries": "0"}


def main() -> int:
    """Tell what is known of each lock file; return 1 for a hole."""
    with ThreadPoolExecutor(len(AUDITS)) as pool:
        told = dict(zip(AUDITS, pool.map(holes, AUDITS.values()), strict=True))
    for name, found in told.items():
        if found is None:
            print(f"advisories, {name}: could not be asked here; ask before a release")
        elif found:
            print(f"advisories, {name}: HOLES IN {', '.join(found)}")
        else:
            print(f"advisories, {name}: none")
    return 1 if any(told.values()) else 0


def holes(command: list[str]) -> list[str] | None:
    """Return the packages with a known hole; None where nobody answered in time."""
    try:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=os.environ | ONCE,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
        found: Any = json.loads(done.stdout)["vulnerabilities"]
    except (OSError, subprocess.TimeoutExpired, ValueError, TypeError, KeyError):
        return None
    # npm names the packages by key, uv in each of a list.
    names = found if isinstance(found, dict) else {one["dependency"]["name"] for one in found}
    return sorted(names)


if __name__ == "__main__":
    sys.exit(main())
