"""Keeps the log short: a visitor's error is one line, and a flood of them a few lines."""

from __future__ import annotations

import logging
import re
import threading
import time

FAILURE_OF_OURS = 500
INSUFFICIENT_STORAGE = 507
MOST, SECONDS = 20, 60  # lines of one kind in so many seconds
AWAY = "kommissorium.away"  # of which one line says all
# What may be the key of a link: an invitation, a calendar's address. The last letters tell them apart.
KEY = re.compile(r"(?<=/)[\w.:=~-]{20,}(?=[\w.:=~-]{4}(?:/|\s|$))")
ADDRESSES = ("django.request", "kommissorium.core.ui")  # whose lines name the address asked for
VISITORS = (
    *("django.request", "django.security"),
    *("kommissorium.sessions", "kommissorium.sign_in", "kommissorium.files"),
)


class VisitorsFilter(logging.Filter):
    """Lets refusals (403, foreign hosts, a full disk) be one line without a traceback, and few.

    Of one kind 20 a minute are written by each process, and one of a database that is away; how
    many more there were is told with the first of the next minute.
    """

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.Lock()
        self._kinds: dict[tuple[str, int], tuple[float, int]] = {}  # since when, and how many

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether the line is to be written; remove its superfluous parts and keys of links."""
        if record.name.startswith(ADDRESSES) and not hasattr(record, "is_told"):
            record.is_told = True  # another handler gets the same record
            record.msg, record.args = f"{KEY.sub('…', record.getMessage())}{_by(record)}", ()
        if not _is_of_a_visitor(record):
            return True
        record.exc_info = record.exc_text = None
        with self._lock:
            most = 1 if record.name == AWAY else MOST
            left_out = self._count((record.name, _status(record)), most)
        if left_out is None:
            return False
        if left_out:
            record.msg = f"{record.msg} (and {left_out} more like it before)"
        return True

    def _count(self, kind: tuple[str, int], most: int) -> int | None:
        """Return the number left out before this one; None when it is to be left out as well."""
        now = time.monotonic()
        since, count = self._kinds.get(kind, (now, 0))
        if now - since >= SECONDS:
            self._kinds[kind] = now, 1
            return max(0, count - most)
        self._kinds[kind] = since, count + 1
        return 0 if count < most else None


def _by(record: logging.LogRecord) -> str:
    """Return whose request it was, by pseudonym; "" where the line is about none, or failed before."""
    request = getattr(record, "request", None)
    if request is None or not _is_of_a_visitor(record):
        return ""
    person = getattr(request, "_cached_user", None)  # who was asked for already: no line asks anew
    return f" by {getattr(person, 'pseudonym', 'nobody signed in')}"


def _is_of_a_visitor(record: logging.LogRecord) -> bool:
    status = _status(record)
    ours = FAILURE_OF_OURS <= status != INSUFFICIENT_STORAGE
    return record.name == AWAY or (record.name.startswith(VISITORS) and not ours)


def _status(record: logging.LogRecord) -> int:
    status: int = getattr(record, "status_code", 0)
    return status
