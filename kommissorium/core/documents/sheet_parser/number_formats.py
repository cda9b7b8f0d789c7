"""Decides by its format whether a number in a workbook is a date or a number."""

from __future__ import annotations

import re
from datetime import date, timedelta
from math import isfinite
from typing import Final

from kommissorium.core.documents.sheet_parser.rows import Value

# The formats that every workbook has without writing them down.
_DAYS: Final = frozenset([14, 15, 16, 17, 22, *range(27, 37), *range(50, 59)])
_TIMES: Final = frozenset([18, 19, 20, 21, 45, 47])
_NOT_LETTERS_OF_A_DAY: Final = re.compile(r'"[^"]*"|\[[^\]]*\]|[\\_*].')
MINUTES_OF_A_DAY: Final = 24 * 60
MOST_DIGITS: Final = 15
# Excel has a 29 February 1900 that never was: the days before it are one off.
_LEAP_DAY: Final = 60


def kind_of_format(number: int, code: str | None) -> str:
    """Return "day", "time" or "" for a format by its number and, if it has one, its code."""
    if code is None:
        return "day" if number in _DAYS else "time" if number in _TIMES else ""
    if code.casefold() in {"general", "standard"} or re.search(r"\[[hms]+\]", code, re.IGNORECASE):
        return ""
    letters = _NOT_LETTERS_OF_A_DAY.sub("", code.partition(";")[0]).casefold()
    if re.search(r"[dyå]|^m+$|m{3}", letters):
        return "day"
    return "time" if re.search(r"h|s", letters) else ""


def number_value(text: str, kind: str, *, from_1904: bool) -> Value:
    """Return the value a number shows under a format of this kind; the text if it is no number."""
    try:
        number = float(text)
    except ValueError:
        return text
    if not isfinite(number):
        return text
    if kind == "time" or (kind == "day" and 0 <= number < 1):
        return _time(number) if 0 <= number < 1 else _plain(number)
    if kind == "day":
        return _day(number, from_1904=from_1904) or _plain(number)
    return _plain(number)


def _plain(number: float) -> int | float:
    whole = number.is_integer() and abs(number) < 10**MOST_DIGITS
    return int(number) if whole else number


def _day(number: float, *, from_1904: bool) -> date | None:
    first = date(1904, 1, 1) if from_1904 else date(1899, 12, 30)
    if not from_1904 and number < _LEAP_DAY:
        first = date(1899, 12, 31)
    try:
        return first + timedelta(days=int(number))
    except OverflowError:
        return None


def _time(number: float) -> str:
    hours, minutes = divmod(round(number * MINUTES_OF_A_DAY) % MINUTES_OF_A_DAY, 60)
    return f"{hours:02}:{minutes:02}"
