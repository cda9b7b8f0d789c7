"""Seals of rows: an event's hash of each row that was written since the event before it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from kommissorium.core.evidence.verifier import row_salt, seal
from kommissorium.core.evidence.written_rows import Row, Written

NONE = ""  # of an event that wrote no row


def seals_of(rows: Mapping[Row, Written], salt: bytes) -> str:
    """Return the seals of these rows as the canonical JSON that an event keeps.

    By table and key: the seal of what the row held before, and of what it holds now ("" where
    there was or is none).
    """
    tables: dict[str, dict[str, list[str]]] = {}
    for (table, key), written in rows.items():
        own = row_salt(salt, table, key)
        tables.setdefault(table, {})[key] = [seal(own, written.was), seal(own, written.now)]
    return json.dumps(tables, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def database_salt(connection: BaseDatabaseWrapper) -> bytes:
    """Return the salt of this database, read once for each connection."""
    holder: Any = connection
    kept = getattr(holder, "salt_of", None)
    if kept is None or kept[0] is not connection.connection:
        with connection.cursor() as cursor:
            cursor.execute("SELECT value FROM core_salt")
            kept = (connection.connection, bytes.fromhex(cursor.fetchone()[0]))
        holder.salt_of = kept
    salt: bytes = kept[1]
    return salt
