"""Write the risks of an import as one new draft, and give that up again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from kommissorium.accounts.models import Person
from kommissorium.core.evidence.actions import record
from kommissorium.registers.models import ImportRun
from kommissorium.risks.actions.assessments import begin_assessment
from kommissorium.risks.import_plan import PlannedRisk, RiskPlan
from kommissorium.risks.models import (
    OPTIONAL_DIMENSIONS,
    Assessment,
    ImportedAssessment,
    Scenario,
)
from kommissorium.risks.scope import usual_owner


def write_draft(run: ImportRun, plan: RiskPlan, by: Person) -> Assessment:
    """Write the right rows as the risks of one new draft; return it."""
    made = _begin(plan, by)
    ImportedAssessment.objects.create(run=run, assessment=made)
    risks = _write([*plan.right, *plan.carried], made, plan)
    record("risks.scenarios_imported", made, by=by, facts={"number": len(risks), "import": run.pk})
    return made


def record_risk_import(
    deed: str, run: ImportRun, made: Assessment | None, *, by: Person, facts: Mapping[str, Any]
) -> None:
    """Record a deed done to an import of risks, which made an assessment or none yet."""
    about = {"assessment": made.pk if made else None}
    match deed:
        case "read":
            told = {"rows": facts["rows"], "scope": facts["scope"]}
            record("risks.import_read", run, by=by, facts=told)
        case "mapped":
            record("risks.import_mapped", run, by=by, facts={"columns": facts["columns"]})
        case "names_chosen":
            record("risks.import_names_chosen", run, by=by, facts={"names": facts["names"]})
        case "dropped":
            record("risks.import_dropped", run, by=by)
        case "done":
            taken = facts["added"] + facts["changed"] + facts["same"]
            told = {"taken": taken, "faulty": facts["left_out"], **about}
            record("risks.import_done", run, by=by, facts=told)
        case "undone":
            record("risks.import_undone", run, by=by, facts=about)


def _begin(plan: RiskPlan, by: Person) -> Assessment:
    values = [row.values for row in (*plan.right, *plan.carried)]
    made = begin_assessment(
        by=by,
        scope=plan.subject.scope,
        assets=plan.subject.assets,
        area=plan.subject.area,
        process=plan.subject.process,
        with_society=any(one.get(name) for one in values for name in OPTIONAL_DIMENSIONS),
    )
    Assessment.objects.filter(pk=made.pk).update(previous=plan.former)
    made.refresh_from_db()
    return made


def _write(rows: Sequence[PlannedRisk], made: Assessment, plan: RiskPlan) -> list[Scenario]:
    usual = usual_owner(plan.subject)
    owner = usual.pk if usual else None
    risks = []
    for position, row in enumerate(rows):
        values = {name: value for name, value in row.values.items() if name != "owner"}
        risk = Scenario(
            assessment=made,
            position=position,
            lineage=row.lineage or uuid4(),
            threat=row.threat,
            owner_id=row.values.get("owner") or owner,
            **values,
        )
        risks.append(risk)
    return Scenario.objects.bulk_create(risks)
