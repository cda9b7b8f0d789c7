"""Standard proposals that are approved, as they are filed in the municipality's records system."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.functional import Promise

from kommissorium.accounts.models import Person
from kommissorium.meetings.filing import FiledKind
from kommissorium.registers.standard_proposals import StandardProposal


class FiledProposals(FiledKind[Any]):
    """Approved proposals of one kind, each with its document."""

    def __init__(self, proposal: StandardProposal[Any], label: str | Promise) -> None:
        self.proposal = proposal
        self.kind, self.label = proposal.kind, label  # type: ignore[misc]

    def rows(self, person: Person) -> QuerySet[Any]:
        found = self.proposal.visible_to(person).filter(state="approved")
        return found.order_by(F("in_force_from").desc(nulls_first=True), "-pk")

    def title(self, row: Any) -> str:
        return self.proposal.title_of(row)

    def day(self, row: Any) -> date:
        """Return the day it begins; of what is only recommended the day it was put forward."""
        return row.in_force_from or timezone.localdate(row.proposed_at)
