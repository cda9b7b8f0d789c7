"""The evenings on which the figures of the registers were kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from kommissorium.demo.almanac import Almanac
from kommissorium.demo.chapters.assets.register import BEGUN
from kommissorium.demo.story import Town
from kommissorium.meetings.working_days import is_working_day
from kommissorium.meetings.year_plan import add_months
from kommissorium.registers.actions.daily_figures import keep_figures

FIRST = 5  # days after the registers began
MONTHS, DAYS = 6, 30  # ago: weekly from here on, and daily


def tell_figures(town: Town) -> None:
    """Tell of the figures: of each month, each week of the last half-year, each of the last days."""
    days = town.almanac
    for day in sorted(set(map(_before_a_workday, _days(days)))):
        town.tell(days.moment(day, "22.10"), partial(keep_figures, "assets", day))


def _days(days: Almanac) -> Iterator[date]:
    yield days.ago(BEGUN, "9.00").date() + timedelta(days=FIRST)
    for months in range(min(BEGUN, days.span.months) - 1, MONTHS, -1):
        yield add_months(days.today, -months)
    day, lately = add_months(days.today, -MONTHS), days.today - timedelta(days=DAYS)
    while day < days.today:
        yield day
        day += timedelta(days=7 if day < lately else 1)


def _before_a_workday(day: date) -> date:
    """Return the day itself or the last one before it whose evening nobody's work waits for.

    What falls on a weekend is done on the working day before it, after all that is told of it.
    """
    while not (is_working_day(day) and is_working_day(day + timedelta(days=1))):
        day -= timedelta(days=1)
    return day
