"""Rows for this room's list: as many as asked for, different in every field."""

from __future__ import annotations

from kommissorium.assets.actions.areas import add_area
from kommissorium.assets.models import Area
from kommissorium.awareness.kind import KIND
from kommissorium.awareness.models import AwarenessPlan
from kommissorium.awareness.tests.cases import approved, figures, named, values_of
from kommissorium.conftest import Cast
from kommissorium.registers.actions.activities import plan_activity
from kommissorium.registers.tests.activity_cases import hold, soon

SORTS = ("campaign", "course", "phishing")
AUDIENCES = ("employees", "leaders", "executive")


def make_rows(cast: Cast, numbers: range) -> None:
    """Add activities of these numbers to the plan in force; the system owner has most."""
    plan = AwarenessPlan.objects.filter(state="approved").first() or approved(cast)
    for number in numbers:
        area = Area.objects.filter(name=f"Område {number % 4}").first()
        area = area or add_area(by=cast.coordinator, name=f"Område {number % 4}")
        values = values_of(
            cast,
            title=f"Ærø <{number:03}>",
            sort=SORTS[number % 3],
            audience=AUDIENCES[number % 3],
            area=area if number % 5 else None,
            planned_for=soon(number % 9),
            responsible=cast.system_owner if number % 10 else cast.member,
            criterion=f"Fordi {number} er flere. " * 10,
        )
        made = plan_activity(KIND, plan, by=cast.coordinator, values=values)
        if number % 3:
            found = named(plan, made.title)
            figures(cast, found, 40 + number, reported=number % 7, clicked=number % 5)
            outcome = ("met", "partly", "not_met")[number % 3]
            hold(KIND, found, cast.coordinator, outcome=outcome, conclusion=f"Nr. {number} gik.")
