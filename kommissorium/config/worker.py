"""The worker: `python -m kommissorium.config.worker` migrates, says "ready", does what is due.

It ends when its input is closed, so that it never outlives the process that started it.
"""

from __future__ import annotations

import logging
import os
import select
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kommissorium.config.settings")
django.setup()

from django.db import DatabaseError, close_old_connections  # noqa: E402

from kommissorium.config.database import UnusableDatabase, migrate  # noqa: E402
from kommissorium.config.schedule import SCHEDULE  # noqa: E402
from kommissorium.core.schedule.actions import run_due  # noqa: E402

PAUSE = 10  # seconds
logger = logging.getLogger("kommissorium.worker")


def main() -> int:
    """Run until the input closes; return 2 when the database cannot be used."""
    try:
        migrate()
    except UnusableDatabase as error:
        print(f"kommissorium: {error}", file=sys.stderr)
        return 2
    print("ready", flush=True)
    # Nobody reads on: what is printed later, as console mail, would fill the pipe and stop us.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    while not _is_over():
        close_old_connections()
        try:
            run_due(SCHEDULE)
        except DatabaseError:
            logger.exception("the database does not answer; trying again")
    return 0


def _is_over() -> bool:
    readable, _writable, _failed = select.select([sys.stdin], [], [], PAUSE)
    return bool(readable) and not sys.stdin.readline()


if __name__ == "__main__":
    sys.exit(main())
