"""How far a committee's calendar reaches, against what its mandate demands (K2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Clause, Committee, Mandate
from kommissorium.meetings.models import Meeting
from kommissorium.meetings.planning import horizon_warning

HORIZON_MONTHS = 6


@dataclass(frozen=True)
class Reach:
    """The last day that has time and place, and what to say when that is too near."""

    committee: Committee
    until: date | None
    months: int
    warning: str
    may_plan: bool


def reaches(person: Person, on: date | None = None) -> list[Reach]:
    """Return how far the calendars of the committees a person follows reach; one query."""
    on = on or timezone.localdate()
    visible: Any = Committee.objects.visible_to(person)
    prepared = Committee.objects.prepared_by(person).filter(pk=OuterRef("pk"))
    rows = visible.annotate(
        may_plan=Exists(prepared),
        last_start=Subquery(_last_start(on)),
        demanded=Subquery(_demanded(on)),
    )
    return [_reach(row, on) for row in rows]


def _reach(row: Any, on: date) -> Reach:
    until = timezone.localdate(row.last_start) if row.last_start else None
    months = row.demanded or HORIZON_MONTHS
    warning = horizon_warning(until, months, on)
    return Reach(row, until, months, warning, row.may_plan)


def _last_start(on: date) -> Any:
    morning = timezone.make_aware(datetime.combine(on, time.min))
    placed = Meeting.objects.filter(committee=OuterRef("pk"), starts_at__gte=morning)
    kept = placed.exclude(state=Meeting.State.CANCELLED).exclude(place="", link="")
    return kept.order_by("-starts_at").values("starts_at")[:1]


def _demanded(on: date) -> Any:
    begun = Mandate.objects.approved().filter(
        committee=OuterRef(OuterRef("pk")), effective_from__lte=on
    )
    newest = begun.order_by("-effective_from", "-version").values("pk")[:1]
    clauses = Clause.objects.filter(mandate=Subquery(newest), measure="calendar_horizon")
    return clauses.values("horizon_months")[:1]
