"""Write technical measures, begin the status of a quarter, and say how each measure stands in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.actions.rows import change_row, restore, retire, update_row
from kommissorium.core.cleaning import clean_fields
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Conflict, Refused
from kommissorium.projects.models import MeasureState, TechnicalMeasure, WorkStatus
from kommissorium.projects.proposal import KIND, quarter_to_tell
from kommissorium.registers.actions.proposals import hold_draft
from kommissorium.registers.actions.standard_proposals import record_draft
from kommissorium.registers.requirements import AREAS

CARRIED: Final = ("light", "text", "figure", "evidence", "plan")  # the day of the evidence is not


@transaction.atomic
def add_measure(*, by: Person, values: Mapping[str, Any]) -> TechnicalMeasure:
    """Add a measure of the municipality's own; the draft of a quarter asks for it, too."""
    cleaned = _measure(values, by)
    made: TechnicalMeasure = TechnicalMeasure.objects.create(**cleaned)
    for status in WorkStatus.objects.filter(state="draft"):
        hold_draft(status)
        _begin(status, made, None)
    record("projects.measure_added", made, by=by, facts=_facts(made))
    return made


@transaction.atomic
def change_measure(
    measure: TechnicalMeasure, *, by: Person, values: Mapping[str, Any], edit_version: int
) -> None:
    """Change who owns a measure and what is counted of it. Raises Refused, Conflict."""
    changes = _measure(values, by, measure)
    change_row(
        measure,
        changes,
        edit_version=edit_version,
        act="projects.measure_changed",
        by=by,
        facts=_facts,
    )


@transaction.atomic
def retire_measure(measure: TechnicalMeasure, *, by: Person) -> None:
    """Take a measure of one's own out of use. Raises Refused for one that the mandate names."""
    _refuse_others(by)
    if measure.area:
        raise Refused(_("The mandate asks for its state. It cannot be taken out of use."))
    MeasureState.objects.filter(measure=measure, status__state="draft").delete()
    retire(measure, act="projects.measure_retired", by=by, facts=_facts)


@transaction.atomic
def restore_measure(measure: TechnicalMeasure, *, by: Person) -> None:
    """Take a measure into use again; the draft of a quarter asks for it."""
    _refuse_others(by)
    for status in WorkStatus.objects.filter(state="draft").exclude(states__measure=measure):
        _begin(status, measure, None)
    restore(measure, act="projects.measure_restored", by=by, facts=_facts)


@transaction.atomic
def draft_status(*, by: Person) -> WorkStatus:
    """Begin the status of the quarter that waits, with what was said of the one before.

    Raises Refused where none waits.
    """
    _refuse_others(by)
    for code in AREAS:  # they are there from the beginning; a database may have lost them
        TechnicalMeasure.objects.get_or_create(area=code)
    quarter = quarter_to_tell(timezone.localdate())
    if quarter is None:
        raise Refused(_("The status of the quarter that ended last is begun already."))
    made = WorkStatus.objects.create(
        year=quarter.year, number=quarter.number, made_by=by, made_at=timezone.now()
    )
    for measure in TechnicalMeasure.objects.filter(is_retired=False).order_by("pk"):
        _begin(made, measure, measure.states.until(quarter.before).first())
    record_draft(KIND, made, by=by)
    return made


@transaction.atomic
def say_states(
    status: WorkStatus, said: Mapping[int, tuple[Mapping[str, Any], int]], *, by: Person
) -> None:
    """Say how measures stood in the quarter of a draft: values and version by the state's key.

    Raises Refused with the state's key in the field's name ("text-12"), and so does Conflict.
    """
    hold_draft(status)
    rows = status.states.select_related("measure").filter(pk__in=said)
    told = []
    for row in rows.order_by("pk"):
        if not row.measure.can_be_told_by(by):
            raise PermissionDenied
        values, version = said[row.pk]
        _say(row, values, version, by)
        told.append(row.measure_id)
    if not told:
        raise Refused(_("Nothing was changed."))
    record("projects.states_said", status, by=by, facts=KIND.told(status) | {"measures": told})


def _say(row: MeasureState, values: Mapping[str, Any], version: int, by: Person) -> None:
    try:
        cleaned = _state(values)
        stamp = {
            "said_by": by,
            "said_at": timezone.now(),
            "figure_name": row.measure.figure_name,
            "unit": row.measure.unit,
        }
        update_row(row, cleaned, edit_version=version, stamp=stamp)
    except Refused as refused:
        named = {f"{name}-{row.pk}": words for name, words in refused.errors.items()}
        raise Refused(**named) from None
    except Conflict as found:
        names = {f"{name}-{row.pk}": value for name, value in found.current.items()}
        raise Conflict(names) from None


def _state(values: Mapping[str, Any]) -> dict[str, Any]:
    found = clean_fields(MeasureState, values)
    if found["evidence_on"] and found["evidence_on"] > timezone.localdate():
        raise Refused(evidence_on=_("The day has not come yet. Choose today or an earlier day."))
    return found


def _begin(status: WorkStatus, measure: TechnicalMeasure, last: MeasureState | None) -> None:
    words = {name: getattr(last, name) for name in CARRIED} if last else {}
    kept = {"figure_name": measure.figure_name, "unit": measure.unit}
    status.states.create(measure=measure, **words, **kept)


def _measure(
    values: Mapping[str, Any], by: Person, measure: TechnicalMeasure | None = None
) -> dict[str, Any]:
    _refuse_others(by)
    found = clean_fields(TechnicalMeasure, values)
    if measure is not None and measure.area:
        found.pop("name", None)
    elif not found["name"]:
        raise Refused(name=_("Must be filled in."))
    return found


def _refuse_others(by: Person) -> None:
    if not TechnicalMeasure.can_be_changed_by(by):
        raise PermissionDenied


def _facts(measure: TechnicalMeasure) -> dict[str, Any]:
    return {"area": measure.area, "name": measure.name}
