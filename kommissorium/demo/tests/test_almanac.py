"""The days of the story, whatever day the demonstration is built on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kommissorium.demo.almanac import AVOIDED, SOONEST, THURSDAY, Almanac
from kommissorium.demo.words import FIRST
from kommissorium.meetings.planning import obstacle, weeks

ANY_DAY = st.dates(date(2025, 1, 1), date(2045, 12, 31))


@given(ANY_DAY)
@settings(max_examples=60, deadline=None)
def test_meetings_lie_one_in_each_quarter_on_days_when_people_are_there(today: date) -> None:
    days = Almanac(today)
    held = [days.meeting_day(ago) for ago in range(FIRST, -4, -1)]
    quarters = [day.year * 4 + (day.month - 1) // 3 for day in held]
    assert quarters == list(range(quarters[0], quarters[0] + len(held)))
    assert {day.weekday() for day in held} == {THURSDAY}
    assert [day for day in held if obstacle(day, weeks(AVOIDED))] == []


@given(ANY_DAY)
@settings(max_examples=60, deadline=None)
def test_the_next_meeting_is_soon_unless_everybody_is_away(today: date) -> None:
    day = Almanac(today).next_meeting
    assert day >= today + timedelta(days=SOONEST)
    sooner = [today + timedelta(days=ahead) for ahead in range(SOONEST, (day - today).days)]
    free = [one for one in sooner if one.weekday() == THURSDAY]
    assert [one for one in free if not obstacle(one, weeks(AVOIDED))] == []


@given(ANY_DAY)
@settings(max_examples=60, deadline=None)
def test_the_last_meeting_is_past_and_the_first_lies_after_the_start(today: date) -> None:
    days = Almanac(today)
    assert days.held_day(1) < today
    assert days.start + timedelta(days=20) < days.meeting_day(FIRST)


@pytest.mark.parametrize(
    ("ago", "quarter"), [(0, "3. kvartal 2026"), (1, "2. kvartal 2026"), (3, "4. kvartal 2025")]
)
def test_a_meeting_looks_back_on_the_quarter_before(ago: int, quarter: str) -> None:
    days = Almanac(date(2026, 11, 25))
    assert days.meeting_day(0) == date(2026, 12, 3)
    assert days.quarter(ago) == quarter


def test_the_quarter_to_come_follows_the_one_the_meeting_is_in() -> None:
    assert Almanac(date(2026, 11, 25)).quarter(0, later=2) == "1. kvartal 2027"
