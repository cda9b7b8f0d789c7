"""The list of audits, and counts of the register."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from kommissorium.accounts.models import danish_order
from kommissorium.audits.evaluation import EVALUATION
from kommissorium.audits.kind import KIND, RELATED
from kommissorium.audits.models import Audit, AuditEvaluation, AuditFinding, Sort, Verdict
from kommissorium.audits.scope import scope_in_words
from kommissorium.registers.activity_list import FILTERS, LAST, ActivityList, named_by
from kommissorium.registers.lists.columns import column
from kommissorium.registers.lists.filters import Flag
from kommissorium.registers.lists.shared import AREA_COLUMN, AREA_FILTER
from kommissorium.registers.numbers import Indicator, count, percentage


def _scope(row: Audit, _page: Any) -> str:
    return scope_in_words(row)


def _unevaluated() -> Q:
    done = AuditEvaluation.objects.filter(audit=OuterRef("pk"), state="approved")
    return Q(~Exists(done), held_on__isnull=False)


class AuditList(ActivityList[Audit]):
    """Audits of approved plans."""

    code, kind, model = "audits", KIND, Audit
    evaluation = EVALUATION
    title = _("Audits")
    counted = ngettext_lazy("%(number)s audit", "%(number)s audits", "value")
    file_name = _("audits")
    template = "audits/audits.html"
    related = RELATED
    columns = (
        named_by(_("Audit")),
        column("scope", _("Scope"), value=_scope),
        column("auditor", _("Auditor"), value="auditor.name", order=danish_order("auditor__name")),
        column("found", _("Findings"), value="found", kind="number"),
        column("open", _("Open findings"), value="left", kind="number"),
        *LAST,
        AREA_COLUMN,
    )
    usual = ("scope", "auditor", "state", "planned_for", "held_on", "found", "open")
    filters = (
        *FILTERS,
        AREA_FILTER,
        Flag("unevaluated", _("Held and not evaluated"), lambda _page: _unevaluated()),
    )

    def rows(self) -> QuerySet[Audit]:
        read = AuditFinding.objects.visible_to(self.person).order_by()
        seen = Q(findings__in=read.values("pk"))
        closed = seen & Q(findings__closures__verdict=Verdict.ACCEPTED)
        found = Count("findings", filter=seen, distinct=True)
        left = found - Count("findings", filter=closed, distinct=True)
        return super().rows().annotate(found=found, left=left)

    def prepare(self, rows: Sequence[Audit]) -> None:
        """Say no number where the person reads nothing of what was found: none is not nothing."""
        super().prepare(rows)
        told = set(Audit.objects.told_to(self.person).order_by().values_list("pk", flat=True))
        for row in rows:
            if not row.found and row.pk not in told:  # type: ignore[attr-defined]
                row.found = row.left = None  # type: ignore[attr-defined]


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


def count_audits(_day: date) -> dict[str, int]:
    """Count the findings, and those of them that are closed."""
    closed = Q(closures__verdict=Verdict.ACCEPTED)
    open_ones = Q(sort=Sort.NONCONFORMITY) & ~Q(
        pk__in=AuditFinding.objects.filter(closed).values("pk")
    )
    return AuditFinding.objects.aggregate(
        findings=Count("pk", distinct=True),
        findings_closed=Count("pk", filter=closed, distinct=True),
        nonconformities_open=Count("pk", filter=open_ones, distinct=True),
    )
