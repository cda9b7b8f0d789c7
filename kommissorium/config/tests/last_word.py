"""Notices writes of the program in a transaction after its last event.

An event seals the rows that its act wrote, so it must be written last: what comes after it is
sealed before the commit by an event that names no act and nobody. What tests write themselves, to
have something to look at, is not noticed; what is kept until an event comes is forgotten then.
"""

from __future__ import annotations

import contextlib
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any
from unittest import mock

from django.db import connection, transaction

from kommissorium.core.evidence.kept import forget_kept
from kommissorium.core.evidence.sealed_tables import sealed_tables
from kommissorium.core.evidence.verifier import REST

# Tables whose rows may be written without an event of their own, and why.
SEALED_AT_THE_END = {
    "core_storedfile": "a file is stored before the act that uses it, which may be refused",
    "registers_dailyfigures": "says which event holds the figures of a day, so it comes after it",
    "assets_completeness": "reckoned from the register each day; the event holds the whole of it",
    "risks_cellcount": "kept by triggers: how many of today's risks lie in a cell",
    "risks_cellchange": "kept by triggers: how many risks came into a cell on a day",
}
PACKAGE = Path(__file__).resolve().parents[2]
HOME = f"{PACKAGE}/"
EVENTS = "core_event"
COLUMN = re.compile(r'"(\w+)" = ')
WRITE = re.compile(r'\s*(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM) "?(\w+)"?', re.IGNORECASE)


class Watch:
    """The writes since the last event, in the open transaction."""

    def __init__(self) -> None:
        self.sealed = columns_without_seal()
        self.waiting: list[str] = []
        self.found: list[str] = []
        self.before: list[list[str]] = []  # what waited when each block that is open began

    def execute(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        """Run a statement, and note its writes: as a wrapper of the connection."""
        done = execute(sql, *rest)
        match = WRITE.match(sql)
        if match and match[1] == EVENTS:
            self.waiting = self.waiting if REST in (rest[0] or ()) else []
        elif match and self._is_sealed(match[1], sql) and _wrote(sql, rest[-1]["cursor"]):
            self._note(match)
        return done

    def _is_sealed(self, table: str, sql: str) -> bool:
        if table not in self.sealed:
            return False
        changed = set(COLUMN.findall(sql.partition(" WHERE ")[0]))
        return not changed or not changed <= self.sealed[table]

    def _note(self, statement: re.Match[str]) -> None:
        place = place_of(sys._getframe(2))
        if place:
            self.waiting = [*self.waiting, f"{place} {statement[0].strip()}"]
            self._end()
        else:
            forget_kept()

    def enter(self) -> None:
        self.before.append(self.waiting)

    def leave(self, *, undone: bool) -> None:
        before = self.before.pop()
        if undone:
            self.waiting = before
        self._end()

    def _end(self) -> None:
        if not self.before:
            self.found += self.waiting
            self.waiting = []


def _wrote(sql: str, cursor: Any) -> bool:
    """Return whether a statement matched any row; SQLite counts none of those it returns."""
    return cursor.rowcount != 0 or "RETURNING" in sql


@cache
def columns_without_seal() -> dict[str, set[str]]:
    """Return the tables whose rows need an event, each with the columns of it that need none."""
    return {
        name: {str(field.column) for field in table.model._meta.local_fields} - {*table.columns}
        for name, table in sealed_tables().items()
        if name not in SEALED_AT_THE_END
    }


def place_of(frame: FrameType | None) -> str:
    """Return the program's line that a frame came from; "" where a test was nearer."""
    while frame:
        code, line = frame.f_code, frame.f_lineno
        if code.co_filename == contextlib.__file__ and "func" in frame.f_locals:  # a decorator
            code = frame.f_locals["func"].__code__
            line = code.co_firstlineno
        if code.co_filename.startswith(HOME):
            name = code.co_filename.removeprefix(HOME)
            if not name.startswith("core/database/"):  # whatever is written comes through it
                own = name != "conftest.py" and "/tests/" not in name
                return f"{name}:{line}" if own else ""
        frame = frame.f_back
    return ""


@contextmanager
def watched() -> Iterator[Watch]:
    """Watch the transactions that the program begins on this thread's connection."""
    watch = Watch()
    enter, leave = transaction.Atomic.__enter__, transaction.Atomic.__exit__
    noticed: list[bool] = []

    def entered(self: transaction.Atomic) -> None:
        mine = transaction.get_connection(self.using) is own
        enter(self)
        if mine:
            noticed.append(bool(place_of(sys._getframe(1))))
            if noticed[-1]:
                watch.enter()

    def left(self: transaction.Atomic, kind: Any, error: Any, trace: Any) -> None:
        mine = transaction.get_connection(self.using) is own and bool(noticed)
        undone = kind is not None or own.needs_rollback
        try:
            leave(self, kind, error, trace)
        except BaseException:
            undone = True
            raise
        finally:
            if mine and noticed.pop():
                watch.leave(undone=undone)

    own = transaction.get_connection()
    with (
        mock.patch.object(transaction.Atomic, "__enter__", entered),
        mock.patch.object(transaction.Atomic, "__exit__", left),
        connection.execute_wrapper(watch.execute),
    ):
        yield watch
