"""Quarters of the calendar year, each named by its first day."""

from __future__ import annotations

from datetime import date, timedelta

from kommissorium.measures.periods import Quarter

MONTHS = 3
FIRST_YEAR, LAST_YEAR = 2000, 2999


def quarter_of(day: date) -> date:
    """Return the first day of the quarter that the day lies in."""
    return date(day.year, (day.month - 1) // MONTHS * MONTHS + 1, 1)


def next_quarter(quarter: date) -> date:
    """Return the first day of the quarter after this one."""
    month = quarter.month + MONTHS
    return date(quarter.year + month // 13, month % 12, 1)


def previous_quarter(quarter: date) -> date:
    """Return the first day of the quarter before this one."""
    return quarter_of(quarter - timedelta(days=1))


def is_quarter(day: date) -> bool:
    """Return whether the day names a quarter the program can speak of."""
    return FIRST_YEAR <= day.year <= LAST_YEAR and day == quarter_of(day)


def quarter_name(quarter: date) -> str:
    """Return "1. kvartal 2027" in Danish, "Quarter 1 of 2027" in English."""
    return Quarter.of(quarter).label
