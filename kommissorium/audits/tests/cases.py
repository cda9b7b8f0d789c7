"""Plans, audits, findings and evaluations in every state, for tests."""

from __future__ import annotations

from typing import Any, Final

from django.utils import timezone

from kommissorium.audits.actions.auditor_changes import accept_auditor
from kommissorium.audits.actions.findings import answer_finding, ask_closure, judge_closure
from kommissorium.audits.actions.work import add_checks, answer_check, issue_report, name_auditor
from kommissorium.audits.evaluation import EVALUATION
from kommissorium.audits.kind import KIND, PLAN
from kommissorium.audits.models import Audit, AuditEvaluation, AuditFinding, AuditPlan
from kommissorium.conftest import Cast, in_days, time_is
from kommissorium.registers.actions.activities import draft_evaluation, note_finding
from kommissorium.registers.actions.standard_proposals import change_draft
from kommissorium.registers.tests import activity_cases
from kommissorium.registers.tests.activity_cases import approve, hold, soon

LOOKED: Final = {"population": 40, "looked_at": 15}  # what a report says was looked at


def values_of(cast: Cast, **others: Any) -> dict[str, Any]:
    """Return the values of an audit: of everything, by the internal auditor, in these days."""
    return {
        "title": "Revision af adgange",
        "area": None,
        "clauses": "",
        "controls": "5.15, 5.18",
        "auditor": cast.auditor,
        "independence": "Har intet med adgange at gøre.",
        "first_day": timezone.localdate(),
        "last_day": soon(9),
        "planned_for": soon(),
        "responsible": cast.system_owner,
        "criterion": "Adgange er gennemgået og begrundede.",
        **others,
    }


def drafted(cast: Cast, *many: dict[str, Any]) -> AuditPlan:
    """Draft a plan of one audit, or of these."""
    rows = [values_of(cast, **one) for one in many or ({},)]
    found: AuditPlan = activity_cases.drafted(KIND, cast, *rows)
    return found


def approved(cast: Cast, *many: dict[str, Any]) -> AuditPlan:
    """Approve a plan of one audit, or of these; the year's present plan takes them in."""
    year = timezone.localdate().year
    same = AuditPlan.objects.filter(state="approved", year=year).first()
    if same is None:
        found: AuditPlan = approve(cast, PLAN, drafted(cast, *many))
        return found
    for one in many or ({},):
        activity_cases.add(KIND, cast, same, values_of(cast, **one))
    return same


def named(plan: AuditPlan, title: str = "Revision af adgange") -> Audit:
    """Return the newest audit of a plan whose title begins like this."""
    rows = plan.activities.select_related("plan", "responsible", "area", "auditor")
    found: Audit = rows.filter(title__startswith=title).latest("pk")
    return found


def audited(cast: Cast, **others: Any) -> Audit:
    """Approve an audit."""
    values = {"title": "Revision af adgange", **others}
    return named(approved(cast, values), values["title"])


def planned_before(cast: Cast, **others: Any) -> Audit:
    """Approve an audit some days ago: it was not planned, held and evaluated on one day."""
    with time_is(in_days(-20, 9)):
        return audited(cast, **others)


def find(cast: Cast, audit: Audit, **others: Any) -> AuditFinding:
    """Note a finding, which the member of the committee is to put right."""
    values = {
        "text": "Der er adgange, ingen har godkendt.",
        "title": "Besvar fundet, og ret op på det",
        "owner": cast.member,
        "due": timezone.localdate(),
        "sort": "nonconformity",
        "severity": 3,
        **others,
    }
    found: Any = note_finding(KIND, audit, by=cast.coordinator, **values)
    return dressed(found)


def dressed(found: Any) -> AuditFinding:
    """Return a finding as it is now, with its state."""
    rows = AuditFinding.objects.dressed().select_related("activity__auditor")
    return rows.get(pk=found.pk)


def answered(cast: Cast, finding: AuditFinding) -> AuditFinding:
    answer_finding(
        finding,
        by=finding.task.owner,
        values={"cause": "Ingen tid.", "remedy": "Vi går dem igennem."},
    )
    return dressed(finding)


def closed(cast: Cast, finding: AuditFinding) -> AuditFinding:
    """Answer a finding, ask for its closure, and let the auditor accept it."""
    found = answered(cast, finding)
    ask_closure(found, by=found.task.owner, evidence="Listen er underskrevet.")
    judge_closure(dressed(found), by=cast.auditor, verdict="accepted", because="")
    return dressed(found)


def closed_by_another(cast: Cast, audit: Audit, *findings: AuditFinding) -> Audit:
    """Issue the report; let another auditor, whom the chair agrees to, accept these closures."""
    asked = [answered(cast, one) for one in findings]
    reported(cast, audit)
    for one in asked:
        ask_closure(one, by=one.task.owner, evidence="Listen er underskrevet.")
    audit.refresh_from_db()
    days = {"first_day": timezone.localdate(), "last_day": soon(9)}
    change = name_auditor(
        audit,
        by=cast.coordinator,
        values={"auditor": cast.employee, "independence": "Udefra.", **days},
        edit_version=audit.edit_version,
        because="Revisoren er rejst.",
    )
    assert change
    accept_auditor(change, by=cast.chair)
    for one in asked:
        judge_closure(dressed(one), by=cast.employee, verdict="accepted", because="")
    audit.refresh_from_db()
    return audit


def reported(cast: Cast, audit: Audit) -> Audit:
    """Hold an audit today, look at something, and issue its report."""
    held: Audit = hold(KIND, audit, cast.coordinator)
    if not held.checks.exists():
        add_checks(held, by=cast.coordinator, lines=["Er adgange godkendt?"])
        values = {"outcome": "met", "note": "Femten er set."}
        answer_check(held.checks.get(), by=cast.coordinator, values=values, edit_version=1)
    issue_report(held, by=cast.coordinator, **LOOKED)
    return held


def drafted_evaluation(cast: Cast, audit: Audit | None = None) -> AuditEvaluation:
    """Draft the evaluation of an audit that was held, with its report."""
    if audit is None:
        audit = audited(cast)
        answered(cast, find(cast, audit))
    found = draft_evaluation(EVALUATION, by=cast.coordinator, audit_id=reported(cast, audit).pk)
    values = {"judgement": "Adgange er bedre end sidst.", "effort": "Kvartalsvis gennemgang."}
    change_draft(EVALUATION, found, values, by=cast.coordinator, edit_version=1)
    return found


def evaluated(cast: Cast, audit: Audit | None = None) -> AuditEvaluation:
    found: AuditEvaluation = approve(cast, EVALUATION, drafted_evaluation(cast, audit))
    return found
