"""Reports of audits, as they are filed in the municipality's records system."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.accounts.models import Person
from kommissorium.audits.models import AuditReport
from kommissorium.committees.models import Committee
from kommissorium.meetings.filing import FiledKind


class FiledReports(FiledKind[AuditReport]):
    """Issued reports, each with its document as it was frozen."""

    kind = "audits.auditreport"
    label = gettext_lazy("Reports of audits")

    def rows(self, person: Person) -> QuerySet[AuditReport]:
        found = AuditReport.objects.select_related("audit").order_by("-made_at", "-pk")
        return found if Committee.are_followed_by(person) else found.none()

    def title(self, row: AuditReport) -> str:
        return _("Report: %(title)s") % {"title": row.audit.title}

    def day(self, row: AuditReport) -> date:
        return timezone.localdate(row.made_at)
