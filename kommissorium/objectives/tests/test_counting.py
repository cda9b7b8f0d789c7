"""Objectives counted by a register measure themselves: in the evening, on change or when due."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.urls import reverse
from django.utils import timezone

from kommissorium.assets.actions.assets import add_asset, end_asset
from kommissorium.conftest import Cast, time_is
from kommissorium.core.evidence.models import Event
from kommissorium.objectives.models import Measurement, Objective
from kommissorium.objectives.status import Progress, statuses_on
from kommissorium.objectives.tests.cases import approved, only
from kommissorium.registers.actions.kept import keep_due_figures

TODAY = timezone.localdate()
COUNTED = {
    "indicator": "assets:without_owner",
    "direction": "at_most",
    "target": Decimal(0),
    "due": TODAY + timedelta(days=900),
}


def evening(days: int, hour: int = 22) -> int:
    """Let the job of the evening run so many days from now."""
    at = datetime.combine(timezone.localdate() + timedelta(days=days), time(hour, 30))
    with time_is(timezone.make_aware(at)):
        return keep_due_figures("objectives")


def values(one: Objective) -> list[int]:
    return [int(found.value) for found in one.measurements.order_by("day", "pk")]


def progress(one: Objective, days: int) -> Progress:
    day: date = timezone.localdate() + timedelta(days=days)
    return next(found.progress for found in statuses_on(day) if found.objective.pk == one.pk)


def test_a_counted_objective_turns_by_itself_both_ways(cast: Cast) -> None:
    one = only(approved(cast, COUNTED))
    assert progress(one, 0) == Progress.LATE
    evening(1)
    assert values(one) == [0] and progress(one, 1) == Progress.REACHED
    asset = add_asset(by=cast.coordinator, kind="system", values={"name": "Løn"})
    evening(2)
    assert values(one) == [0, 1] and progress(one, 2) == Progress.UNDER_WAY
    end_asset(asset, by=cast.coordinator, because="Den er væk.")
    evening(3)
    assert values(one) == [0, 1, 0] and progress(one, 3) == Progress.REACHED


def test_it_is_noted_when_it_changed_or_is_due_and_only_in_the_evening(cast: Cast) -> None:
    one = only(approved(cast, COUNTED))
    evening(1, hour=12)
    assert values(one) == []
    for days in (1, 1, 2, 30, 60):
        evening(days)
    assert values(one) == [0], "nothing changed, and it is measured every three months"
    for days in (88, 89, 90, 91):
        evening(days)
    assert values(one) == [0, 0], "once again before it is late, though the server stood still"
    assert progress(one, 91) == Progress.REACHED


def test_what_is_measured_by_hand_is_left_alone_and_nothing_to_count_is_no_value(
    cast: Cast,
) -> None:
    found = approved(cast, {}, {**COUNTED, "indicator": "incidents:breaches_in_time"})
    evening(1)
    assert not Measurement.objects.filter(objective__set=found).exists()


def test_the_chain_tells_that_the_program_counted_it_and_what(cast: Cast, client_of) -> None:
    one = only(approved(cast, COUNTED))
    evening(1)
    made = one.measurements.get()
    assert made.made_by is None
    event = Event.objects.get(act="objectives.counted")
    assert event.actor == "system" and "assets:without_owner" in event.facts
    shown = client_of("auditor").get(one.get_absolute_url()).content.decode()
    assert "Programmet" in shown and "ingen ejer" in shown
    history = reverse("proposal_history", args=["objectives", one.set_id])
    assert "Programmet talte" in client_of("auditor").get(history).content.decode()


def test_a_set_that_no_longer_holds_is_counted_no_more(cast: Cast) -> None:
    one = only(approved(cast, COUNTED))
    one.set.in_force_to = TODAY
    one.set.save()
    evening(1)
    assert values(one) == []
