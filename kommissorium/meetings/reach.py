"""How far a committee's calendar reaches, against what its mandate demands (K2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Clause, Committee
from kommissorium.meetings.models import horizon
from kommissorium.meetings.planning import horizon_warning

HORIZON_MONTHS = 6
MOST_COMMITTEES = 3


@dataclass(frozen=True)
class Reach:
    """The last day that has time and place, and what to say when that is too near."""

    committee: Committee
    until: date | None
    months: int
    warning: str
    may_plan: bool


def reaches(person: Person) -> list[Reach]:
    """Return how far the calendars of the first three committees a person follows reach."""
    today = timezone.localdate()
    prepared = set(Committee.objects.prepared_by(person).values_list("pk", flat=True))
    found = []
    for committee in Committee.objects.visible_to(person)[:MOST_COMMITTEES]:
        until = horizon(committee, today)
        months = demanded_months(committee, today)
        warning = horizon_warning(until, months, today)
        found.append(Reach(committee, until, months, warning, committee.pk in prepared))
    return found


def demanded_months(committee: Committee, on: date) -> int:
    """Return how many months ahead the mandate in force wants the calendar; 6 if silent."""
    clause = Clause.objects.in_force(committee, on).filter(measure="calendar_horizon").first()
    return (clause.horizon_months if clause else None) or HORIZON_MONTHS
