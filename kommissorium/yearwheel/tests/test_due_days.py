"""Due days of a cadence: on a working day, or at a meeting that decides one occurrence each."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from kommissorium.meetings.models import Meeting
from kommissorium.meetings.year_plan import is_working_day
from kommissorium.yearwheel.cadence import due_dates
from kommissorium.yearwheel.due_days import REACH, SUMMER, DueDays, working_day

YEAR = timezone.localdate().year
days = st.dates(date(YEAR, 1, 1), date(YEAR + 20, 12, 31))


@pytest.fixture
def always_open() -> None:
    """Here the days on which offices are closed count, which the other tests leave out."""


def due_days(met: list[date]) -> DueDays:
    meetings = [
        SimpleNamespace(pk=number, starts_at=timezone.make_aware(datetime.combine(d, time(9))))
        for number, d in enumerate(met)
    ]
    committee: Any = SimpleNamespace(avoided_weeks="7-8, 42")
    return DueDays(committee, cast("list[Meeting]", meetings))


@given(days)
def test_nothing_is_due_on_a_day_off_or_in_the_summer(day: date) -> None:
    found = working_day(day, SUMMER)
    assert is_working_day(found)
    assert found.isocalendar().week not in SUMMER
    assert abs(found - day) <= REACH
    assert working_day(found, SUMMER) == found


@given(days)
def test_weeks_without_meetings_are_kept_free_too(day: date) -> None:
    due, meeting = due_days([]).of(day, by_decision=False, since=date.min)
    assert meeting is None
    assert due.isocalendar().week not in {7, 8, 42, *SUMMER}


@given(st.lists(days, max_size=30, unique=True), days, st.integers(1, 24))
def test_no_meeting_decides_two_times_of_a_duty_and_none_far_off(
    met: list[date], anchor: date, interval: int
) -> None:
    found, taken = due_days(met), set[int | None]()
    for nominal in list(due_dates(anchor, interval, anchor, anchor + timedelta(days=1500))):
        due, meeting = found.of(nominal, by_decision=True, since=anchor, taken=taken)
        assert due >= anchor
        assert abs(due - nominal) <= REACH
        if meeting is None:
            near = {day for key, day in found.days.items() if key not in taken and day >= anchor}
            assert all(abs(day - nominal) > REACH for day in near)
        else:
            assert due == found.days[meeting.pk]
            assert meeting.pk not in taken
            taken.add(meeting.pk)


@given(st.integers(0, 19), st.integers(1, 28), st.integers(1, 28))
def test_four_meetings_a_year_take_each_quarter_of_a_duty(year: int, one: int, other: int) -> None:
    met = [date(YEAR + year, month, one) for month in (3, 6, 9, 11)]
    found, taken = due_days(met), set[int | None]()
    for month in (3, 6, 9, 12):
        nominal = date(YEAR + year, month, min(other, 15))
        due, meeting = found.of(nominal, by_decision=True, since=date.min, taken=taken)
        assert meeting is not None
        assert due == met[len(taken)]
        taken.add(meeting.pk)


def test_of_two_meetings_as_near_the_earlier_decides() -> None:
    noon = date(YEAR, 6, 15)
    found = due_days([noon + timedelta(days=4), noon - timedelta(days=4)])
    due, _meeting = found.of(noon, by_decision=True, since=date.min)
    assert due == noon - timedelta(days=4)
