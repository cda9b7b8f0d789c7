"""Stores uploaded files."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from kommissorium.core.files.file_types import media_type
from kommissorium.core.files.models import StoredFile
from kommissorium.core.files.quota import BEING_WRITTEN, room_for


def store_file(data: bytes, name: str) -> StoredFile:
    """Keep the bytes and return their row; the same bytes are kept once.

    The bytes are on disk before the row is: a row never points to nothing.
    Raises FileRefused for what may not come in, and when the space for files is used up.
    """
    kind = media_type(data, name)
    digest = hashlib.sha256(data).hexdigest()
    found = StoredFile.objects.filter(pk=digest).first()
    if found and not found.what_is_wrong():
        return found
    told = {"size": len(data), "media_type": kind, "stored_at": timezone.now()}
    with room_for(len(data)):
        write_file((found or StoredFile(sha256=digest, **told)).path, data)
    return StoredFile.objects.get_or_create(sha256=digest, defaults=told)[0]


def write_file(path: Path, data: bytes) -> None:
    """Write the file whole or not at all; it is on disk when this returns."""
    with written(path) as file:
        file.write(data)


@contextmanager
def written(path: Path) -> Iterator[IO[bytes]]:
    """Let a file be written in the block: it is there, and on disk, when all of it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix=BEING_WRITTEN, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def erase_file(file: StoredFile) -> None:
    """Erase the bytes and their row, once the transaction commits; what others use stays."""
    path = file.path
    try:
        with transaction.atomic():
            file.delete()
    except ProtectedError:
        return
    transaction.on_commit(lambda: path.unlink(missing_ok=True))
