"""The story makes sense whatever day it is told on; nothing is built for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.utils import timezone

from kommissorium.demo.almanac import FIFTEEN_MONTHS, THREE_YEARS, Almanac, Span
from kommissorium.demo.building import tell
from kommissorium.demo.sitting import SECURITY, Sitting
from kommissorium.demo.story import EVENINGS, Told, Town
from kommissorium.measures.periods import Quarter

LEAP_YEAR = 2028
EVERY = 4  # days between two on which the long story is told, too
STEPS = ("call", "open", "hold", "close", "send", "approve")  # of each meeting
BROUGHT = ("bring", "put")


@pytest.mark.parametrize("month", range(1, 13))
def test_on_each_day_of_a_year_deeds_come_when_they_can_be_done(month: int) -> None:
    day, faults = date(LEAP_YEAR, month, 1), []
    while day.month == month:
        stories = (
            [FIFTEEN_MONTHS, THREE_YEARS] if day.toordinal() % EVERY == 0 else [FIFTEEN_MONTHS]
        )
        faults += [fault for span in stories for fault in faults_on(day, span)]
        day += timedelta(days=1)
    assert faults == []


def faults_on(today: date, span: Span) -> list[str]:
    town = tell(Almanac(today, span))
    order = [one for one in town.in_order(lambda _day: None) if one.chapter != EVENINGS]
    places = {(told.deed.func.__name__.strip("_"), *_key(told)): n for n, told in enumerate(order)}
    faults = [
        *_of_days(town, order),
        *_of_meetings(town, places),
        *_of_brought(town, order, places),
    ]
    return [f"{today}, {span.months} months: {fault}" for fault in faults]


def _key(told: Told) -> tuple[str, int] | tuple[()]:
    """Return the meeting that a deed is about."""
    for one in told.deed.args:
        if isinstance(one, Sitting):
            return one.key, one.ago
    return ()


def _of_days(town: Town, order: list[Told]) -> Iterator[str]:
    for told in order:
        day = timezone.localdate(told.moment)
        if not town.almanac.start <= day < town.almanac.today:
            yield f"{told} lies outside the story"
        if "duties.revise" in str(told) and day < _revised(town):
            yield f"{told} comes before the mandate is in force"
        for quarter in told.deed.args:
            if isinstance(quarter, Quarter) and not quarter.has_ended(day):
                yield f"{told} comes before the quarter has ended"


def _revised(town: Town) -> date:
    """Return the first day of the second mandate."""
    days = town.almanac
    return days.month_after(days.meeting_day(5) + timedelta(days=15))


def _of_meetings(town: Town, places: dict[tuple[object, ...], int]) -> Iterator[str]:
    for ago in range(1, town.almanac.span.first + 1):
        there = [(step, places[step, SECURITY, ago]) for step in STEPS]
        for (step, place), (following, later) in pairwise(there):
            if place >= later:
                yield f"meeting {ago}: {following} comes before {step}"


def _of_brought(
    town: Town, order: list[Told], places: dict[tuple[object, ...], int]
) -> Iterator[str]:
    for place, told in enumerate(order):
        ago = next((one for one in told.deed.args if isinstance(one, int)), 0)
        is_brought = told.deed.func.__name__.strip("_") in BROUGHT
        if is_brought and ago and place > places["open", SECURITY, ago]:
            yield f"{told} is brought to a meeting that was held"
