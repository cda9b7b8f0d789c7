"""Issue the report of an audit, frozen; and begin its evaluation before a committee."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.audits.evaluation import EVALUATION
from kommissorium.audits.models import Audit, AuditEvaluation, AuditReport
from kommissorium.audits.report import report_content, report_pdf
from kommissorium.core.evidence.actions import freeze, record
from kommissorium.core.refusals import Refused
from kommissorium.registers.actions.standard_proposals import record_draft

REPORT = "audits.report"


@transaction.atomic
def issue_report(audit: Audit, *, by: Person) -> AuditReport:
    """Freeze the report as it is now. Raises Refused while something lacks, and a second time."""
    if not audit.can_be_worked_on_by(by):
        raise PermissionDenied
    if not audit.is_held or audit.called_off_at:
        raise Refused(_("Say first when it was held."))
    if AuditReport.objects.filter(audit=audit).exists():
        raise Refused(_("The report is issued already."))
    now, content = timezone.localtime(), report_content(audit)
    frozen = freeze(REPORT, audit, by=by, content=content, pdf=report_pdf(content, made_at=now))
    made = AuditReport.objects.create(audit=audit, record=frozen, made_by=by, made_at=now)
    facts = {"title": audit.title, "findings": len(content["findings"])}
    record("audits.report_issued", audit, by=by, facts=facts)
    return made


@transaction.atomic
def draft_evaluation(audit: Audit, *, by: Person) -> AuditEvaluation:
    """Begin the evaluation of an audit. Raises Refused without its report, and where one is begun."""
    if not AuditEvaluation.can_be_drafted_by(by):
        raise PermissionDenied
    if not AuditReport.objects.filter(audit=audit).exists():
        raise Refused(_("The report is not issued yet."))
    if audit.evaluations.exclude(state="dropped").exists():
        raise Refused(_("Its evaluation is begun already."))
    made = AuditEvaluation.objects.create(audit=audit, made_by=by, made_at=timezone.now())
    record_draft(EVALUATION, made, by=by)
    return made
