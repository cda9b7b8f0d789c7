"""Lets the program live on another day than the true one: the demonstration, and the tests.

Every process is given the same number of seconds between the two, so that midnight comes to all of
them at once and the hours pass as they do. Imports no Django before the clock is moved: see cli.main.
"""

from __future__ import annotations

import time
from datetime import date, datetime, timedelta
from importlib import import_module
from typing import Any
from zoneinfo import ZoneInfo

SHIFT = "KOMMISSORIUM_CLOCK_SHIFT"  # the variable with the seconds
ZONE = ZoneInfo("Europe/Copenhagen")


def seconds_to(day: date, now: datetime | None = None) -> int:
    """Return the number of seconds from now to the same hour of that day in Denmark."""
    now = now or datetime.now(ZONE)
    then = datetime.combine(day, now.astimezone(ZONE).time(), ZONE)
    return round(then.timestamp() - now.timestamp())


def move_clock(seconds: int) -> None:
    """Make `timezone.now` and `time.time` give a moment this many seconds from now.

    All of the program asks the one, what libraries keep for a while is measured by both.
    """
    timezone: Any = import_module("django.utils.timezone")
    shift = timedelta(seconds=seconds)
    true_now, true_time = timezone.now, time.time
    timezone.now = lambda: true_now() + shift
    time.time = lambda: true_time() + seconds
