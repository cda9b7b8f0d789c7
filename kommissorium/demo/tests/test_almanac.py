"""The days of the story, whatever day the demonstration is built on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from kommissorium.demo.almanac import (
    AVOIDED,
    CALL_DAYS,
    FIFTEEN_MONTHS,
    SETTLED,
    SOONEST,
    THREE_YEARS,
    THURSDAY,
    Almanac,
    Span,
)
from kommissorium.measures.days import add_months
from kommissorium.meetings.year_plan import is_working_day, obstacle, weeks

ANY_DAY = st.dates(date(2025, 1, 1), date(2045, 12, 31))
STORIES = st.sampled_from([THREE_YEARS, FIFTEEN_MONTHS])


@given(ANY_DAY, STORIES)
@settings(max_examples=60, deadline=None)
def test_meetings_lie_one_in_each_quarter_on_days_when_people_are_there(
    today: date, span: Span
) -> None:
    days = Almanac(today, span)
    held = [days.meeting_day(ago) for ago in range(span.first, -4, -1)]
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


@given(ANY_DAY, STORIES)
@settings(max_examples=60, deadline=None)
def test_the_last_meeting_is_past_and_the_first_lies_after_the_start(
    today: date, span: Span
) -> None:
    days = Almanac(today, span)
    assert days.held_day(1) < today
    assert days.start + timedelta(days=20) < days.meeting_day(span.first)
    assert days.start < days.group_day(span.group_first)


@given(ANY_DAY)
@settings(max_examples=60, deadline=None)
def test_what_a_short_story_does_not_tell_is_done_in_its_first_weeks_in_order(today: date) -> None:
    long, short = Almanac(today), Almanac(today, FIFTEEN_MONTHS)
    months = [short.ago(months, "9.30") for months in range(THREE_YEARS.months, -1, -1)]
    assert months == sorted(set(months))
    settled = short.start + timedelta(days=SETTLED)
    for told in (short.ago(THREE_YEARS.months - 1, "9.30"), short.after(12, 0), short.after(8, 14)):
        assert short.start < told.date() < settled
        assert 8 <= timezone.localtime(told).hour < 16
    lately = [short.ago(months, "9.30") for months in range(16)]
    assert lately == [long.ago(months, "9.30") for months in range(16)]


@given(ANY_DAY, STORIES)
@settings(max_examples=60, deadline=None)
def test_meetings_put_off_or_moved_stay_in_order_and_are_called_in_time(
    today: date, span: Span
) -> None:
    days = Almanac(today, span)
    held = [days.held_day(ago) for ago in range(span.first, 0, -1)]
    assert held == sorted(set(held))
    for day in held:
        called = days.call_day(day)
        between = [called + timedelta(days=n) for n in range((day - called).days)]
        assert called <= day - timedelta(days=8)
        assert sum(is_working_day(one) for one in between) >= CALL_DAYS


@given(ANY_DAY)
@settings(max_examples=60, deadline=None)
def test_the_small_group_met_lately_and_meets_again_too_late(today: date) -> None:
    days = Almanac(today)
    met = [days.group_day(ago) for ago in (4, 3, 2, 1, 0)]
    assert met == sorted(met)
    assert met[3] <= today - timedelta(days=7)
    assert today < met[4] < add_months(today, 6)


@given(ANY_DAY, st.integers(1, 60))
@settings(max_examples=60, deadline=None)
def test_what_is_due_keeps_its_side_of_today(today: date, ahead: int) -> None:
    days = Almanac(today)
    assert days.due(-ahead) <= today - timedelta(days=ahead)
    assert days.due(ahead) >= today + timedelta(days=ahead)
    assert is_working_day(days.due(ahead))


@pytest.mark.parametrize(
    ("ago", "quarter"), [(0, "3. kvartal 2026"), (1, "2. kvartal 2026"), (3, "4. kvartal 2025")]
)
def test_a_meeting_looks_back_on_the_quarter_before(ago: int, quarter: str) -> None:
    days = Almanac(date(2026, 11, 25))
    assert days.meeting_day(0) == date(2026, 12, 3)
    assert days.quarter(ago) == quarter


def test_the_quarter_to_come_follows_the_one_the_meeting_is_in() -> None:
    assert Almanac(date(2026, 11, 25)).quarter(0, later=2) == "1. kvartal 2027"
