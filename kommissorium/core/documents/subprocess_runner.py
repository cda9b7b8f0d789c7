"""Runs a program of ours on untrusted bytes in a separate process with limits, two at a time.

Each place is a file in the data folder, locked by who has it; the system frees it when that
process ends, however it ends.

The program limits its own memory and processor time, so that a hostile file ends that process
and not the server; here is limited how long it may take in all, and how many run at a time.
"""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from threading import Timer
from typing import Any, Final

from django.conf import settings

import kommissorium

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


LIBRARY: Final = str(Path(kommissorium.__file__).resolve().parent.parent)
_OPENER: Final = (
    "import sys, importlib; sys.path.insert(0, sys.argv[1]); "
    "importlib.import_module(sys.argv[2]).main()"
)


class Stopped(Exception):
    """The program took too long, or its limits ended it."""


class Failed(Exception):
    """The program ended with an error of its own."""


def answer_of(
    module: str, *arguments: str, data: bytes = b"", seconds: float, opens: bool = True
) -> dict[str, Any]:
    """Return the JSON object that `main()` of a module of ours writes, run apart on the data.

    One that opens no file of others waits for no place. Raises Stopped, Failed, and Busy where
    too many others run.
    """
    program = ["-c", _OPENER, LIBRARY, module, *arguments]
    try:
        with slot() if opens else nullcontext():
            answer = json.loads(b"".join(_lines(program, data, seconds)))
    except ValueError:
        raise Failed from None
    if not isinstance(answer, dict):
        raise Failed
    return answer


def lines_apart(arguments: Sequence[str], data: bytes, *, seconds: float) -> Iterator[bytes]:
    """Yield the lines that Python writes when it runs `arguments` with the data as its input.

    The program must have read all of its input before it writes. It sees no variable of the
    environment, no folder but the library's (-I). Raises Stopped, Failed, and Busy where too
    many others run.
    """
    with slot():
        yield from _lines(arguments, data, seconds)


def _lines(arguments: Sequence[str], data: bytes, seconds: float) -> Iterator[bytes]:
    with subprocess.Popen(  # noqa: S603 - our own interpreter and our own program
        [sys.executable, "-I", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        clock = Timer(seconds, process.kill)
        clock.start()
        try:
            yield from _conversation(process, data)
            process.wait()
        except BaseException:
            process.kill()
            raise
        finally:
            clock.cancel()
    if process.returncode:
        raise Stopped if process.returncode < 0 else Failed


def _conversation(process: subprocess.Popen[bytes], data: bytes) -> Iterator[bytes]:
    if process.stdin is None or process.stdout is None:
        raise Failed
    # A program that has ended reads no more; its exit code will say why.
    with suppress(BrokenPipeError), process.stdin as stdin:
        stdin.write(data)
    yield from process.stdout
