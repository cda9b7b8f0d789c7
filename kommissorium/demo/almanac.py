"""The days of the story, counted from today."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache

from django.utils import timezone

from kommissorium.core.ui.localised import day as in_words
from kommissorium.measures.days import add_months
from kommissorium.meetings.year_plan import is_working_day, obstacle, weeks
from kommissorium.tasks.quarters import next_quarter, quarter_of
from kommissorium.yearwheel.due_days import SUMMER

AVOIDED = "7-8, 28-32, 42"
THURSDAY, TUESDAY = 3, 1
SOONEST = 8  # days until the next meeting
FURTHEST = 70  # days to look ahead for it, so that July finds August
# Days from today to the meetings of the small group, by how many meetings ago they were: the
# day aimed at, and between which days it may lie.
GROUP_DAYS = {
    4: (-560, -585, -535),
    3: (-377, -402, -352),
    2: (-197, -222, -172),
    1: (-10, -60, -7),
    0: (120, 95, 145),
}
CALL_DAYS = 5  # working days, one more than the committees ask for
# Days after the start: what a long story tells of the time before a short one is done between
# them, on a few working days.
TAKEN_OVER, SETTLED, WORKDAYS = 9, 20, 4
FROM, UNTIL = 8, 16  # the hours of such a day


@dataclass(frozen=True)
class Span:
    """The span of a story in time, and its unusual meetings.

    Meetings are known by how many meetings ago they were; None is a meeting of no story.
    """

    months: int
    first: int
    group_first: int
    cancelled: int
    moved: int
    called_late: int
    yearly: tuple[int, ...]  # those that decided on what holds for a year
    without_chair: int | None = None


THREE_YEARS = Span(
    38, 12, 4, cancelled=9, moved=6, called_late=10, yearly=(11, 7, 3), without_chair=6
)
FIFTEEN_MONTHS = Span(18, 5, 3, cancelled=4, moved=2, called_late=3, yearly=(5, 1))


class Almanac:
    """The times of events. Quarterly meetings are one in each quarter of the year."""

    def __init__(self, today: date, span: Span = THREE_YEARS) -> None:
        self.today, self.span = today, span
        self.start = self.workday(add_months(today, -span.months))
        self.next_meeting = _nearest(today + timedelta(SOONEST), THURSDAY, 0, FURTHEST)

    @property
    def last_workday(self) -> date:
        """Return the last working day before today, with which the story ends."""
        return self.workday(self.today - timedelta(days=1))

    def has(self, ago: int) -> bool:
        """Return whether the story has begun by the meeting `ago` meetings ago."""
        return ago <= self.span.first

    def meeting_day(self, ago: int) -> date:
        """Return the day of the meeting `ago` meetings ago; negative ones are to come."""
        if ago == 0:
            return self.next_meeting
        aim = add_months(self.next_meeting, -3 * ago)
        first = date(aim.year, aim.month - (aim.month - 1) % 3, 1)
        last = add_months(first, 3) - timedelta(days=1)
        return _nearest(aim, THURSDAY, (first - aim).days, (last - aim).days)

    def held_day(self, ago: int) -> date:
        """Return the day the meeting really was: one was put off, one was moved.

        They stay in their quarter, for the mandate asks for four meetings a year.
        """
        day = self.meeting_day(ago)
        later = {self.span.cancelled: 14, self.span.moved: 7}.get(ago, 0)
        left = (self.quarter_end(day) - day).days
        return self.workday(day + timedelta(days=min(later, max(left, 1))))

    def call_day(self, held: date) -> date:
        """Return the day on which a meeting of that day is called: at least a week before."""
        day, left = held, CALL_DAYS
        while left:
            day -= timedelta(days=1)
            left -= is_working_day(day)
        return self.workday(min(day, held - timedelta(days=8)))

    def group_day(self, ago: int) -> date:
        """Return the day of a meeting of the small group, which meets twice a year."""
        aim, first, last = GROUP_DAYS[ago]
        return _nearest(self.today + timedelta(aim), TUESDAY, first - aim, last - aim)

    def quarter(self, ago: int, later: int = 0) -> str:
        """Return the quarter that a meeting looks back on, as "3. kvartal 2026"."""
        index = _quarter_index(self.next_meeting) - 1 - ago + later
        return f"{index % 4 + 1}. kvartal {index // 4}"

    def season(self, ago: int) -> int:
        """Return the quarter of the year, from 1, of the meeting."""
        return _quarter_index(self.meeting_day(ago)) % 4 + 1

    def told_at(self, day: date) -> int:
        """Return how many meetings ago the committee was told of a day's quarter."""
        return _quarter_index(self.next_meeting) - _quarter_index(day) - 1

    def next_month(self) -> date:
        """Return the first day of the month after the present day of the story."""
        return self.month_after(self.day_it_is())

    @staticmethod
    def month_after(day: date) -> date:
        """Return the first day of the month after the day."""
        return add_months(day.replace(day=1), 1)

    def after(self, ago: int, days: int, hour: str = "9.30") -> datetime:
        """Return the moment this many days after a meeting (before it if negative)."""
        return self._taken_over(self.moment(self.meeting_day(ago) + timedelta(days), hour))

    def ago(self, months: int, hour: str) -> datetime:
        """Return the moment this many months ago."""
        return self._taken_over(self.moment(add_months(self.today, -months), hour))

    def days_ago(self, days: int, hour: str) -> datetime:
        """Return the moment this many days ago."""
        return self._taken_over(self.moment(self.today - timedelta(days), hour))

    def _taken_over(self, moment: datetime) -> datetime:
        """Return the moment itself, or for one before the story the one at which it is made up for.

        A short story does the work of years in its first weeks, in the same order.
        """
        begun = self.moment(add_months(self.today, -THREE_YEARS.months), "0.00")
        settled = self.moment(self.start + timedelta(days=SETTLED), "0.00")
        if self.span == THREE_YEARS or moment >= settled:
            return moment
        after = [self.start + timedelta(days=number) for number in range(TAKEN_OVER, SETTLED)]
        workdays = [day for day in after if is_working_day(day)][:WORKDAYS]
        number, hours = divmod((moment - begun) / (settled - begun) * len(workdays), 1)
        hour = timedelta(hours=FROM + hours * (UNTIL - FROM))
        return self.moment(workdays[int(number)], "0.00") + hour

    def moment(self, day: date, hour: str) -> datetime:
        """Return the moment on that day, at an hour such as "9.30"."""
        hours, minutes = map(int, hour.split("."))
        return timezone.make_aware(datetime.combine(day, time(hours, minutes)))

    def at_work(self, moment: datetime) -> datetime:
        """Return the moment itself, or the same hour on the last working day before it."""
        local = timezone.localtime(moment)
        day = self.workday(local.date())
        return timezone.make_aware(datetime.combine(day, local.time()))

    def due(self, days: int) -> date:
        """Return a working day this many days from today; it is on the same side of today."""
        day = self.today + timedelta(days=days)
        return day if is_working_day(day) else self.due(days + (1 if days > 0 else -1))

    def duty_day(self, days: int) -> date:
        """Return a day this many days from today, on its side of it, on which a duty can be due."""
        day, step = self.today + timedelta(days=days), timedelta(days=1 if days > 0 else -1)
        while obstacle(day, _avoided() | SUMMER):
            day += step
        return day

    @staticmethod
    def quarter_end(day: date) -> date:
        """Return the last day of the day's quarter."""
        return next_quarter(quarter_of(day)) - timedelta(days=1)

    @staticmethod
    def workday(day: date) -> date:
        """Return the day itself, or the last working day before it."""
        return _workday(day)

    @staticmethod
    def workday_from(day: date) -> date:
        """Return the day itself, or the first working day after it."""
        while obstacle(day, frozenset()):
            day += timedelta(days=1)
        return day

    @staticmethod
    def day_it_is() -> date:
        return timezone.localdate()

    @staticmethod
    def words(day: date) -> str:
        return in_words(day)


@cache
def _workday(day: date) -> date:
    while obstacle(day, frozenset()):
        day -= timedelta(days=1)
    return day


@cache
def _avoided() -> frozenset[int]:
    return weeks(AVOIDED)


def _quarter_index(day: date) -> int:
    return day.year * 4 + (day.month - 1) // 3


@cache
def _nearest(aim: date, weekday: int, least: int, most: int) -> date:
    """Return the weekday nearest to the day aimed at with nothing against meeting on it."""
    return min(_clear(aim, weekday, least, most), key=lambda day: abs(day - aim))


def _clear(aim: date, weekday: int, least: int, most: int) -> Iterator[date]:
    for offset in range(least, most + 1):
        day = aim + timedelta(days=offset)
        if day.weekday() == weekday and not obstacle(day, _avoided()):
            yield day
