"""The rows that a transaction has written and no event has sealed yet, as its triggers report.

On SQLite triggers call a function that only the program's own connections have: another program
that writes to a sealed table is refused. On PostgreSQL they add a line to a setting of the
transaction. Both take back what a savepoint takes back.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.backends.base.base import BaseDatabaseWrapper

from kommissorium.core.evidence.canonical import sha256

FUNCTION = "kommissorium_wrote"  # on SQLite
SETTING = "kommissorium.wrote"  # on PostgreSQL
_TAKE = (
    f"SELECT told, set_config('{SETTING}', '', true)"  # noqa: S608 the name is ours
    f" FROM (SELECT current_setting('{SETTING}', true) AS told OFFSET 0) AS kept"
)
_LOOK = f"SELECT current_setting('{SETTING}', true)"

WAS, IS, KEPT = "-", "+", "="  # the side of a change that a trigger tells of; KEPT: with its text

type Row = tuple[str, str]  # table and key
type Told = tuple[Row, Written]


class Written(NamedTuple):
    """The SHA-256 of a row's values before and now; "" where there is no row.

    `text` is what it holds now, of tables whose former values are kept.
    """

    was: str
    now: str
    text: str = ""


class Heard:
    """Reports of SQLite's triggers to one connection since its transaction began, oldest first.

    What was told outside a transaction, which cannot be taken back, waits for the next one.
    """

    def __init__(self, owner: BaseDatabaseWrapper) -> None:
        self._owner = owner
        self._outside = 0  # so many were told outside a transaction
        self._told: list[Told] = []
        self._taken = 0  # so many of them are sealed
        self._marks: dict[str, tuple[int, int]] = {}

    def listen(self, connection: sqlite3.Connection) -> None:
        """Give the connection the function that triggers call."""
        connection.create_function(FUNCTION, 4, self._hear)

    def mark(self, savepoint: str) -> None:
        """Note the state at a savepoint."""
        self._marks[savepoint] = (len(self._told), self._taken)

    def back_to(self, savepoint: str) -> None:
        """Go back to the state at a savepoint: the events since then are gone as well."""
        told, self._taken = self._marks.get(savepoint, (self._outside, 0))
        del self._told[told:]

    def forget(self, *, all_is_lost: bool) -> None:
        """Begin anew: the transaction has ended, and its writes are kept, or lost."""
        self._outside = self._outside if all_is_lost else 0
        del self._told[self._outside :]
        self._marks.clear()
        self._taken = 0

    def take(self) -> list[Told]:
        """Return the reports since this was last asked."""
        new = self._told[self._taken :]
        self._taken = len(self._told)
        return new

    def waits(self) -> bool:
        """Return whether a report was not taken yet."""
        return self._taken < len(self._told)

    def _hear(self, table: str, key: Any, side: str, text: str) -> None:
        self._told.append(_told(table, str(key), side, sha256(text), text))
        if not self._owner.in_atomic_block:
            self._outside = len(self._told)


def take(connection: BaseDatabaseWrapper) -> dict[Row, Written]:
    """Return each row written since this was last asked, except those back at their old values."""
    if connection.vendor == "sqlite":
        return folded(connection.heard.take())  # type: ignore[attr-defined]
    with connection.connection.cursor() as cursor:
        (told, _) = cursor.execute(_TAKE).fetchone()
    return folded(_read(told or ""))


def any_left(connection: BaseDatabaseWrapper) -> bool:
    """Return whether rows were written that no event has sealed."""
    if connection.vendor == "sqlite":
        return bool(connection.heard.waits())  # type: ignore[attr-defined]
    with connection.connection.cursor() as cursor:
        return bool(cursor.execute(_LOOK).fetchone()[0])


def folded(told: Iterable[Told]) -> dict[Row, Written]:
    """Return each row's first and last values, in the order of the rows' names."""
    rows: dict[Row, Written] = {}
    for row, written in told:
        first = rows.get(row)
        rows[row] = written if first is None else written._replace(was=first.was)
    return {row: written for row, written in sorted(rows.items()) if written.was != written.now}


def _read(lines: str) -> Iterable[Told]:
    """Read the reports of PostgreSQL's triggers, each row on a line, separated by tabs.

    That is table, key, side and SHA-256, and the text of rows whose former values are kept: JSON,
    which has neither tabs nor ends of lines.
    """
    for line in filter(None, lines.split("\n")):
        table, key, side, digest, *text = line.split("\t")
        yield _told(table, key, side, digest, *text)


def _told(table: str, key: str, side: str, digest: str, text: str = "") -> Told:
    written = Written("", digest, text if side == KEPT else "")
    return (table, key), Written(digest, "") if side == WAS else written
