"""Reach of a committee's calendar: how far ahead meetings are planned, against its mandate (K2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Clause, Committee, Mandate
from kommissorium.meetings.models import Meeting
from kommissorium.meetings.year_plan import horizon_warning

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


def with_reach(meetings: Any, on: date) -> Any:
    """Add to each meeting what `warning_beside` takes of its committee; no query of its own."""
    last_start = Subquery(_last_start(on, "committee"))
    return meetings.annotate(last_start=last_start, demanded=Subquery(_demanded(on, "committee")))


def warning_beside(meeting: Any, on: date) -> str:
    """Return what to say of the calendar's reach, of a meeting fetched by `with_reach`."""
    until = timezone.localdate(meeting.last_start) if meeting.last_start else None
    return horizon_warning(until, meeting.demanded or HORIZON_MONTHS, on)


def _reach(row: Any, on: date) -> Reach:
    until = timezone.localdate(row.last_start) if row.last_start else None
    months = row.demanded or HORIZON_MONTHS
    warning = horizon_warning(until, months, on)
    return Reach(row, until, months, warning, row.may_plan)


def _last_start(on: date, committee: str = "pk") -> Any:
    morning = timezone.make_aware(datetime.combine(on, time.min))
    placed = Meeting.objects.filter(committee=OuterRef(committee), starts_at__gte=morning)
    kept = placed.exclude(state=Meeting.State.CANCELLED).exclude(place="", link="")
    return kept.order_by("-starts_at").values("starts_at")[:1]


def _demanded(on: date, committee: str = "pk") -> Any:
    begun = Mandate.objects.approved().filter(
        committee=OuterRef(OuterRef(committee)), effective_from__lte=on
    )
    newest = begun.order_by("-effective_from", "-version").values("pk")[:1]
    clauses = Clause.objects.filter(mandate=Subquery(newest), measure="calendar_horizon")
    return clauses.values("horizon_months")[:1]
