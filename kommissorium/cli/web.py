"""A web process, run with HOST PORT PROCESSES MEMORY EVERY PARENT: it serves until told to end.

It holds the port and one process (where the kernel shares no ports: several) that answers. When
that dies it ends, and the parent starts it again: see supervisor. Where it has more than MEMORY
(in MB), looked at EVERY so many seconds, another comes, and then it ends what it is answering.
"""

from __future__ import annotations

import multiprocessing
import sys
from importlib import import_module
from typing import Any

from kommissorium.core.processes import end_with

THREADS = 4
LAST_WORDS = 10  # seconds for requests that are being answered when it is told to end
TOO_OFTEN = 2  # so many times in a row too much makes it go
COMING = 20  # seconds for the next one to load before it goes; less than the parent waits
MEBIBYTE, MEGABYTE = 1024**2, 1000**2


def make_application() -> Any:
    """Return the application, in the process that answers; it ends with the one that started it."""
    parent = multiprocessing.parent_process()
    if parent is not None and parent.pid is not None:
        end_with(parent.pid)
    return import_module("kommissorium.config.wsgi").application


def main(host: str, *numbers: int) -> int:
    """Serve until told to end, or until a process that answers died."""
    port, processes, memory, look_every, parent = numbers
    end_with(parent)
    # Only here: the parent needs none of it.
    granian = import_module("granian")
    constants = import_module("granian.constants")
    granian.Granian(
        "kommissorium.cli.web:make_application",
        factory=True,
        address=host,
        port=port,
        interface=constants.Interfaces.WSGI,
        workers=processes,
        blocking_threads=THREADS,
        workers_kill_timeout=LAST_WORDS,
        workers_max_rss=max(1, memory * MEGABYTE // MEBIBYTE),
        rss_sample_interval=look_every,
        rss_samples=TOO_OFTEN,
        respawn_interval=COMING,
        log_level=import_module("granian.log").LogLevels.warning,
    ).serve()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], *map(int, sys.argv[2:])))
