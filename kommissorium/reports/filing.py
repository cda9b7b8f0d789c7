"""Statuses, reports and year's reports that were approved, as the records system files them."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.db.models import QuerySet
from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.meetings.filing import FiledKind
from kommissorium.reports.actions.periodic_reports import Kind
from kommissorium.reports.models.periodic_reports import PeriodicReport
from kommissorium.reports.proposals import BOARD, KIND, REVIEW


class FiledTold(FiledKind[Any]):
    """Approved reports of one of these kinds."""

    def __init__(self, kind: Kind) -> None:
        self.told = kind
        self.kind, self.label = kind.kind, kind.listed[0]  # type: ignore[misc]

    def rows(self, person: Person) -> QuerySet[Any]:
        return (
            self.told.visible_to(person).filter(state=PeriodicReport.State.APPROVED).order_by("-pk")
        )

    def title(self, row: PeriodicReport) -> str:
        return f"{self.told.title_of(row)}, {row.of.name}"

    def day(self, row: PeriodicReport) -> date:
        return timezone.localdate(row.decision.decided_at if row.decision else row.made_at)


FILINGS: Final = tuple(FiledTold(kind) for kind in (KIND, BOARD, REVIEW))
