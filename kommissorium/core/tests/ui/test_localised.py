from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from django.utils import translation

from kommissorium.core.ui.localised import clock, day, kroner, moment, number

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def danish():
    with translation.override("da"):
        yield


def test_a_moment_is_told_in_local_time():
    assert moment(NOON) == "25. november 2026 kl. 13.00"


def test_summer_is_an_hour_further():
    assert moment(datetime(2026, 7, 1, 12, 0, tzinfo=UTC)) == "1. juli 2026 kl. 14.00"


def test_a_day_near_midnight_is_the_local_one():
    assert day(datetime(2026, 12, 31, 23, 30, tzinfo=UTC)) == "1. januar 2027"


def test_a_date_is_told_as_it_is():
    assert day(date(2026, 11, 25)) == "25. november 2026"


@pytest.mark.parametrize("value", [time(13, 0), NOON])
def test_a_clock_ends_with_danish_figures(value):
    assert clock(value).endswith("13.00")


def test_a_clock_in_english_is_figures_alone():
    with translation.override("en"):
        assert clock(time(13, 0)) == "13:00"


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (1_250_000, "1.250.000 kr."),
        (0, "0 kr."),
        (Decimal("99.50"), "99,50 kr."),
        (Decimal("100.00"), "100 kr."),
        (-4500, "-4.500 kr."),
    ],
)
def test_an_amount_shows_oere_only_where_there_are_some(amount, words):
    assert kroner(amount) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Decimal("0.00"), "0"),
        (Decimal("62.50"), "62,5"),
        (Decimal("1250.00"), "1.250"),
        (99.99, "99,99"),
        ("-3.10", "-3,1"),
    ],
)
def test_a_number_has_the_decimals_it_needs(value: float, words: str) -> None:
    assert number(value) == words


@pytest.mark.parametrize("word", [clock, day, moment, kroner, number])
def test_nothing_is_told_of_nothing(word):
    assert word(None) == ""
