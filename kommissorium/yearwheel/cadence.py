"""Dates of something that recurs, from an anchor and an interval in months.

A date that a month lacks becomes the month's last day; the next one returns to the anchor's
own day, for every date is reckoned from the anchor and none from the date before it.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta
from itertools import islice
from typing import Final

_MONTHS: Final = 12
_ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class CadenceStep:
    """Rule from a day on: the dates are `anchor` and every `interval` months after it.

    Interval 0 is a single date. An anchor of None gives no dates: they come from elsewhere.
    """

    applies_from: date
    interval: int
    anchor: date | None


@dataclass(frozen=True)
class CadenceStretch:
    """A step and the days it rules: from `first` to `last`, both included."""

    step: CadenceStep
    first: date
    last: date


def nominal(anchor: date, interval: int, index: int) -> date | None:
    """Return the date with this index, the anchor being 0; None past the end of the calendar.

    Raises ValueError for an interval under one month, as do the others here.
    """
    if interval < 1:
        raise ValueError("an interval is at least one month")
    months = anchor.year * _MONTHS + anchor.month - 1 + index * interval
    year, month = divmod(months, _MONTHS)
    if not 1 <= year <= MAXYEAR:
        return None
    return date(year, month + 1, min(anchor.day, monthrange(year, month + 1)[1]))


def due_dates(anchor: date, interval: int, first: date, last: date) -> Iterator[date]:
    """Yield the dates from `first` to `last`, both included, however far off they are."""
    index = max(0, _whole_periods(anchor, interval, first))
    while (day := nominal(anchor, interval, index)) is not None and day <= last:
        if day >= first:
            yield day
        index += 1


def next_after(anchor: date, interval: int, day: date) -> date | None:
    """Return the first date later than `day`; None past the end of the calendar."""
    if day == date.max:
        return None
    return next(due_dates(anchor, interval, day + _ONE_DAY, date.max), None)


def stretches(steps: Sequence[CadenceStep]) -> list[CadenceStretch]:
    """Return which step rules when. The steps come in the order they were made.

    A later one rules from its day on, whatever was said before of the days after it.
    """
    ruling: list[CadenceStep] = []
    for step in steps:
        ruling = [one for one in ruling if one.applies_from < step.applies_from]
        ruling.append(step)
    ends = [following.applies_from - _ONE_DAY for following in ruling[1:]]
    return [
        CadenceStretch(step, step.applies_from, end)
        for step, end in zip(ruling, [*ends, date.max], strict=False)  # no steps, no end
    ]


def planned(steps: Sequence[CadenceStep], first: date, last: date) -> Iterator[date]:
    """Yield the dates all the steps together give from `first` to `last`, both included."""
    for stretch in stretches(steps):
        start, end = max(first, stretch.first), min(last, stretch.last)
        step = stretch.step
        if step.anchor is None or start > end:
            continue
        if step.interval:
            yield from due_dates(step.anchor, step.interval, start, end)
        elif start <= step.anchor <= end:
            yield step.anchor


def following(steps: Sequence[CadenceStep], day: date, number: int) -> list[date]:
    """Return the next dates later than `day`, so many or fewer."""
    if day == date.max:
        return []
    return list(islice(planned(steps, day + _ONE_DAY, date.max), number))


def step_on(steps: Sequence[CadenceStep], day: date) -> int | None:
    """Return the index of the step that rules the day; None before the first."""
    ruling = [index for index, step in enumerate(steps) if step.applies_from <= day]
    return ruling[-1] if ruling else None


def _whole_periods(anchor: date, interval: int, day: date) -> int:
    """Return how many whole periods lie between the anchor and the day's month, less one."""
    if interval < 1:
        raise ValueError("an interval is at least one month")
    months = (day.year - anchor.year) * _MONTHS + day.month - anchor.month
    return months // interval - 1
