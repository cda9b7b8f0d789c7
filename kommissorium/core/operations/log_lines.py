"""How the log is written: lines or JSON, each with its offset from UTC, the request and no address.

It imports no Django: the process that only watches writes its lines by it, too.
"""

from __future__ import annotations

import json
import logging
import re
from contextvars import ContextVar
from datetime import datetime

# The number of the request that is being answered; the answer has it, too (X-Request-ID).
request_id: ContextVar[str] = ContextVar("request_id", default="")

MAIL_ADDRESS = re.compile(r"[\w.+%'-]+@(?=[\w-]+(?:\.[\w-]+)+)")
CPR = re.compile(r"\b\d{6}-?\d{4}\b")


def masked(text: str) -> str:
    """Return the text without e-mail addresses, of which the domain is left, and CPR numbers."""
    return CPR.sub("…", MAIL_ADDRESS.sub("…@", text))


def _moment(record: logging.LogRecord) -> str:
    """Return when, with the offset: an hour of October comes twice."""
    return datetime.fromtimestamp(record.created).astimezone().isoformat(timespec="milliseconds")


class LineFormatter(logging.Formatter):
    """A line of text, and the place of an error below it."""

    def format(self, record: logging.LogRecord) -> str:
        asked = f" [{number}]" if (number := request_id.get()) else ""
        begins = f"{_moment(record)} {record.levelname} {record.name}{asked}: "
        return masked(begins + super().format(record))


class JsonFormatter(logging.Formatter):
    """A JSON object a line: time, level, logger, message, and request and error where there are."""

    def format(self, record: logging.LogRecord) -> str:
        told = {
            "time": _moment(record),
            "level": record.levelname,
            "logger": record.name,
            "message": masked(record.getMessage()),
        }
        if number := request_id.get():
            told["request"] = number
        if record.exc_info:
            told["error"] = masked(self.formatException(record.exc_info))
        return json.dumps(told, ensure_ascii=False)


def json_line(logger: str, message: str) -> str:
    """Return a warning as such an object, for whoever has no log."""
    record = logging.LogRecord(logger, logging.WARNING, "", 0, message, None, None)
    return JsonFormatter().format(record)
