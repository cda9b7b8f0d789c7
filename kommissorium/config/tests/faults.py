"""Faults of what the program depends on: its disk, or the process itself during an act."""

from __future__ import annotations

import os
import signal
import sqlite3
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connection

WRITES = ("INSERT", "UPDATE", "DELETE")
WAYS = ("full", "read-only")


def fault(why: str) -> Exception:
    """Return the exception that this database's driver raises when it cannot write."""
    if connection.vendor == "postgresql":
        of_server = (
            psycopg.errors.DiskFull if why == "full" else psycopg.errors.ReadOnlySqlTransaction
        )
        return of_server("could not extend file: No space left on device")
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorcode = sqlite3.SQLITE_FULL if why == "full" else sqlite3.SQLITE_READONLY
    return error


@contextmanager
def without_writing(why: str) -> Iterator[None]:
    """Let no row be written in the block; everything can be read."""

    def execute(run: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(WRITES):
            with connection.wrap_database_errors:
                raise fault(why)
        return run(sql, params, many, context)

    with connection.execute_wrapper(execute):
        yield


def killed_at(statement: int, act: Callable[[], object]) -> bool:
    """Do it in a process killed by -9 before its nth statement; return whether it was.

    The test needs a database of its own (`committing`).
    """
    return was_killed(begun(statement, act))


def begun(statement: int, act: Callable[[], object]) -> int:
    """Begin it in a process that is killed before its nth statement; return its number."""
    connection.close()
    child = os.fork()
    if child == 0:
        _die(statement, act)
    return child


def was_killed(child: int) -> bool:
    """Wait for a process that was begun; return whether it was killed."""
    _pid, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return os.WTERMSIG(status) == signal.SIGKILL
    assert os.waitstatus_to_exitcode(status) == 0, "it failed of itself"
    return False


def _die(statement: int, act: Callable[[], object]) -> None:
    asked = 0

    def execute(run: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal asked
        asked += 1
        if asked == statement:
            os.kill(os.getpid(), signal.SIGKILL)
        return run(sql, params, many, context)

    code = 1
    try:
        with connection.execute_wrapper(execute):
            act()
        connection.close()
        code = 0
    except BaseException:  # noqa: BLE001 this is another process: pytest must not go on in it
        traceback.print_exc()
    finally:
        os._exit(code)


def killed_in(owner: object, name: str, act: Callable[[], object], *, call: int = 1) -> bool:
    """Do it in a process killed by -9 as it calls that function for the nth time; say whether it was."""
    connection.close()
    child = os.fork()
    if child == 0:
        calls, true = 0, getattr(owner, name)

        def instead(*arguments: Any, **named: Any) -> Any:
            nonlocal calls
            calls += 1
            if calls == call:
                os.kill(os.getpid(), signal.SIGKILL)
            return true(*arguments, **named)

        setattr(owner, name, instead)
        _die(0, act)
    return was_killed(child)
