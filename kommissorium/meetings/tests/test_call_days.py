"""The last day to call: so many working days before the meeting, whatever holidays come between."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone
from hypothesis import example, given
from hypothesis import strategies as st

from kommissorium.committees.models import Committee
from kommissorium.meetings.actions.call import last_day_of_call
from kommissorium.meetings.models import Meeting
from kommissorium.meetings.year_plan import is_working_day


def last_day(day: date, call_days: int) -> date:
    starts_at = timezone.make_aware(datetime.combine(day, time(13)))
    return last_day_of_call(Meeting(committee=Committee(call_days=call_days), starts_at=starts_at))


@pytest.mark.parametrize(
    ("day", "call_days", "last"),
    [
        (date(2026, 12, 3), 4, date(2026, 11, 27)),  # over a weekend
        (date(2026, 4, 9), 4, date(2026, 3, 31)),  # over Maundy Thursday to Easter Monday
        (date(2026, 12, 30), 4, date(2026, 12, 22)),  # over Christmas Eve to the 27th
        (date(2026, 1, 5), 2, date(2025, 12, 30)),  # over New Year
        (date(2026, 6, 9), 2, date(2026, 6, 4)),  # over Grundlovsdag, the 5th, and a weekend
        (date(2026, 5, 19), 3, date(2026, 5, 12)),  # over Ascension Day and the day after
        (date(2026, 5, 26), 1, date(2026, 5, 22)),  # over Whit Monday
    ],
)
def test_holidays_and_weekends_do_not_count(day: date, call_days: int, last: date) -> None:
    assert last_day(day, call_days) == last


@given(st.dates(date(2020, 1, 1), date(2060, 12, 31)), st.integers(1, 30))
@example(date(2027, 3, 30), 4)
@example(date(2026, 12, 27), 4)
@example(date(2026, 6, 6), 1)
def test_exactly_so_many_working_days_lie_from_the_last_day_to_the_meeting(
    day: date, call_days: int
) -> None:
    last = last_day(day, call_days)
    days = [last + timedelta(days=offset) for offset in range((day - last).days)]
    assert sum(map(is_working_day, days)) == call_days
    assert is_working_day(last)
