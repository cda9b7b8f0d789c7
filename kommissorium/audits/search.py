"""Search in audits, besides what the kit has for any activity."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.accounts.search import Searched
from kommissorium.audits.actions.findings import log_reading
from kommissorium.audits.models import AuditFinding, AuditReading


class SearchedFindings(Searched[AuditFinding]):
    """Findings of audits."""

    model, label = AuditFinding, _("Findings of audits")

    def opens_past(self, row: AuditFinding, person: Person) -> bool:
        log_reading(row.activity, person, AuditReading.What.FINDING)
        return True
