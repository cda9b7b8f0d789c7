"""The seconds to another day, whatever clock change or leap day lies between."""

from __future__ import annotations

import time
from datetime import date, datetime, timedelta

from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from kommissorium.core.other_day import ZONE, move_clock, seconds_to

MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2099, 12, 30), timezones=st.just(ZONE))  # noqa: DTZ001


@given(st.dates(date(2020, 1, 1), date(2099, 12, 30)), MOMENTS)
def test_it_is_that_day_and_nearly_that_hour(day: date, now: datetime) -> None:
    then = datetime.fromtimestamp(now.timestamp() + seconds_to(day, now), ZONE)
    assert then.date() == day
    assert abs(then.hour - datetime.fromtimestamp(now.timestamp(), ZONE).hour) <= 1


def test_the_moved_clock_goes_on(monkeypatch) -> None:
    true_now = timezone.now
    monkeypatch.setattr(timezone, "now", true_now)  # put back at the end, as is the other
    monkeypatch.setattr(time, "time", time.time)
    move_clock(3600)
    first = timezone.now()
    assert timedelta(minutes=59) < first - true_now() < timedelta(minutes=61)
    assert abs(time.time() - timezone.now().timestamp()) < 60
    assert timezone.now() >= first
