"""Audits: one that the system owner answers for and an outsider audits, and others' audits."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from kommissorium.assets.actions.areas import add_area
from kommissorium.assets.actions.documents import GivenFile
from kommissorium.audits.actions.findings import ask_closure
from kommissorium.audits.actions.work import add_checks, answer_check, name_auditor
from kommissorium.audits.kind import KIND
from kommissorium.audits.models import Audit, AuditFinding, AuditorChange
from kommissorium.audits.tests.cases import (
    answered,
    approved,
    drafted,
    drafted_evaluation,
    dressed,
    find,
    named,
)
from kommissorium.conftest import Cast
from kommissorium.core.tests.samples import Samples, foreign
from kommissorium.registers.tests.activity_cases import hold

PROPOSALS = ("proposal", "proposal_file", "proposal_history", "proposal_drop", "proposal_change")
ACTIVITY = ("activity", "activity_hold", "activity_history", "activity_change", "activity_call_off")
WORK = ("audit_auditor", "audit_material", "audit_sample", "audit_checklist", "audit_report")
FINDING = ("audit_finding", "audit_answer", "audit_closure", "audit_verdict")


def add(samples: Samples, cast: Cast) -> None:
    """Name plans, audits, findings and evaluations in all states."""
    area = add_area(by=cast.coordinator, name="Revideret")
    evaluation = drafted_evaluation(cast)
    closed: dict[str, Any] = {"title": foreign("title"), "criterion": foreign("criterion")}
    closed |= {"independence": foreign("independence"), "area": area}
    own_words = {"title": "Revision nu", "auditor": cast.employee, "area": area}
    plan = approved(cast, own_words, {**closed, "responsible": cast.member})
    own, other = named(plan, "Revision nu"), named(plan, foreign("title"))
    add_checks(own, by=cast.coordinator, lines=["Er adgange godkendt?"])
    finding = find(cast, own, owner=cast.system_owner)
    asked = answered(cast, find(cast, own, owner=cast.system_owner))
    strange = _work_on(cast, other)
    samples.add("audit_evidence", pk=_put_right(asked, "Liste"))
    samples.add("audit_evidence/foreign", pk=_put_right(dressed(strange), foreign("file")))
    draft = drafted(cast, {"area": area}, closed)
    first = draft.activities.order_by("pk").first()
    for name in ACTIVITY:
        samples.add(f"{name}/audits", slug="audits", pk=own.pk)
        samples.add(f"{name}/foreign_audits", slug="audits", pk=other.pk)
    samples.add("activity_finding/audits", slug="audits", pk=own.pk)
    for name in ("activity", "activity_change", "activity_remove"):
        samples.add(f"{name}/draft_audits", slug="audits", pk=first.pk)
    samples.add("activity_plan_new/audits", slug="audits")
    samples.add("activity_plan/audits activity_new/audits", slug="audits", pk=plan.pk)
    samples.add("activity_plan/draft_audits", slug="audits", pk=draft.pk)
    for name in (*WORK, "audit_report_issue", "audit_evaluation_new"):
        samples.add(name, pk=own.pk)
        samples.add(f"{name}/foreign", pk=other.pk)
    samples.add("audit_check", pk=own.checks.get().pk)
    samples.add("audit_check/foreign", pk=other.checks.get().pk)
    for name in FINDING:
        samples.add(name, pk=finding.pk)
        samples.add(f"{name}/foreign", pk=strange.pk)
    samples.add("audit_evaluation", pk=evaluation.pk)
    samples.add("audit_auditor_change", pk=_another_auditor(cast, evaluation.audit).pk)
    for name in PROPOSALS:
        samples.add(f"{name}/audits", slug="audit-plan", pk=draft.pk)


def _put_right(found: AuditFinding, name: str) -> int:
    """Ask for a finding's closure, with a file of that name; return the key of the file."""
    given = [GivenFile(f"{name}.txt", name.encode())]
    made = ask_closure(found, by=found.task.owner, evidence=name, documents=given)
    return made.files.get().pk


def _work_on(cast: Cast, other: Audit) -> AuditFinding:
    """Look at it, find something, hold it; return the finding."""
    add_checks(other, by=cast.coordinator, lines=[foreign("check")])
    values = {"outcome": "not_met", "note": foreign("note")}
    answer_check(other.checks.get(), by=cast.coordinator, values=values, edit_version=1)
    words = {"text": foreign("finding"), "title": foreign("task"), "reference": foreign("ref")}
    found = find(cast, other, **words, due=timezone.localdate())
    answered(cast, found)
    hold(KIND, other, cast.member, conclusion=foreign("conclusion"))
    return found


def _another_auditor(cast: Cast, audit: Audit) -> AuditorChange:
    """Ask that the employee audits what was held by the auditor."""
    audit.refresh_from_db()
    days = {"first_day": audit.first_day, "last_day": audit.last_day}
    asked = name_auditor(
        audit,
        by=cast.coordinator,
        values={"auditor": cast.employee, "independence": "Udefra.", **days},
        edit_version=audit.edit_version,
        because="Revisoren er rejst.",
    )
    assert asked
    return asked
