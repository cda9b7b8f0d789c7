"""Recognises that nothing can be written: the disk is full or read-only."""

from __future__ import annotations

import errno
import os
import secrets
import sqlite3
import tempfile
from enum import Enum

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

PROBE_SIZE = 64 * 1024
_ROW = (
    "INSERT INTO core_cache (cache_key, value, expires) VALUES (%s, %s, %s)"
    " ON CONFLICT (cache_key) DO UPDATE SET value = EXCLUDED.value, expires = EXCLUDED.expires"
)


class Unwritable(Enum):
    """The reason why nothing can be written."""

    FULL = "disk full"
    READ_ONLY = "read-only"

    @property
    def sentence(self) -> str:
        """Return it as a sentence for a person whose act failed by it."""
        if self is Unwritable.FULL:
            return _(
                "The program's disk is full, so nothing can be saved. What was saved before is "
                "there and can be read. Tell an administrator."
            )
        return _(
            "The program may only read its data at the moment, so nothing can be saved. What was "
            "saved before is there. Tell an administrator."
        )


OF_SYSTEM = {
    errno.ENOSPC: Unwritable.FULL,
    errno.EDQUOT: Unwritable.FULL,
    errno.EROFS: Unwritable.READ_ONLY,
    errno.EACCES: Unwritable.READ_ONLY,
}
OF_SQLITE = {
    sqlite3.SQLITE_FULL: Unwritable.FULL,
    sqlite3.SQLITE_IOERR_WRITE: Unwritable.FULL,
    sqlite3.SQLITE_IOERR_SHMSIZE: Unwritable.FULL,
    sqlite3.SQLITE_READONLY: Unwritable.READ_ONLY,
}
OF_POSTGRESQL = {"53100": Unwritable.FULL, "25006": Unwritable.READ_ONLY}


def unwritable(error: BaseException | None) -> Unwritable | None:
    """Return why the error says that nothing can be written; None where it says something else."""
    while error is not None:
        if found := _of(error):
            return found
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return None


def write_probe() -> None:
    """Write a file to the data folder, and a row that nobody reads, as it is none of the cache's.

    Raises OSError or DatabaseError when that cannot be done.
    """
    with tempfile.TemporaryFile(dir=settings.DATA_DIR) as file:
        file.write(b"x" * PROBE_SIZE)
        file.flush()
        os.fsync(file.fileno())
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    with connection.cursor() as cursor:
        cursor.execute(_ROW, ["probe", secrets.token_hex(8), now])


def _of(error: BaseException) -> Unwritable | None:
    if isinstance(error, OSError) and error.errno is not None:
        return OF_SYSTEM.get(error.errno)
    if code := getattr(error, "sqlite_errorcode", None):
        return OF_SQLITE.get(code) or OF_SQLITE.get(code & 0xFF)
    return OF_POSTGRESQL.get(getattr(error, "sqlstate", None) or "")
