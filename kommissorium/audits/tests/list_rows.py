"""Rows for this room's list: as many as asked for, different in every field."""

from __future__ import annotations

from kommissorium.assets.actions.areas import add_area
from kommissorium.assets.models import Area
from kommissorium.audits.kind import KIND
from kommissorium.audits.models import AuditPlan
from kommissorium.audits.tests.cases import approved, closed, find, named, values_of
from kommissorium.conftest import Cast
from kommissorium.registers.actions.activities import plan_activity
from kommissorium.registers.tests.activity_cases import hold, soon


def make_rows(cast: Cast, numbers: range) -> None:
    """Add audits of these numbers to the plan in force; the system owner answers for most."""
    plan = AuditPlan.objects.filter(state="approved").first() or approved(cast)
    for number in numbers:
        area = Area.objects.filter(name=f"Område {number % 4}").first()
        area = area or add_area(by=cast.coordinator, name=f"Område {number % 4}")
        values = values_of(
            cast,
            title=f"Ærø <{number:03}>",
            area=area if number % 5 else None,
            auditor=cast.auditor if number % 3 else cast.employee,
            planned_for=soon(number % 9),
            responsible=cast.system_owner if number % 10 else cast.member,
            criterion=f"Fordi {number} er flere. " * 10,
        )
        made = plan_activity(KIND, plan, by=cast.coordinator, values=values)
        if number % 3:
            found = named(plan, made.title)
            notes = [find(cast, found, text=f"Fund {n}") for n in range(number % 4)]
            if notes:
                closed(cast, notes[0])
            outcome = ("met", "partly", "not_met")[number % 3]
            hold(KIND, found, cast.coordinator, outcome=outcome, conclusion=f"Nr. {number} gik.")
