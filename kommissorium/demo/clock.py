"""Let the past be built in the past.

The demonstration has three years behind it, and an event of the chain carries the moment at
which it was written. Setting these moments afterwards would break the chain, and actions take
none: no caller may choose when something happened. So while the demonstration is built, and
nowhere else, the one function that all actions ask for the time tells of another moment.

Fields that took `timezone.now` as their default keep the true one: they say when the row was
made and are shown nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

STEP = timedelta(seconds=12)


@dataclass
class Clock:
    """A clock that advances a little each time somebody looks, as work takes its time."""

    reading: datetime


@contextmanager
def at(moment: datetime) -> Iterator[Clock]:
    """Set that moment for this process. The clock never passes the true time.

    Django itself asks by the module, as our actions do, so that its local date follows.
    """
    true_now = timezone.now
    clock = Clock(moment)

    def now() -> datetime:
        clock.reading = min(clock.reading + STEP, true_now())
        return clock.reading

    timezone.now = now
    try:
        yield clock
    finally:
        timezone.now = true_now
