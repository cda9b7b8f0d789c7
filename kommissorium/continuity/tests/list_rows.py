"""Rows for this room's lists: as many as asked for, different in every field."""

from __future__ import annotations

from kommissorium.assets.actions.areas import add_area
from kommissorium.assets.models import Area
from kommissorium.conftest import Cast
from kommissorium.continuity.kind import KIND
from kommissorium.continuity.models import ContinuityTestPlan, Service
from kommissorium.continuity.tests.cases import (
    approved,
    approved_plans,
    hold,
    service,
    system,
    values_of,
)
from kommissorium.registers.actions.activities import plan_activity
from kommissorium.registers.tests.activity_cases import soon

CRITICALITY = ("", "society", "business", "none")
SORTS = ("desk", "restore", "crisis", "alarm")


def make_rows(cast: Cast, numbers: range) -> None:
    """Add services and tests of these numbers; the system owner answers for most."""
    plan = ContinuityTestPlan.objects.filter(state="approved").first() or approved(cast)
    for number in numbers:
        owner = cast.system_owner if number % 10 else cast.member
        made = _service(cast, number, owner)
        if number % 3 == 0 and made.is_assessed:
            approved_plans(cast, made, no_recovery="", recovery="" if number % 2 else "A; B; C")
        values = values_of(
            cast,
            title=f"Ærø <{number:03}>",
            sort=SORTS[number % 4],
            notice="unannounced" if number % 2 else "announced",
            service=made if number % 3 == 0 else None,
            scenario=f"Nummer {number} er nede. " * 10,
            participants=f"Hold {number}",
            planned_for=soon(number % 9),
            responsible=owner,
            criterion=f"Fordi {number} er flere.",
        )
        test = plan_activity(KIND, plan, by=cast.coordinator, values=values)
        if number % 3:
            outcome = ("met", "partly", "not_met")[number % 3]
            hours = {"actual_rto": number % 7, "actual_rpo": number % 5}
            hold(test, cast.coordinator, outcome=outcome, conclusion=f"Nr. {number}.", **hours)  # type: ignore[arg-type]


def _service(cast: Cast, number: int, owner: object) -> Service:
    name = f"Område {number % 4}"
    area = Area.objects.filter(name=name).first() or add_area(by=cast.coordinator, name=name)
    return service(
        cast,
        title=f"Ærø <{number:03}>",
        criticality=CRITICALITY[number % 4],
        mtd=number % 30 + 1 if number % 5 else None,
        impact=f"Fordi {number}. " * 10,
        area=area if number % 5 else None,
        responsible=owner,
        systems=[system(cast, f"System {number % 6}", rto=number % 6 or None)],
    )
