"""Draft the objectives of a year; what comes then is the way of any standard proposal."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.meetings.year_plan import add_months
from kommissorium.objectives.models import Objective, ObjectiveSet
from kommissorium.objectives.proposal import KIND
from kommissorium.registers.actions.standard_proposals import record_draft


@transaction.atomic
def draft_set(*, by: Person) -> ObjectiveSet:
    """Begin with what was approved last, for the year after it; for this year where nothing was."""
    if not ObjectiveSet.can_be_drafted_by(by):
        raise PermissionDenied
    last = ObjectiveSet.objects.filter(state="approved").order_by("-year", "-pk").first()
    year = max(timezone.localdate().year, last.year + 1 if last else 0)
    words, now = last.statement if last else "", timezone.now()
    made = ObjectiveSet.objects.create(year=year, statement=words, made_by=by, made_at=now)
    rows = list(last.objectives.order_by("pk")) if last else []
    for row in rows:
        row.pk, row.set, row.edit_version = None, made, 1
        row.due = add_months(row.due, 12 * (year - row.due.year))
    Objective.objects.bulk_create(rows)
    record_draft(KIND, made, by=by)
    return made
