"""Search in audits, besides what the kit has for any activity."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.actions.readings import note_reading
from kommissorium.accounts.models import Person, Reading
from kommissorium.accounts.search import Searched
from kommissorium.audits.models import Audit, AuditFinding


class SearchedFindings(Searched[AuditFinding]):
    """Findings of audits."""

    model, label = AuditFinding, _("Findings of audits")
    related = ("activity",)

    def noted(self, row: AuditFinding) -> Audit:
        return row.activity

    def opens_past(self, row: AuditFinding, person: Person) -> bool:
        note_reading(row.activity, by=person, what=Reading.What.FINDING)
        return True
