"""Files that lie in the folder and that no row knows: left over by an act taken back, or put there."""

from __future__ import annotations

import hashlib
import os
import re
import stat
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from kommissorium.core.files.models import StoredFile
from kommissorium.core.files.quota import BEING_WRITTEN, alone

DAY = 24 * 60 * 60
FORGOTTEN_AFTER, STRANGE_AFTER = DAY, 2 * DAY  # seconds
_FOLDER, _FILE = re.compile(r"[0-9a-f]{2}"), re.compile(r"[0-9a-f]{64}")


def disk_clock() -> float:
    """Return the moment by the clock that dates files: the true one, on whatever day we live."""
    return time.clock_gettime(time.CLOCK_REALTIME)


def kept_files() -> Iterator[Path]:
    """Yield all that lies in the folder of files; of its folders only those that have no place there."""
    try:
        folders = sorted(os.scandir(settings.FILES_DIR), key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    for folder in folders:
        if folder.is_dir(follow_symlinks=False) and _FOLDER.fullmatch(folder.name):
            yield from sorted(Path(folder.path).iterdir())
        else:
            yield Path(folder.path)


def why_strange(path: Path) -> str:
    """Return in English why a file that no row knows is a fault; "" where an act left it.

    The bytes are on disk before their row is, and stay where the act is taken back.
    """
    try:
        there = path.lstat()
    except FileNotFoundError:
        return ""
    if stat.S_ISLNK(there.st_mode):
        return "is a link"
    age = disk_clock() - there.st_ctime
    if path.name.startswith(BEING_WRITTEN) and age < STRANGE_AFTER:
        return ""
    if age < STRANGE_AFTER and _is_what_it_says(path):
        return ""
    return "is nothing that an event knows"


def forget_leftovers() -> None:
    """Remove the files that acts left a day ago and that no row knows."""
    with alone():
        for path in kept_files():
            old = disk_clock() - path.lstat().st_ctime > FORGOTTEN_AFTER
            if old and _is_what_it_says(path) and not StoredFile.objects.filter(pk=path.name):
                path.unlink()


def _is_what_it_says(path: Path) -> bool:
    """Return whether it is a file whose name is the hash of its content, as those we store."""
    is_file = stat.S_ISREG(path.lstat().st_mode)
    if not is_file or not _FILE.fullmatch(path.name) or path.parent.name != path.name[:2]:
        return False
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == path.name
