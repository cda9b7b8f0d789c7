"""The last number that the database gave a row of each table: no later row gets it again."""

from __future__ import annotations

from django.db import connection

from kommissorium.core.moving.tables import POSTGRESQL, Leaving

_OF_SQLITE = "SELECT seq FROM sqlite_sequence WHERE name = %s"


def last_number(table: Leaving) -> int:
    """Return the highest number given so far, of rows that are gone as well; 0 for none."""
    if not table.is_numbered:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT max("{table.told.key}") FROM "{table.name}"')  # noqa: S608 ours
        highest = cursor.fetchone()[0] or 0
        if connection.vendor == POSTGRESQL:
            cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [table.name, table.told.key])
            (sequence,) = cursor.fetchone()
            cursor.execute(f"SELECT last_value FROM {sequence} WHERE is_called")  # noqa: S608
        else:
            cursor.execute(_OF_SQLITE, [table.name])
        found = cursor.fetchone()
    return max(highest, found[0] if found else 0)


def go_on_from(table: Leaving, number: int) -> None:
    """Let the next row of a table get the number after this one."""
    if not number:
        return
    with connection.cursor() as cursor:
        if connection.vendor == POSTGRESQL:
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, %s), %s)",
                [table.name, table.told.key, number],
            )
            return
        cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table.name])
        cursor.execute("INSERT INTO sqlite_sequence VALUES (%s, %s)", [table.name, number])
