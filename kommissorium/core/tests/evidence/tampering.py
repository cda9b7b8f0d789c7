"""Changes the database as somebody does who owns it and wants no trace."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection


@contextmanager
def behind_the_back() -> Iterator[None]:
    """Switch off every trigger, and put all back as they were: the thief tidies up."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            yield
            cursor.execute("SET session_replication_role = DEFAULT")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _sql in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        yield
        for _name, sql in triggers:
            cursor.execute(sql)


def tamper(statement: str, *values: Any) -> None:
    """Run one statement behind the program's back."""
    with behind_the_back(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        assert cursor.rowcount > 0
