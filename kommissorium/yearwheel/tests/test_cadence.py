"""The dates of a cadence are exact, over thirty years and however far one looks."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommissorium.yearwheel.cadence import (
    CadenceStep,
    due_dates,
    following,
    next_after,
    nominal,
    planned,
    stretches,
)

FIRST, LAST = date(2020, 1, 1), date(2050, 12, 31)
ONE_DAY = timedelta(days=1)
days = st.dates(FIRST, LAST)
months = st.integers(1, 120)
steps = st.lists(st.builds(CadenceStep, days, months, days), min_size=1, max_size=5)


def index(day: date) -> int:
    return day.year * 12 + day.month


@given(days, months)
def test_thirty_years_hold_one_date_a_period_and_lose_none(anchor: date, interval: int) -> None:
    found = list(due_dates(anchor, interval, anchor, LAST))
    assert found[0] == anchor
    assert [index(day) - index(anchor) for day in found] == [
        number * interval for number in range(len(found))
    ]
    assert index(LAST) - index(found[-1]) <= interval


@given(days, months)
def test_a_day_the_month_lacks_is_its_last_and_the_anchors_day_comes_back(
    anchor: date, interval: int
) -> None:
    for day in due_dates(anchor, interval, anchor, LAST):
        length = monthrange(day.year, day.month)[1]
        assert day.day == min(anchor.day, length)


@given(days, months, days, days)
def test_a_window_is_cut_out_of_the_whole(
    anchor: date, interval: int, one: date, other: date
) -> None:
    first, last = sorted((one, other))
    whole = list(due_dates(anchor, interval, anchor, LAST))
    assert list(due_dates(anchor, interval, first, last)) == [
        day for day in whole if first <= day <= last
    ]


@given(days, months)
def test_going_from_one_to_the_next_walks_the_same_dates(anchor: date, interval: int) -> None:
    walked, day = [], anchor - ONE_DAY
    while (after := next_after(anchor, interval, day)) is not None and after <= LAST:
        walked.append(after)
        day = after
    assert walked == list(due_dates(anchor, interval, anchor, LAST))


def test_the_leap_day_returns_every_fourth_year() -> None:
    found = list(due_dates(date(2024, 2, 29), 12, date(2024, 1, 1), date(2032, 12, 31)))
    assert [(day.year, day.day) for day in found] == [
        (2024, 29),
        (2025, 28),
        (2026, 28),
        (2027, 28),
        (2028, 29),
        (2029, 28),
        (2030, 28),
        (2031, 28),
        (2032, 29),
    ]
    monthly = list(due_dates(date(2028, 1, 31), 1, date(2028, 1, 31), date(2028, 5, 31)))
    assert [day.day for day in monthly] == [31, 29, 31, 30, 31]


@given(steps, days, days)
def test_steps_share_out_the_days_without_overlap(
    made: list[CadenceStep], one: date, other: date
) -> None:
    ruled = stretches(made)
    for before, after in pairwise(ruled):
        assert before.last + ONE_DAY == after.first
    assert ruled[-1].last == date.max
    first, last = sorted((one, other))
    found = list(planned(made, first, last))
    assert found == sorted(set(found))
    assert all(first <= day <= last for day in found)


@given(steps, st.builds(CadenceStep, days, months, days))
def test_a_change_never_rewrites_what_was_due_before_it(
    made: list[CadenceStep], change: CadenceStep
) -> None:
    eve = change.applies_from - ONE_DAY
    assert list(planned([*made, change], FIRST, eve)) == list(planned(made, FIRST, eve))


@given(steps, st.builds(CadenceStep, days, months, days))
def test_from_its_day_on_the_change_alone_rules(
    made: list[CadenceStep], change: CadenceStep
) -> None:
    since = change.applies_from
    expected = list(due_dates(change.anchor or since, change.interval, since, LAST))
    assert list(planned([*made, change], since, LAST)) == expected


@given(steps, days, st.integers(1, 20))
def test_the_wheel_does_not_run_out(made: list[CadenceStep], after: date, number: int) -> None:
    found = following(made, after, number)
    assert len(found) == number
    assert all(day > after for day in found)


def test_it_ends_with_the_calendar_and_not_before() -> None:
    assert nominal(date(9999, 12, 31), 1, 1) is None
    assert next_after(date(2026, 12, 31), 12, date(9998, 12, 31)) == date(9999, 12, 31)
    assert next_after(date(2026, 12, 31), 12, date.max) is None
    assert list(due_dates(date(2026, 1, 31), 6, date(9999, 1, 1), date.max)) == [
        date(9999, 1, 31),
        date(9999, 7, 31),
    ]
    assert following([CadenceStep(FIRST, 12, FIRST)], date.max, 3) == []


def test_once_is_one_date_and_no_anchor_gives_none() -> None:
    assert list(planned([CadenceStep(FIRST, 0, date(2026, 5, 1))], FIRST, LAST)) == [
        date(2026, 5, 1)
    ]
    assert list(planned([CadenceStep(FIRST, 0, None)], FIRST, LAST)) == []
    assert list(planned([], FIRST, LAST)) == []


@pytest.mark.parametrize("interval", [0, -3])
def test_no_interval_is_no_cadence(interval: int) -> None:
    with pytest.raises(ValueError, match="at least one month"):
        nominal(FIRST, interval, 2)
    with pytest.raises(ValueError, match="at least one month"):
        list(due_dates(FIRST, interval, FIRST, LAST))
