"""Use of the space for uploaded files: the municipality's quota (STORAGE_QUOTA)."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from kommissorium.core.files.file_types import FileRefused
from kommissorium.core.ui.localised import number

GIGABYTE = 1_000_000_000
SCARCE = 80  # percent from which administrators are warned
BEING_WRITTEN = "writing-"  # how the name of a file begins until it is whole


@dataclass(frozen=True)
class Space:
    """The bytes used, and the limit."""

    used: int
    most: int

    @property
    def percent(self) -> int:
        return min(100, 100 * self.used // self.most) if self.most else 100

    @property
    def is_scarce(self) -> bool:
        return self.percent >= SCARCE

    def __str__(self) -> str:
        """Return it as "8,31 of 10 GB"."""
        used, most = (number(round(size / GIGABYTE, 2)) for size in (self.used, self.most))
        return _("%(used)s of %(most)s GB") % {"used": used, "most": most}


def space() -> Space:
    """Return the space taken by the files kept now."""
    return Space(sum(map(_size, _entries())), settings.STORAGE_QUOTA)


@contextmanager
def alone() -> Iterator[None]:
    """Let no other process write or remove files in the block."""
    folder = settings.FILES_DIR
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """Let a file of this size be written in the block, and no other meanwhile in any process.

    Raises FileRefused when there is no space for it. The folder itself is counted and locked, not
    the rows: no transaction waits for another one's end, and what is rolled back takes space, too.
    """
    with alone():
        _sweep()
        now = space()
        if now.used + size > now.most:
            raise FileRefused(
                _(
                    "The municipality's space for files is used up (%(space)s). "
                    "Ask an administrator for more."
                )
                % {"space": now}
            )
        yield


def _sweep() -> None:
    """Remove files half written when a process was killed: nobody else writes now."""
    for entry in _entries():
        if entry.name.startswith(BEING_WRITTEN):
            Path(entry.path).unlink()


def _size(entry: os.DirEntry[str]) -> int:
    try:
        return entry.stat().st_size
    except FileNotFoundError:  # it was being written, and got its name since
        return 0


def _entries() -> Iterator[os.DirEntry[str]]:
    """Yield every file that is kept."""
    try:
        folders = [entry.path for entry in os.scandir(settings.FILES_DIR) if entry.is_dir()]
    except FileNotFoundError:
        return
    for folder in folders:
        yield from (entry for entry in os.scandir(folder) if entry.is_file())
