"""Matching of a row of a sheet with the same risk in the assessment that is in force."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.utils.translation import gettext as _

from kommissorium.core.refusals import Refused
from kommissorium.registers.importing.cells import is_same
from kommissorium.registers.importing.plan import Fault
from kommissorium.risks.actions.assessments import OPEN
from kommissorium.risks.import_plan import PlannedRisk, RiskPlan
from kommissorium.risks.levels import ALL_DIMENSIONS, STEPS, scored
from kommissorium.risks.models import Assessment, Scale, Scenario
from kommissorium.risks.scope import AssessmentScope, assessments_of, label_of, risk_owners

TEXTS: Final = ("title", "description", "measures", "treatment_note")
ALL_COMPARED: Final = (*TEXTS, "group", *STEPS, "treatment", "owner")


def subject_of(rows: Sequence[PlannedRisk]) -> AssessmentScope:
    """Return what the first risk of a list of ours is about."""
    first = next((row.thing.assessment for row in rows if row.thing), None)
    if first is None:
        raise Refused(_("None of the rows is a risk in force."))
    return AssessmentScope.of(first)


def match_own(plan: RiskPlan) -> None:
    """Let each row of a list of ours know what it changes; those of one assessment at a time."""
    for row in plan.rows:
        if row.thing is not None:
            _compare(row, row.thing)
    changed = [row for row in plan.rows if row.thing is not None and row.differs]
    if not changed:
        return
    _settle(plan, _assessment(changed[0]))
    owners = {person.pk for person in risk_owners(plan.subject)}
    for row in changed:
        if _assessment(row) != plan.former:
            sentence = _("Changes to “%(title)s” come first. Take in those of one at a time.")
            title = plan.former.title if plan.former else ""
            row.faults.append(Fault(label_of("title"), sentence % {"title": title}))
        elif "owner" in row.differs and row.values["owner"] not in owners:
            sentence = _("The risk owner named has no mandate over it.")
            row.faults.append(Fault(label_of("owner"), sentence))


def fill_in(row: PlannedRisk, before: Scenario, scale: Scale) -> None:
    """Keep what the risk says already where the file says nothing."""
    for name in ("description", "measures", "treatment", "treatment_note"):
        row.values[name] = row.values[name] or getattr(before, name)
    row.values["owner"] = row.values.get("owner") or before.owner_id
    if row.threat is None and before.threat is not None:
        row.threat, row.values["group"] = before.threat, before.group
    if before.assessment.scale.size != scale.size:
        return
    given = {name: row.values[name] for name in STEPS}
    kept = {name: getattr(before, name) for name in STEPS}
    if row.overall and row.overall == before.consequence:
        given |= dict.fromkeys(ALL_DIMENSIONS)
    elif any(given[name] for name in ALL_DIMENSIONS):
        kept |= dict.fromkeys(ALL_DIMENSIONS)
    steps = {name: given[name] or kept[name] for name in STEPS}
    try:
        row.values |= steps | scored(scale, steps)
    except Refused:  # the risk is smaller now than what was to be left of it
        steps |= {"residual_likelihood": None, "residual_consequence": None}
        row.values |= steps | scored(scale, steps)


def differing(row: PlannedRisk, names: Sequence[str]) -> list[str]:
    """Return the fields of which a row says another thing than the same risk does today."""
    thing = row.thing
    if thing is None:
        return []
    told = [name for name in names if name in row.values]
    return [name for name in told if not is_same(row.values[name], said(thing, name))]


def said(thing: Scenario, name: str) -> Any:
    """Return what a risk says of a field, as the values of a row say it."""
    return thing.owner_id if name == "owner" else getattr(thing, name)


def _assessment(row: PlannedRisk) -> Assessment | None:
    return row.thing.assessment if row.thing else None


def _compare(row: PlannedRisk, thing: Scenario) -> None:
    row.lineage = thing.lineage
    if not all(name in row.values for name in (*STEPS, "description")):
        return  # wrong already: there is nothing to compare
    fill_in(row, thing, thing.assessment.scale)
    row.differs = differing(row, ALL_COMPARED)


def _settle(plan: RiskPlan, former: Assessment | None) -> None:
    """Make the plan one of the assessment that changes, with its risks the list does not name."""
    if former is None:
        return
    plan.former, plan.subject = former, AssessmentScope.of(former)
    plan.obstacle = next((one for one in assessments_of(plan.subject) if one.state in OPEN), None)
    if former.scale_id != plan.scale.pk:
        sentence = _("It was assessed by a scale that is no longer in use. Assess it anew first.")
        for row in plan.rows:
            if row.differs and _assessment(row) == former:
                row.faults.append(Fault(label_of("likelihood"), sentence))
    named = {row.thing.pk for row in plan.rows if row.thing}
    rest = former.scenarios.exclude(pk__in=named).select_related("threat")
    plan.carried = [_carried(one) for one in rest]


def _carried(thing: Scenario) -> PlannedRisk:
    names = ("title", "group", "description", "measures", *STEPS, "consequence", "rank")
    more = ("residual_rank", "treatment", "treatment_note", "owner")
    row = PlannedRisk(0, thing=thing, threat=thing.threat, lineage=thing.lineage)
    row.values = {name: said(thing, name) for name in (*names, *more)}
    return row
