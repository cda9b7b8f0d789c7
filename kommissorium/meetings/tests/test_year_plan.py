"""The dates that are proposed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from kommissorium.committees.models import Committee
from kommissorium.measures.days import add_months
from kommissorium.meetings.year_plan import days_off, horizon_warning, obstacle, propose, weeks

DAYS = st.dates(date(2020, 1, 1), date(2060, 12, 31))


def coming_year() -> date:
    return date(timezone.localdate().year + 1, 1, 1)


def test_four_meetings_lie_one_in_each_quarter_on_the_usual_weekday() -> None:
    proposals = propose(Committee(weekday=3), first=coming_year(), number=4)
    days = [timezone.localdate(proposal.starts_at) for proposal in proposals]
    assert [(day.month - 1) // 3 for day in days] == [0, 1, 2, 3]
    assert {day.weekday() for day in days} == {3}


@given(
    weekday=st.integers(0, 4),
    number=st.integers(1, 12),
    ahead=st.integers(0, 40),
)
def test_no_proposal_is_a_holiday_or_in_an_avoided_week(
    weekday: int, number: int, ahead: int
) -> None:
    committee = Committee(weekday=weekday)
    first = add_months(timezone.localdate().replace(day=1), ahead)
    avoided = weeks(committee.avoided_weeks)
    days = [
        timezone.localdate(proposal.starts_at)
        for proposal in propose(committee, first=first, number=number)
    ]
    assert days == sorted(set(days))
    assert all(day > timezone.localdate() for day in days)
    assert not [day for day in days if obstacle(day, avoided)]
    assert all(first <= day < add_months(first, 12) for day in days)


@given(day=DAYS, months=st.integers(0, 400))
def test_adding_months_keeps_the_day_or_takes_the_last_of_the_month(day: date, months: int) -> None:
    later = add_months(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    clamped = later.day < day.day
    assert later.day == day.day or (clamped and (later + timedelta(days=1)).day == 1)


def test_a_slot_that_has_its_meeting_gets_no_other() -> None:
    first = coming_year()
    taken = [date(first.year, 2, 3)]
    proposals = propose(Committee(), first=first, number=4, taken=taken)
    assert len(proposals) == 3
    assert min(timezone.localdate(p.starts_at) for p in proposals).month > 3


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2027, 3, 25), "skærtorsdag"),
        (date(2027, 5, 7), "himmelfart"),
        (date(2027, 6, 5), "grundlovsdag"),
        (date(2027, 12, 24), "jul"),
        (date(2027, 12, 31), "nytår"),
    ],
)
def test_danish_days_off_are_known(day: date, name: str) -> None:
    assert name in days_off(day.year)[day].lower()


def test_the_great_prayer_day_is_a_working_day_since_2024() -> None:
    assert date(2023, 5, 5) in days_off(2023)
    assert date(2027, 4, 23) not in days_off(2027)


@pytest.mark.parametrize(
    ("reaches", "warns"),
    [
        (None, True),
        (date(2026, 5, 24), True),
        (date(2026, 5, 25), False),
        (date(2027, 1, 1), False),
    ],
)
def test_the_calendar_must_reach_six_months(reaches: date | None, warns: bool) -> None:
    assert bool(horizon_warning(reaches, 6, date(2025, 11, 25))) == warns


def test_weeks_are_read_as_people_write_them() -> None:
    assert weeks("7-8, 42") == {7, 8, 42}
    assert weeks("") == frozenset()
    with pytest.raises(ValueError, match="60"):
        weeks("60")
