"""Duties to try things on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from kommissorium.conftest import Cast
from kommissorium.measures.codes import Measure
from kommissorium.yearwheel.actions import (
    CadenceValues,
    DutyValues,
    RegisterDuty,
    add_duty,
    keep_due,
)
from kommissorium.yearwheel.models import Duty, Occurrence

Add = Callable[..., Duty]
Keep = Callable[..., Any]

OF_REGISTER = RegisterDuty(
    key="asset_documents",
    title="Review the documents",
    method="Read each document and see whether it still holds.",
    success="Every document is current.",
    evidence_wanted="The new document",
    measure=Measure.OWNER_DOCUMENTATION,
)


@pytest.fixture(autouse=True)
def always_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no due day be moved: these tests count from today, whatever day that is."""
    for module in ("due_days", "duty_proposals"):
        name = f"kommissorium.yearwheel.{module}.working_day"
        monkeypatch.setattr(name, lambda nominal, avoided: nominal)


def day(days: int) -> date:
    """Return the day so many days from today."""
    return timezone.localdate() + timedelta(days=days)


@pytest.fixture
def add(cast: Cast) -> Add:
    """Put a yearly duty of the head of IT on the wheel; any value can be another."""

    def added(**values: Any) -> Duty:
        cadence = CadenceValues(
            values.pop("rhythm", "interval"),
            values.pop("months", 12),
            values.pop("due", day(20)),
        )
        committee = values.pop("committee", cast.committee)
        by = values.pop("by", cast.coordinator)
        values.setdefault("title", "Kontrol af brugerrettigheder")
        if "responsible_seat" not in values:
            values.setdefault("responsible_person", cast.head_of_it)
        return add_duty(committee, by=by, values=DutyValues(**values), cadence=cadence)

    return added


@pytest.fixture
def duty(add: Add) -> Duty:
    return add()


@pytest.fixture
def occurrence(duty: Duty) -> Occurrence:
    """Its one open occurrence, due in twenty days."""
    return duty.occurrences.get()


@pytest.fixture
def keep(cast: Cast) -> Keep:
    """Let a register put something on the wheel, due in twenty days; any value can be another."""

    def kept(**values: Any) -> Occurrence | None:
        given: dict[str, Any] = {
            "source": "assets.asset:7:review",
            "link": "/assets/7/",
            "due": day(20),
            "occasion": "Sagshotellet",
            "delegate": None,
            "by": cast.coordinator,
            **values,
        }
        return keep_due(OF_REGISTER, given.pop("committee", cast.committee), **given)

    return kept


def again(duty: Duty) -> Duty:
    """Fetch a duty anew."""
    return Duty.objects.get(pk=duty.pk)
