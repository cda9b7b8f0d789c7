"""The only writers of the register: objectives of a year, who answers for each, what is measured."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.actions.rows import change_row, refuse_gone
from kommissorium.core.cleaning import clean_fields, clean_text
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Refused
from kommissorium.measures.days import add_months
from kommissorium.objectives.models import EVERY, Measurement, Objective, ObjectiveSet
from kommissorium.objectives.proposal import KIND
from kommissorium.objectives.status import statuses_of
from kommissorium.registers.actions.proposals import hold_draft
from kommissorium.registers.actions.standard_proposals import record_draft
from kommissorium.registers.counts import indicators, read_indicator
from kommissorium.registers.offered import levels_today

AFTERWARDS = ("owner", "risk_level")  # what may be changed of an approved one
EARLY: Final = timedelta(days=7)  # a server that stands still for some days makes nothing late


@transaction.atomic
def add_objective(found: ObjectiveSet, *, by: Person, values: Mapping[str, Any]) -> Objective:
    """Add an objective to a draft. Raises Refused for words or figures that make no sense."""
    cleaned = _cleaned(values)
    _hold(found, by)
    made: Objective = Objective.objects.create(set=found, **cleaned)
    record("objectives.objective_added", found, by=by, facts=_facts(made))
    return made


@transaction.atomic
def change_objective(
    objective: Objective, *, by: Person, values: Mapping[str, Any], edit_version: int
) -> None:
    """Change an objective of a draft; of an approved one only who answers for it, and which risk
    level it is held against.

    What is measured otherwise than before begins a line of its own.
    """
    if not objective.can_be_changed_by(by):
        raise PermissionDenied
    if objective.set.is_approved:
        changes = {name: values[name] for name in AFTERWARDS if name in values}
        if changes.get("owner", objective.owner) is None:
            raise Refused(owner=_("Must be filled in."))
        _refuse_other_levels(changes, objective)
    else:
        changes = _cleaned(values, objective)
        hold_draft(objective.set)
        if any(changes[name] != getattr(objective, name) for name in ("indicator", "unit")):
            changes["lineage"] = uuid4()
    before = objective.risk_level_id or 0
    change_row(
        objective,
        changes,
        edit_version=edit_version,
        act="objectives.objective_changed",
        by=by,
        facts=lambda one: _facts(one) | {"level": one.risk_level_id or 0, "level_before": before},
    )


@transaction.atomic
def remove_objective(objective: Objective, *, by: Person) -> None:
    """Take an objective out of a draft."""
    _hold(objective.set, by)
    refuse_gone(objective)
    facts = _facts(objective)
    objective.delete()
    record("objectives.objective_removed", objective.set, by=by, facts=facts)


@transaction.atomic
def measure_objective(
    objective: Objective,
    *,
    by: Person,
    value: Decimal | int | None = None,
    day: date | None = None,
    note: str = "",
) -> Measurement:
    """Say how an approved objective stands, today when no day is given.

    What a register counts is read today, whatever was said. Raises Refused for no value, for a
    day to come, and where there is nothing to count.
    """
    if not objective.can_be_measured_by(by):
        raise PermissionDenied
    today = timezone.localdate()
    if objective.indicator:
        value, day = read_indicator(objective.indicator), today
        if value is None:
            raise Refused(_("There is nothing to count yet."))
    if value is None:
        raise Refused(value=_("Must be filled in."))
    if day and day > today:
        raise Refused(day=_("The day has not come yet. Choose today or an earlier day."))
    made: Measurement = objective.measurements.create(
        value=value,
        day=day or today,
        note=clean_text(note, "note"),
        made_by=by,
        made_at=timezone.now(),
    )
    record("objectives.measured", objective, by=by, facts=measured_facts(made))
    return made


def measured_facts(made: Measurement) -> dict[str, Any]:
    """Return what is told of a measurement: of what, its value and its day."""
    told = {"value": str(made.value), "unit": made.objective.unit, "on": made.day}
    return _facts(made.objective) | told


def _hold(found: ObjectiveSet, by: Person) -> None:
    if not ObjectiveSet.can_be_drafted_by(by):
        raise PermissionDenied
    hold_draft(found)


def _cleaned(values: Mapping[str, Any], objective: Objective | None = None) -> dict[str, Any]:
    """Return what an objective says; the unit is the register's where one counts."""
    found = clean_fields(Objective, values)
    if found["every"] not in EVERY:
        raise Refused(every=_("Choose from the list."))
    if found["target"] < 0:
        raise Refused(target=_("The target cannot be below zero."))
    link = found.get("serves_link", "")
    if link and not link.startswith(("http://", "https://")):
        raise Refused(serves_link=_("An address begins with https:// or http://."))
    _refuse_other_levels(found, objective)
    if found["indicator"]:
        counted = indicators().get(found["indicator"])
        if counted is None:
            raise Refused(indicator=_("Choose one of the options."))
        found["unit"] = str(counted.unit)
    if not found["unit"]:
        raise Refused(unit=_("Write in what it is measured: percent, days, exercises."))
    names = ("direction", "target", "unit")
    if Objective(**{name: found[name] for name in names}).is_met_by_any_value:
        raise Refused(target=_("Any value meets this goal. Choose one that can be missed."))
    return found


def _refuse_other_levels(values: Mapping[str, Any], objective: Objective | None) -> None:
    """Refuse a risk level that is not in force today; the one it has may stay."""
    level = values.get("risk_level")
    kept = objective.risk_level_id if objective else None
    if level is not None and level.pk != kept and level.pk not in levels_today().keys:
        raise Refused(risk_level=_("Choose a risk level that is in force."))


def _facts(objective: Objective) -> dict[str, Any]:
    return {"title": objective.title, "year": objective.set.year}


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


def measure_counted(day: date) -> int:
    """Measure today what registers count; return how many measurements were added."""
    found = Objective.objects.in_force_on(day).exclude(indicator="").order_by("pk")
    return sum(_count(one, day) for one in found.select_related("set"))


@transaction.atomic
def _count(objective: Objective, day: date) -> bool:
    """Note what is counted now, where it is another number than the newest or is due again.

    Nothing is noted where there is nothing to count.
    """
    Objective.objects.select_for_update().get(pk=objective.pk)
    value = read_indicator(objective.indicator)
    [status] = statuses_of([objective], day)
    is_same = status.latest is not None and status.latest.value == value
    if value is None or (is_same and status.next_due - EARLY > day):
        return False
    made = objective.measurements.create(value=value, day=day, made_at=timezone.now())
    told = {"counted": objective.indicator}
    record("objectives.counted", objective, by=None, facts=measured_facts(made) | told)
    return True
