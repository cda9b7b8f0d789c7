"""A moment without triggers: rows that are brought in were guarded, counted and sealed before."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from kommissorium.core.moving.tables import POSTGRESQL, leaving

_OF_SQLITE = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY rowid"


@contextmanager
def without_triggers() -> Iterator[None]:
    """Take all triggers away within the transaction, and put them back; a rollback does so, too."""
    with connection.cursor() as cursor:
        if connection.vendor == POSTGRESQL:
            for table in leaving():
                cursor.execute(f'ALTER TABLE "{table.name}" DISABLE TRIGGER USER')
            yield
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what waits for a check is checked now
            for table in leaving():
                cursor.execute(f'ALTER TABLE "{table.name}" ENABLE TRIGGER USER')
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            return
        cursor.execute(_OF_SQLITE)
        triggers = cursor.fetchall()
        for name, _sql in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
        yield
        for _name, sql in triggers:
            cursor.execute(sql)
