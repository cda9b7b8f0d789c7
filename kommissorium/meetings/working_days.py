"""Working days: public holidays, weekends and meeting-free weeks."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

import holidays
from django.utils.translation import gettext as _

from kommissorium.committees.meeting_free_weeks import week_ranges


def weeks(text: str) -> frozenset[int]:
    """Return the ISO weeks a text such as "7-8, 42" names. Raises ValueError for no week."""
    return frozenset(week for first, last in week_ranges(text) for week in range(first, last + 1))


@lru_cache(maxsize=64)
def days_off(year: int) -> dict[date, str]:
    """Return the Danish public holidays of a year and the days offices are closed besides."""
    off = {
        day: str(name)
        for day, name in holidays.country_holidays("DK", years=year, language="da").items()
    }
    off.setdefault(date(year, 6, 5), "Grundlovsdag")
    off.setdefault(date(year, 12, 24), "Juleaftensdag")
    off.setdefault(date(year, 12, 31), "Nytårsaftensdag")
    ascension = next((day for day, name in off.items() if "himmelfart" in name.lower()), None)
    if ascension:
        off.setdefault(ascension + timedelta(days=1), "Dagen efter Kristi himmelfartsdag")
    return off


def obstacle(day: date, avoided: frozenset[int]) -> str:
    """Return why one would rather not meet on the day, as a sentence; "" when nothing speaks."""
    if name := days_off(day.year).get(day):
        return _("The day is a holiday: %(name)s.") % {"name": name}
    if day.weekday() > 4:  # noqa: PLR2004 Saturday and Sunday
        return _("The day is in a weekend.")
    week = day.isocalendar().week
    if week in avoided:
        return _("Week %(week)d is one of the committee's weeks without meetings.") % {"week": week}
    return ""


def is_working_day(day: date) -> bool:
    """Return whether municipal offices are open: no weekend, no holiday."""
    return day.weekday() <= 4 and day not in days_off(day.year)  # noqa: PLR2004 Friday
