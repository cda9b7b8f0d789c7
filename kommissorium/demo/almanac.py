"""The days of the story, counted from today."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cache

from django.utils import timezone

from kommissorium.core.ui.wording import day as in_words
from kommissorium.meetings.planning import add_months, obstacle, weeks

AVOIDED = "7-8, 28-32, 42"
THURSDAY, TUESDAY = 3, 1
SOONEST = 8  # days until the next meeting
FURTHEST = 70  # days to look ahead for it, so that July finds August
# Days from today to the meetings of the small group; by how many meetings ago they were.
GROUP_OFFSETS = {4: -640, 3: -477, 2: -295, 1: -112, 0: 70}
MONTHS_BACK = 38
CANCELLED, MOVED = 9, 6  # by how many meetings ago they were to be


class Almanac:
    """When things happened. Quarterly meetings lie one in each quarter of the year."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.start = self.workday(add_months(today, -MONTHS_BACK))
        self.next_meeting = _nearest(today + timedelta(SOONEST), THURSDAY, 0, FURTHEST)

    def meeting_day(self, ago: int) -> date:
        """Return the day of the meeting so many meetings ago; negative ones are to come."""
        if ago == 0:
            return self.next_meeting
        aim = add_months(self.next_meeting, -3 * ago)
        first = date(aim.year, aim.month - (aim.month - 1) % 3, 1)
        last = add_months(first, 3) - timedelta(days=1)
        return _nearest(aim, THURSDAY, (first - aim).days, (last - aim).days)

    def held_day(self, ago: int) -> date:
        """Return the day the meeting really was: one was put off, one was moved."""
        later = {CANCELLED: 14, MOVED: 7}.get(ago, 0)
        day = self.meeting_day(ago) + timedelta(days=later)
        return self.workday(day)

    def group_day(self, ago: int) -> date:
        """Return the day of a meeting of the small group, which meets twice a year."""
        return _nearest(self.today + timedelta(GROUP_OFFSETS[ago]), TUESDAY, -25, 25)

    def quarter(self, ago: int, later: int = 0) -> str:
        """Return the quarter that a meeting looks back on, as "3. kvartal 2026"."""
        index = _quarter_index(self.next_meeting) - 1 - ago + later
        return f"{index % 4 + 1}. kvartal {index // 4}"

    def season(self, ago: int) -> int:
        """Return the quarter of the year, from 1, in which the meeting lies."""
        return _quarter_index(self.meeting_day(ago)) % 4 + 1

    def next_month(self) -> date:
        """Return the first day of the month after the day that it is in the story."""
        return add_months(self.day_it_is().replace(day=1), 1)

    def after(self, ago: int, days: int, hour: str = "9.30") -> datetime:
        """Return the moment so many days after a meeting (before it if negative)."""
        return self.moment(self.meeting_day(ago) + timedelta(days), hour)

    def moment(self, day: date, hour: str) -> datetime:
        """Return the moment on that day, at an hour such as "9.30"."""
        hours, minutes = map(int, hour.split("."))
        return timezone.make_aware(datetime.combine(day, time(hours, minutes)))

    def at_work(self, moment: datetime) -> datetime:
        """Return the moment itself, or the same hour on the last working day before it."""
        local = timezone.localtime(moment)
        day = self.workday(local.date())
        return timezone.make_aware(datetime.combine(day, local.time()))

    @staticmethod
    def workday(day: date) -> date:
        """Return the day itself, or the last working day before it."""
        while obstacle(day, frozenset()):
            day -= timedelta(days=1)
        return day

    @staticmethod
    def day_it_is() -> date:
        return timezone.localdate()

    @staticmethod
    def words(day: date) -> str:
        return in_words(day)


@cache
def _avoided() -> frozenset[int]:
    return weeks(AVOIDED)


def _quarter_index(day: date) -> int:
    return day.year * 4 + (day.month - 1) // 3


@cache
def _nearest(aim: date, weekday: int, least: int, most: int) -> date:
    """Return the weekday nearest to the day aimed at on which nothing speaks against meeting."""
    return min(_clear(aim, weekday, least, most), key=lambda day: abs(day - aim))


def _clear(aim: date, weekday: int, least: int, most: int) -> Iterator[date]:
    for offset in range(least, most + 1):
        day = aim + timedelta(days=offset)
        if day.weekday() == weekday and not obstacle(day, _avoided()):
            yield day
