"""Awkward days are pointed out with the nearest clear one, and nothing is moved by itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from kommissorium.committees.models import Committee
from kommissorium.conftest import Cast
from kommissorium.meetings.year_plan import obstacle, weeks
from kommissorium.yearwheel.due_days import hint_for, months_in_words, nearest_clear
from kommissorium.yearwheel.models import Duty
from kommissorium.yearwheel.tests.conftest import Add, day

Browser = Callable[[str], Client]
AVOIDED = weeks("7-8, 28-32, 42")


@pytest.mark.parametrize(
    ("awkward", "clear"),
    [
        (date(2027, 7, 14), date(2027, 7, 9)),  # in the middle of weeks 28 to 32
        (date(2027, 8, 13), date(2027, 8, 16)),
        (date(2027, 12, 25), date(2027, 12, 23)),
        (date(2027, 3, 26), date(2027, 3, 24)),  # Good Friday
        (date(2027, 1, 31), date(2027, 2, 1)),  # a Sunday
        (date(2027, 1, 30), date(2027, 1, 29)),  # a Saturday
    ],
)
def test_an_awkward_day_has_a_clear_one_near(awkward: date, clear: date) -> None:
    committee = Committee(avoided_weeks="7-8, 28-32, 42")
    hint = hint_for(awkward, committee)
    assert hint is not None
    assert (bool(hint.text), hint.clear) == (True, clear)


def test_a_clear_day_has_no_hint_and_odd_weeks_break_nothing() -> None:
    assert hint_for(date(2027, 3, 1), Committee(avoided_weeks="28-32")) is None
    assert hint_for(date(2027, 7, 14), Committee(avoided_weeks="rod, 99")) is None
    assert hint_for(date(2027, 7, 14), Committee(avoided_weeks="")) is None
    assert nearest_clear(date.max, frozenset(range(1, 54))) is None


@given(st.dates(date(2026, 1, 1), date(2056, 12, 31)))
def test_the_day_that_is_proposed_is_clear_and_none_nearer_is(wish: date) -> None:
    found = nearest_clear(wish, AVOIDED)
    assert found is not None
    assert not obstacle(found, AVOIDED)
    distance = abs(found - wish)
    between = [
        date.fromordinal(n)
        for n in range(wish.toordinal() - distance.days + 1, wish.toordinal() + distance.days)
    ]
    assert all(obstacle(one, AVOIDED) for one in between if one != wish)


def test_the_hint_stands_on_the_page_and_the_day_stays(
    cast: Cast, add: Add, client_of: Browser
) -> None:
    due = date(day(0).year + 1, 12, 25)
    occurrence = add(due=due).occurrences.get()
    page = client_of("head_of_it").get(occurrence.get_absolute_url())
    assert page.context["hint"].clear is not None
    url = reverse("occurrence_move", args=[occurrence.pk])
    form = client_of("head_of_it").get(url).context["form"]
    assert form.initial["to"] == page.context["hint"].clear
    occurrence.refresh_from_db()
    assert occurrence.due == due
    assert Duty.objects.count() == 1


@pytest.mark.parametrize(
    ("months", "words"),
    [
        (1, "every month"),
        (3, "every 3 months"),
        (12, "once a year"),
        (18, "every 18 months"),
        (24, "every 2 years"),
    ],
)
def test_how_often_is_said_in_words(months: int, words: str) -> None:
    with translation.override("en"):
        assert months_in_words(months) == words
