"""Findings put together of several, and figures by day as evidence."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kommissorium.measures.days import year_before
from kommissorium.measures.findings import (
    Evidence,
    Noted,
    State,
    Step,
    combined,
    due_soon,
    fulfilled,
    not_fulfilled,
    unmeasured,
)
from kommissorium.measures.past import DayFigures, PastFigures

DAY = timedelta(days=1)
FIRST, LAST = date(2026, 3, 1), date(2026, 3, 10)
NOTED = Noted(7, FIRST, "a" * 64)


def figures() -> PastFigures[str]:
    kept = [DayFigures(FIRST + 4 * DAY, "fem", NOTED), DayFigures(FIRST, "et", NOTED)]
    return PastFigures.until_today(kept, DayFigures(LAST, "i dag", None))


def evidence(on: date) -> list[Evidence]:
    return figures().evidence(on, link="/side/", kind="room.figures", now="Nu", then="Den %(day)s")


def test_the_worst_of_the_parts_decides_and_the_first_of_them_says_what_to_do():
    one, other = Step("Et", "/1/"), Step("To", "/2/")
    parts = [
        due_soon("Snart.", Evidence("a", "/a/")),
        not_fulfilled("Nej.", Evidence("b", "/b/"), step=one),
        fulfilled(""),
        not_fulfilled("Heller ikke.", step=other),
    ]
    whole = combined(parts)
    assert (whole.state, whole.step) == (State.NOT_FULFILLED, one)
    assert str(whole.sentence) == "Snart. Nej. Heller ikke."
    assert [evidence.label for evidence in whole.evidence] == ["a", "b"]


def test_what_cannot_be_measured_in_part_is_not_called_fulfilled():
    assert combined([fulfilled("Ja."), unmeasured("Ved ikke.")]).state == State.UNMEASURED
    assert combined([fulfilled("Ja."), fulfilled("Ja.")]).state == State.FULFILLED


@pytest.mark.parametrize(
    ("days", "numbers"),
    [(0, "et"), (2, "et"), (3, None), (4, "fem"), (6, "fem"), (8, None), (9, "i dag"), (99, None)],
)
def test_a_day_has_the_figures_known_when_it_ended(days, numbers):
    found = figures().on(FIRST + days * DAY)
    assert (found.numbers if found else None) == numbers


def test_before_the_first_figures_there_are_none():
    assert figures().on(FIRST - DAY) is None
    assert evidence(FIRST - DAY) == []


def test_a_past_day_has_its_event_as_evidence_and_today_the_newest_event_too():
    [then] = evidence(FIRST + DAY)
    assert (then.event, then.fingerprint, then.on) == (7, "a" * 64, FIRST)
    assert (then.link, then.reference) == ("/side/?on=2026-03-01", "room.figures 2026-03-01")
    now, newest = evidence(LAST)
    assert (now.label, now.link, now.event) == ("Nu", "/side/", None)
    assert newest.on == FIRST + 4 * DAY


def test_today_is_counted_even_where_its_figures_are_kept_already():
    kept = [DayFigures(LAST, "om morgenen", NOTED)]
    found = PastFigures.until_today(kept, DayFigures(LAST, "nu", None)).on(LAST)
    assert found is not None
    assert found.numbers == "nu"


@pytest.mark.parametrize(
    ("on", "first"),
    [
        (date(2024, 2, 28), date(2023, 3, 1)),
        (date(2024, 2, 29), date(2023, 3, 1)),
        (date(2025, 2, 28), date(2024, 3, 1)),
        (date(2024, 12, 31), date(2024, 1, 1)),
        (date(2026, 11, 25), date(2025, 11, 26)),
    ],
)
def test_twelve_months_are_a_year_in_leap_years_too(on, first):
    assert year_before(on) == first
