"""Duties done in time, as an objective can be held against."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from kommissorium.conftest import Cast, time_is
from kommissorium.registers.counts import WHEEL, count_duties
from kommissorium.yearwheel.actions import CadenceValues, DutyValues, add_duty, finish, move, skip
from kommissorium.yearwheel.models import Occurrence

TODAY = timezone.localdate()
Add = Callable[..., Occurrence]


@pytest.fixture(autouse=True)
def always_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let offices be open every day."""
    monkeypatch.setattr("kommissorium.yearwheel.due_days.obstacle", lambda day, avoided: "")


@pytest.fixture
def due_in_ten(cast: Cast) -> Add:
    def added(title: str) -> Occurrence:
        duty = add_duty(
            cast.committee,
            by=cast.coordinator,
            values=DutyValues(title=title, responsible_person=cast.head_of_it),
            cadence=CadenceValues("once", 12, TODAY + timedelta(days=10)),
        )
        return Occurrence.objects.select_related("duty").get(duty=duty)

    return added


def counted(days: int) -> dict[str, int]:
    return dict(count_duties(TODAY + timedelta(days=days)))


def test_done_by_its_day_is_in_time_and_all_else_is_not(cast: Cast, due_in_ten: Add) -> None:
    early, late, waits, dropped = map(due_in_ten, ("Til tiden", "For sent", "Venter", "Udgået"))
    assert counted(0) == {"fell_due": 0, "in_time": 0}
    finish(early, by=cast.head_of_it, result="done")
    skip(dropped, by=cast.head_of_it, because="Det er afskaffet.")
    with time_is(timezone.localtime() + timedelta(days=12)):
        finish(late, by=cast.head_of_it, result="done")
    assert waits.is_open
    assert counted(10) == {"fell_due": 0, "in_time": 0}, "the day is not over"
    assert counted(20) == {"fell_due": 3, "in_time": 1}
    assert WHEEL["in_time"].read(counted(20)) == Decimal("33.33")
    assert counted(400) == {"fell_due": 0, "in_time": 0}


def test_another_day_makes_nothing_good_that_was_late(cast: Cast, due_in_ten: Add) -> None:
    before, after = due_in_ten("Flyttet før"), due_in_ten("Flyttet efter")
    words = {"to": TODAY + timedelta(days=15), "because": "Der er ferie."}
    move(before, by=cast.head_of_it, **words)
    with time_is(timezone.localtime() + timedelta(days=13)):
        move(after, by=cast.head_of_it, **words)
        for one in (before, after):
            finish(one, by=cast.head_of_it, result="done")
    assert counted(20) == {"fell_due": 2, "in_time": 1}
