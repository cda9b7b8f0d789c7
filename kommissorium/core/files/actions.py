"""Stores uploaded files."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from django.utils import timezone

from kommissorium.core.evidence.canonical import sha256
from kommissorium.core.files.file_types import media_type
from kommissorium.core.files.models import StoredFile


def store_file(data: bytes, name: str) -> StoredFile:
    """Keep the bytes and return their row; the same bytes are kept once.

    The bytes are on disk before the row is: a row never points to nothing.
    Raises FileRefused (core.files.sniffing) for what may not come in.
    """
    kind = media_type(data, name)
    digest = sha256(data)
    found = StoredFile.objects.filter(pk=digest).first()
    if found and found.path.exists():
        return found
    row = StoredFile(sha256=digest, size=len(data), media_type=kind, stored_at=timezone.now())
    write_file(row.path, data)
    if not found:
        row.save(force_insert=True)
    return found or row


def write_file(path: Path, data: bytes) -> None:
    """Write the file whole or not at all; it is on disk when this returns."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
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
