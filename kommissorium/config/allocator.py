"""Tells the system's memory allocator to be frugal, if it is glibc's.

Each thread kept the peak of the largest file it had ever handed out: hundreds of megabytes.
"""

from __future__ import annotations

import ctypes
from contextlib import suppress
from typing import Final

# From malloc.h: what is freed at the end goes back, what is large is mapped by itself, few pools.
TRIM_THRESHOLD: Final = (-1, 131_072)
MMAP_THRESHOLD: Final = (-3, 131_072)
ARENA_MAX: Final = (-8, 2)


def be_frugal() -> None:
    """Give large blocks back as soon as they are freed."""
    with suppress(OSError, AttributeError):
        libc = ctypes.CDLL("libc.so.6")
        for option, value in (TRIM_THRESHOLD, MMAP_THRESHOLD, ARENA_MAX):
            libc.mallopt(option, value)
