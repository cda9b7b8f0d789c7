"""Recognises that the database is away: it is being started again, or cannot be reached."""

from __future__ import annotations

import logging
import sqlite3

from django.http import HttpResponse

# One line a minute is written of it (core/ui/log.py), whoever meets it and how often.
log = logging.getLogger("kommissorium.away")
KINDS = {"OperationalError", "InterfaceError"}
# Of PostgreSQL: connection, resources, being shut down or started, the system beneath it.
STATES = ("08", "53", "57P", "58")
OF_SQLITE = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_PROTOCOL}
# What Django says of a connection that was lost in a transaction.
LOST = "Cannot open a new connection in an atomic block."


def is_away(error: BaseException | None) -> bool:
    """Return whether the error says so of our database, itself or by what caused it."""
    while error is not None:
        if _says_so(error):
            return True
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return False


def tell(error: BaseException) -> None:
    """Write the line for whoever runs the program."""
    log.error(
        "the database does not answer: %s", " ".join(str(error).split()), extra={"status_code": 503}
    )


def told[R: HttpResponse](response: R) -> R:
    """Return the response, of which Django writes no line of its own."""
    response._has_been_logged = True  # type: ignore[attr-defined]  # noqa: SLF001 where Django asks
    return response


def _says_so(error: BaseException) -> bool:
    kinds = {kind.__name__ for kind in type(error).__mro__}
    match type(error).__module__.partition(".")[0]:
        case "psycopg":
            state = getattr(error, "sqlstate", None)
            return bool(kinds & KINDS) and (state is None or state.startswith(STATES))
        case "sqlite3":
            return getattr(error, "sqlite_errorcode", 0) & 0xFF in OF_SQLITE
        case "django":
            return str(error) == LOST
    return False
