"""The duties done: each week somebody goes through what is due and does some of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from kommissorium.demo.story import Town
from kommissorium.demo.turns import Turn
from kommissorium.yearwheel.models import Occurrence
from kommissorium.yearwheel.responsible import Holders

AHEAD = timedelta(days=28)  # what is due by then is looked at
MOST = 4  # as many are finished in a week
LATEST = 5  # days ago was the last round
QUIET_WEEKS = (28, 29, 30, 31, 52)


def tell_rounds(town: Town) -> None:
    """Tell of a round each week, on one day or another, except in July and at Christmas."""
    days = town.almanac
    last = days.today - timedelta(days=LATEST)
    for number, monday in enumerate(_mondays(days.start + timedelta(days=14), last)):
        day = min(monday + timedelta(days=number * 3 % 5), last)
        hour = f"{10 + number % 4}.{15 + number % 3 * 10}"
        town.tell(days.moment(day, hour), partial(_round, town))


def _mondays(first: date, last: date) -> Iterator[date]:
    monday = first - timedelta(days=first.weekday())
    while monday <= last:
        if monday.isocalendar().week not in QUIET_WEEKS:
            yield monday
        monday += timedelta(days=7)


def _round(town: Town) -> None:
    today, left = town.almanac.day_it_is(), MOST
    # What a register waits for is done in the register, what the committee decides at its meetings.
    waiting = Occurrence.objects.open().filter(due__lte=today + AHEAD, source=None)
    waiting = waiting.exclude(duty__by_decision=True)
    along = ("duty__committee", "duty__responsible_person", "delegate")
    found = list(waiting.select_related(*along).order_by("due", "pk"))
    holders = Holders([row.duty for row in found], today)
    for row in found:
        left -= Turn(town, row, today, holders.of(row.duty, today)).is_taken()
        if not left:
            break
