"""Days and months as the rules reckon with them."""

from __future__ import annotations

from calendar import isleap
from datetime import date, timedelta

QUARTER = 3  # months
SOON = timedelta(days=30)  # what lapses within these days is due soon
A_DAY = timedelta(days=1)
DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)  # of the months
FEBRUARY = 1  # counted from 0


def add_months(day: date, months: int) -> date:
    """Return the same day of the month that many months later, or the month's last."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    last = DAYS[month] + (month == FEBRUARY and isleap(year))
    return date(year, month + 1, min(day.day, last))


def year_before(on: date, months: int = 12) -> date:
    """Return the first day of the twelve months that end on the day, or of other `months`; a
    29 February is one day."""
    following = on + A_DAY
    begins = add_months(following, -months)
    return begins if begins.day == following.day else begins + A_DAY
