"""What search finds of audits, beside what the kit says of any activity."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.searched import Searched
from kommissorium.audits.models import AuditFinding


class SearchedFindings(Searched[AuditFinding]):
    """What audits found."""

    model, label = AuditFinding, _("Findings of audits")
