"""What a program of ours in a process of its own keeps to: its limits, and the folder it works in."""

from __future__ import annotations

import contextlib
import os
from typing import Final

MEGABYTE: Final = 1024 * 1024
POLITE: Final = 10


def limit(memory: int, cpu_seconds: int) -> None:
    """Bound the memory and processor time of this process, where the system can, and be polite.

    The pages that people wait for go before it.
    """
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        os.nice(POLITE)


LEAST_SECONDS: Final = 4
A_SECOND_MORE: Final = 100_000  # bytes


def seconds_for(size: int, most: int) -> int:
    """Return the processor time for a file of so many bytes: a small one takes little, or is refused."""
    return min(most, LEAST_SECONDS + size // A_SECOND_MORE)


ORDER: Final = "order.json"
RESULT: Final = "result.pdf"
