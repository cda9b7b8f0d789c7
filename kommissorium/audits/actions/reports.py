"""Issue the report of an audit: it is frozen."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.audits.models import Audit, AuditReport
from kommissorium.audits.report import report_content, report_pdf
from kommissorium.core.evidence.actions import freeze, record
from kommissorium.core.refusals import Refused

REPORT = "audits.report"


@transaction.atomic
def issue_report(audit: Audit, *, by: Person) -> AuditReport:
    """Freeze the report as it is now.

    Raises Refused before it was held, where nothing was looked at or found, and a second time.
    """
    if not audit.can_be_worked_on_by(by):
        raise PermissionDenied
    if not audit.is_held or audit.called_off_at:
        raise Refused(_("Say first when it was held."))
    if AuditReport.objects.filter(audit=audit).exists():
        raise Refused(_("The report is issued already."))
    if not (audit.findings.exists() or audit.checks.exclude(outcome="").exists()):
        text = _("Nothing was looked at: fill in the checklist first, or note what was found.")
        raise Refused(text)
    now, content = timezone.localtime(), report_content(audit)
    frozen = freeze(REPORT, audit, by=by, content=content, pdf=report_pdf(content, made_at=now))
    made = AuditReport.objects.create(audit=audit, record=frozen, made_by=by, made_at=now)
    facts = {"title": audit.title, "findings": len(content["findings"])}
    record("audits.report_issued", audit, by=by, facts=facts)
    return made
