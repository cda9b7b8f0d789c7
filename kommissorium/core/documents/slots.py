"""Limit of two processes of an installation that open untrusted files at a time.

Each place is a file in the data folder, locked by its holder; the system frees it when that
process ends, however it ends.
"""

from __future__ import annotations

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from django.conf import settings

PLACES: Final = 2
PATIENCE_SECONDS = 10.0
PAUSE: Final = 0.05

_thread = threading.local()
_waits = threading.Lock()  # one of a process at most: its other threads serve pages


class Busy(Exception):
    """Others have all the places: try again in a moment."""


@contextmanager
def slot(*, wait: float | None = None) -> Iterator[None]:
    """Hold a place, taken within `wait` seconds; its holder needs no second.

    One thread of a process waits at a time; for any other all is busy at once.

    Outside an installation, as when a mandate is read by hand, there is nobody to share with.
    Raises Busy.
    """
    folder = getattr(settings, "DATA_DIR", None) if settings.configured else None
    if folder is None or getattr(_thread, "holds", False):
        yield
        return
    place = _taken(folder / "slots", PATIENCE_SECONDS if wait is None else wait)
    _thread.holds = True
    try:
        yield
    finally:
        _thread.holds = False
        os.close(place)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the file's lock. Raises Busy when somebody else does."""
    place = _lock(path)
    if place is None:
        raise Busy
    try:
        yield
    finally:
        os.close(place)


def _taken(folder: Path, wait: float) -> int:
    place = _free(folder)
    if place is not None:
        return place
    if wait <= 0 or not _waits.acquire(blocking=False):
        raise Busy
    try:
        return _waited_for(folder, wait)
    finally:
        _waits.release()


def _waited_for(folder: Path, wait: float) -> int:
    end = time.monotonic() + wait
    while time.monotonic() < end:
        time.sleep(PAUSE)
        place = _free(folder)
        if place is not None:
            return place
    raise Busy


def _free(folder: Path) -> int | None:
    """Return the open file of a place that nobody had; None when all are held."""
    for number in range(PLACES):
        place = _lock(folder / str(number))
        if place is not None:
            return place
    return None


def _lock(path: Path) -> int | None:
    """Return the open file whose lock we got, None if somebody has it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return None
    except BaseException:
        os.close(handle)
        raise
    return handle
