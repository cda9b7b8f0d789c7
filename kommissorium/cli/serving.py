"""The locks that tell whether the program serves a folder, or a backup is made of it. Imports no Django: see main."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kommissorium.cli.errors import Trouble


@contextmanager
def serving() -> Iterator[None]:
    """Keep out whoever needs the folder at rest. Raises Trouble while somebody does."""
    with _held(fcntl.LOCK_SH, "The database is being moved or written out. Try again afterwards."):
        yield


@contextmanager
def at_rest() -> Iterator[None]:
    """Keep the program from serving the folder. Raises Trouble while it does."""
    with _held(fcntl.LOCK_EX, "The program serves this folder. Stop it first."):
        yield


@contextmanager
def backing_up() -> Iterator[None]:
    """Make the one backup there is at a time. Raises Trouble while another is made."""
    with _held(fcntl.LOCK_EX, "Another backup is being made.", "backup"):
        yield


@contextmanager
def _held(how: int, why_not: str, file: str = "serving") -> Iterator[None]:
    folder = Path(os.environ["KOMMISSORIUM_DATA"]) / "locks"
    folder.mkdir(exist_ok=True)
    handle = os.open(folder / file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, how | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise Trouble(why_not) from None
    finally:
        os.close(handle)  # a process that is killed lets it go as well
