"""A time zone as calendar files describe it: when clocks go forward and back (VTIMEZONE)."""

from __future__ import annotations

import calendar
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

SINCE = 2000
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
# Name, month, which weekday of it, time, offset before and after: the same while one law holds.
_Rule = tuple[str, int, str, str, timedelta, timedelta]


@lru_cache(maxsize=20)
def described(zone: ZoneInfo, first_year: int, last_year: int) -> Timezone | None:
    """Return the zone's two clock changes as yearly rules; None where no such rules hold.

    They hold from the year 2000 and in every year asked for, so that a zone is told in the
    same words always: programs keep the first description they meet. Rules, not lists of days,
    because Outlook knows no others. One description serves many calendars: leave it as it is.
    """
    years = [SINCE, *range(first_year, last_year + 1)]
    changes = [_changes(zone, year) for year in years]
    rules = [sorted(_rule(zone, at) for at in year) for year in changes]
    two = len(rules[0]) == len(("forward", "back"))
    if first_year <= SINCE or not two or any(rule != rules[0] for rule in rules):
        return None
    description = Timezone()
    description.add("tzid", zone.key)
    for at in changes[0]:
        description.add_component(_observance(zone, at))
    return description


def _changes(zone: ZoneInfo, year: int) -> list[datetime]:
    """Return the moments of the year, in UTC, from which the clock shows another offset."""
    start = datetime(year, 1, 1, tzinfo=UTC)
    hours = (datetime(year + 1, 1, 1, tzinfo=UTC) - start) // timedelta(hours=1)
    moments = [start + timedelta(hours=hour) for hour in range(hours + 1)]
    offsets = [_offset(zone, at) for at in moments]
    changed = zip(moments[1:], pairwise(offsets), strict=True)
    return [at for at, (before, after) in changed if before != after]


def _offset(zone: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()


def _rule(zone: ZoneInfo, at: datetime) -> _Rule:
    """Return the law behind a change, such as "the last Sunday of March at 02:00"."""
    before = _offset(zone, at - timedelta(seconds=1))
    shown = (at + before).replace(tzinfo=None)
    last = shown.day > calendar.monthrange(shown.year, shown.month)[1] - 7
    which = "-1" if last else str((shown.day - 1) // 7 + 1)
    name = at.astimezone(zone).tzname() or ""
    weekday = which + _DAYS[shown.weekday()]
    return name, shown.month, weekday, f"{shown:%H%M}", before, _offset(zone, at)


def _observance(zone: ZoneInfo, at: datetime) -> TimezoneStandard | TimezoneDaylight:
    name, month, weekday, _hour, before, after = _rule(zone, at)
    summer = bool(at.astimezone(zone).dst())
    observance = TimezoneDaylight() if summer else TimezoneStandard()
    # The onset is told by the clock as it stood until then.
    observance.DTSTART = (at + before).replace(tzinfo=None)
    observance.TZOFFSETFROM = before
    observance.TZOFFSETTO = after
    observance.add("tzname", name)
    observance.add("rrule", {"freq": "yearly", "bymonth": month, "byday": weekday})
    return observance
