"""Write what tables the program expects, kommissorium/core/evidence/shape_*.json, as migrations make them.

Needs the programs of PostgreSQL's server. `config/tests/test_schema.py` fails when it is out of date.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import django

from kommissorium.config.tests import cluster

FOLDER = Path(__file__).resolve().parent.parent / "kommissorium" / "core" / "evidence"
KINDS = ("sqlite", "postgresql")


def main() -> int:
    """Write both files, each in a process of its own, or the one that is named."""
    if sys.argv[1:]:
        write(sys.argv[1])
        return 0
    for kind in KINDS:
        with tempfile.TemporaryDirectory() as data:
            own = {"KOMMISSORIUM_DATA": data, "KOMMISSORIUM_SECRET_KEY": "x" * 50}
            own |= {"DATABASE_URL": "" if kind == "sqlite" else cluster.start()}
            command = [sys.executable, __file__, kind]
            subprocess.run(command, env=os.environ | own, check=True)
    return 0


def write(kind: str) -> None:
    """Make the tables in the database of the environment, and write the file."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "kommissorium.config.settings"
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from kommissorium.core.evidence.shape import shape_there

    call_command("migrate", verbosity=0)
    parts = shape_there(connection)
    text = json.dumps(parts, indent=0, sort_keys=True)
    (FOLDER / f"shape_{kind}.json").write_text(text + "\n", encoding="ascii")
    print(f"{kind}: {len(parts)} tables, {sum(map(len, parts.values()))} parts")


if __name__ == "__main__":
    sys.exit(main())
