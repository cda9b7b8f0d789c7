"""Rule by which what a meeting decides or a register notes finishes a time of its duty.

An act finishes the one time of the duty that is open and in whose period its day lies: early, on
time or late. Never two, and never one that has not begun:

- The period begins one interval before the first time is due, and later half an interval after
  the duty was last done; from the lead time on it has begun in any case. Before that the act is
  the last time's once more (a level corrected), and finishes nothing.
- It has no end: what is late is done when it is done.
- The next time lies one interval later: after the day the rhythm gave; after the act, where that
  came before the lead time, for else more than an interval would lie between. What fell due
  between the time it finishes and the act was not done in its time and is not due any more: it is
  skipped, and says why. So nothing is overdue that was done, and nothing is done twice over.

An item of the agenda that duties feed is a weaker tie (`is_near`): approved, it finishes what is
within its lead time alone. Who means a duty earlier gives it an item of its own.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from django.db.models import Max
from django.utils import timezone

from kommissorium.yearwheel.actions.next_occurrences import make_next
from kommissorium.yearwheel.models import Duty, DutyCadence, Occurrence

DAYS_OF_MONTH: Final = 30.4


def is_its_time(waiting: Occurrence, day: date) -> bool:
    """Return whether an act on the day finishes what is open of its duty."""
    last = _last_done(waiting.duty)
    if last is not None and day <= last:
        return False
    return _is_within_lead(waiting, day) or _has_begun(waiting, day, last)


def is_near(waiting: Occurrence, day: date) -> bool:
    """Return whether it is within its lead time on the day, and not done by another act of it."""
    last = _last_done(waiting.duty)
    return (last is None or day > last) and _is_within_lead(waiting, day)


def is_early(done: Occurrence, duty: Duty, day: date) -> bool:
    """Return whether the day lies before the lead time."""
    return day < done.due - _lead(done, duty)


def recur_from(duty: Duty, day: date) -> Occurrence | None:
    """Let what recurs be reckoned from the day it was done; make and return the next row."""
    cadence = duty.cadence_on(day)
    if cadence is None or not cadence.interval_months:
        return None
    DutyCadence.objects.create(
        duty=duty,
        applies_from=day + timedelta(days=1),
        rhythm=cadence.rhythm,
        interval_months=cadence.interval_months,
        anchor=day,
    )
    return make_next(Duty.objects.select_related("committee").get(pk=duty.pk), day)


def _is_within_lead(waiting: Occurrence, day: date) -> bool:
    return day >= waiting.due - _lead(waiting, waiting.duty)


def _lead(row: Occurrence, duty: Duty) -> timedelta:
    """Return the lead time; of what recurs often half its interval at most."""
    days = timedelta(days=duty.lead_days)
    half = _interval(duty, row) / 2
    return min(days, half) if half else days


def _has_begun(waiting: Occurrence, day: date, last: date | None) -> bool:
    interval = _interval(waiting.duty, waiting)
    if not interval:
        return True
    return day >= (waiting.nominal - interval if last is None else last + interval / 2)


def _interval(duty: Duty, row: Occurrence) -> timedelta:
    """Return its months in days; none for what is done once."""
    cadence = duty.cadence_on(row.nominal)
    return timedelta(days=round((cadence.interval_months or 0) * DAYS_OF_MONTH if cadence else 0))


def _last_done(duty: Duty) -> date | None:
    ended = duty.occurrences.filter(state=Occurrence.State.DONE)
    last = ended.aggregate(last=Max("ended_at"))["last"]
    return timezone.localdate(last) if last else None
