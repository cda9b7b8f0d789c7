"""Counts of the register of audits, and those an objective can be measured by."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from kommissorium.audits.kind import KIND
from kommissorium.audits.models import AuditFinding, Sort, Verdict
from kommissorium.registers.activities import counted_states
from kommissorium.registers.indicators import Indicator, count, percentage

INDICATORS: Mapping[str, Indicator] = {
    "closed": percentage(
        _("Findings of audits that are closed"),
        "findings_closed",
        "findings",
        _("Of all findings of audits: how many the auditor has accepted as closed."),
    ),
    "nonconformities": count(
        _("Nonconformities that are open"),
        "nonconformities_open",
        _("findings"),
        _("Nonconformities whose closure no auditor has accepted."),
    ),
}


def count_audits(day: date) -> dict[str, int]:
    """Count audits by their state, findings, and those of them that are closed."""
    closed = Q(closures__verdict=Verdict.ACCEPTED)
    open_ones = Q(sort=Sort.NONCONFORMITY) & ~Q(
        pk__in=AuditFinding.objects.filter(closed).values("pk")
    )
    numbers = AuditFinding.objects.aggregate(
        findings=Count("pk", distinct=True),
        findings_closed=Count("pk", filter=closed, distinct=True),
        nonconformities_open=Count("pk", filter=open_ones, distinct=True),
    )
    return {**counted_states(KIND, day), **numbers}
