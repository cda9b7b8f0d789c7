"""The worker: `python -m kommissorium.config.worker` migrates, says "ready", runs what is due.

It ends when its input is closed or when it is told to, and is killed when the process that
started it, whose number it is given, is gone.
"""

from __future__ import annotations

import logging
import os
import select
import signal
import sys

from kommissorium.config.set_up import set_up

set_up()

from django.conf import settings  # noqa: E402
from django.db import Error, close_old_connections  # noqa: E402

from kommissorium.accounts.models import Municipality  # noqa: E402
from kommissorium.config.database import UnusableDatabase, migrate  # noqa: E402
from kommissorium.config.schedule import SCHEDULE  # noqa: E402
from kommissorium.core.database.away import is_away, tell  # noqa: E402
from kommissorium.core.processes import end_with  # noqa: E402
from kommissorium.core.schedule.actions import run_due  # noqa: E402

PAUSE = 10  # seconds
logger = logging.getLogger("kommissorium.worker")


def main() -> int:
    """Run until the input closes; return 2 when the database cannot be used."""
    if sys.argv[1:]:
        end_with(int(sys.argv[1]))
    # A mail that is being handed on is handed on whole, so whoever ends us waits for that.
    signal.signal(signal.SIGTERM, _close_input)
    try:
        if copy := migrate():
            print(f"kommissorium: upgraded; as it was before it lies in {copy}", file=sys.stderr)
    except UnusableDatabase as error:
        print(f"kommissorium: {error}", file=sys.stderr)
        return 2
    if settings.DEMO and Municipality.objects.filter(is_demo=False).exists():
        print("kommissorium: KOMMISSORIUM_DEMO is for a demonstration alone.", file=sys.stderr)
        return 2
    print("ready", flush=True)
    # Nobody reads on: what is printed later, as console mail, would fill the pipe and stop us.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    while not _is_over():
        close_old_connections()
        try:
            run_due(SCHEDULE)
        except Error as error:
            # One line: this may go on for hours, on a disk that is full.
            if is_away(error):
                tell(error)
            else:
                logger.warning("the database does not answer; trying again: %s", error)
    return 0


def _close_input(*_about: object) -> None:
    os.dup2(os.open(os.devnull, os.O_RDONLY), sys.stdin.fileno())


def _is_over() -> bool:
    readable, _writable, _failed = select.select([sys.stdin], [], [], PAUSE)
    return bool(readable) and not sys.stdin.readline()


if __name__ == "__main__":
    sys.exit(main())
