"""People's values in a cell are understood, or they are told why not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from kommissorium.core.documents.sheets import CellRefused, as_day, as_number, as_yes_no

DAY = date(2026, 11, 25)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    "value",
    [
        DAY,
        datetime(2026, 11, 25, 8, 0),  # noqa: DTZ001 - Excel knows no zone
        datetime(2026, 11, 24, 23, 30, tzinfo=UTC),
        46351,
        46351.75,
        "46351",
        "25.11.2026",
        "25-11-2026",
        "25/11/2026",
        "25. 11. 2026",
        " 25 11 2026 ",
        "2026-11-25",
        "2026-11-25 13:45:00",
        "2026-11-24T23:30:00Z",
        "2026-11-25T13:45",
        "25-11-2026 13.45",
        "25.11.2026 kl. 13.45",
        "25. november 2026",
        "25. nov. 2026",
        "25 November 2026",
        "25-nov-2026",
    ],
)
def test_a_day_is_understood_as_it_is_written(value: object) -> None:
    assert as_day(value) == DAY


@pytest.mark.parametrize("month", ["maj", "may", "Maj"])
def test_months_are_known_in_danish_and_english(month: str) -> None:
    assert as_day(f"1. {month} 2026") == date(2026, 5, 1)


@pytest.mark.parametrize(
    "value",
    ["", None, "i går", "31-02-2026", "11/25/2026", 2026, "2026", 0, -1, 1e300, "25-11-20266",
     "1. ma 2026", "25. brumaire 2026", "99999", float("nan")],
)  # fmt: skip
def test_what_is_no_day_is_refused(value: object) -> None:
    with pytest.raises(CellRefused, match="is not a date"):
        as_day(value)


@pytest.mark.parametrize(
    "value", ["30/6/27", "30-6-27", "30.06.27", "30-6-2027", "30. juni 2027", "30. jun 27"]
)
def test_a_year_of_two_digits_is_of_this_century(value: str) -> None:
    assert as_day(value) == date(2027, 6, 30)


@pytest.mark.parametrize(
    "value", ["31/6/27", "29-2-27", "30/13/27", "0/6/27", "30/6/127", "30/6/7"]
)
def test_a_day_that_no_month_has_is_refused_with_a_short_year_too(value: str) -> None:
    with pytest.raises(CellRefused, match="is not a date"):
        as_day(value)


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (3, 3),
        (3.0, 3),
        (2.5, 2.5),
        ("12", 12),
        ("-12", -12),
        ("−12", -12),
        ("1.234", 1234),
        ("1,234", 1.234),
        ("1.234,50", 1234.5),
        ("1,234.50", 1234.5),
        ("1.234.567", 1_234_567),
        ("1,234,567", 1_234_567),
        ("1 234,5", 1234.5),
        ("1\xa0234", 1234),
        ("12.5", 12.5),
        ("0,5", 0.5),
        ("1.500 kr.", 1500),
        ("kr. 1.500", 1500),
        ("1500,-", 1500),
        ("DKK 12", 12),
    ],
)
def test_a_number_is_understood_as_it_is_written(value: object, number: float) -> None:
    assert as_number(value) == number
    assert type(as_number(value)) is type(number)


@pytest.mark.parametrize(
    "value", ["", None, "ni", "1.2.3", "12.34.567", "1e5", "--1", "9" * 16, DAY, "kr.", "٣½"]
)
def test_what_is_no_number_is_refused(value: object) -> None:
    with pytest.raises(CellRefused, match="is not a number"):
        as_number(value)


@pytest.mark.parametrize("value", ["Ja", "JA.", "yes", "x", 1, "sand", "TRUE", "✓"])
def test_yes_is_understood(value: object) -> None:
    assert as_yes_no(value) is True


@pytest.mark.parametrize("value", ["Nej", "no", 0, "falsk", "FALSE", "-"])
def test_no_is_understood(value: object) -> None:
    assert as_yes_no(value) is False


@pytest.mark.parametrize("value", ["", None, "måske", 2, "ved ikke"])
def test_what_is_neither_yes_nor_no_is_refused(value: object) -> None:
    with pytest.raises(CellRefused, match="neither yes nor no"):
        as_yes_no(value)


@given(st.text(max_size=30) | st.floats() | st.integers())
def test_whatever_stands_in_a_cell_is_understood_or_refused(value: object) -> None:
    for understand in (as_day, as_number, as_yes_no):
        try:
            understand(value)
        except CellRefused as refused:
            assert str(refused).endswith(".")


@given(st.dates(date(1950, 1, 2), date(2199, 12, 31)))
def test_every_day_is_understood_in_every_manner(day: date) -> None:
    written = [
        f"{day:%d-%m-%Y}",
        f"{day:%d.%m.%Y}",
        day.isoformat(),
        f"{day.day}/{day.month}/{day.year}",
    ]
    assert {as_day(text) for text in written} == {day}


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_day_of_this_century_is_understood_with_a_short_year(day: date) -> None:
    written = [f"{day:%d-%m-%y}", f"{day.day}/{day.month}/{day:%y}", f"{day:%d.%m.%y}"]
    assert {as_day(text) for text in written} == {day}
