"""Search among the things that the kit carries: proposals and activities."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db.models import QuerySet

from kommissorium.accounts.models import Person
from kommissorium.accounts.search import Searched
from kommissorium.registers.activities import ActivityKind, Label
from kommissorium.registers.models.activities import Activity
from kommissorium.registers.models.proposals import Proposal
from kommissorium.registers.proposing import ProposalKind


class SearchedProposal[M: Proposal](Searched[M]):
    """Proposals to a committee, for whoever reads their pages; none that was given up."""

    proposal: ClassVar[ProposalKind[Any]]

    @classmethod
    def of(
        cls, proposal: ProposalKind[M], label: Label, fields: tuple[str, ...]
    ) -> SearchedProposal[M]:
        """Return what is found of a kind that says no more of it."""
        found = cls()
        found.model, found.proposal = proposal.model, proposal  # type: ignore[misc]
        found.label, found.fields = label, fields  # type: ignore[misc]
        return found

    def visible_to(self, person: Person) -> QuerySet[M]:
        found: QuerySet[M] = self.proposal.visible_to(person).exclude(state="dropped")
        return found

    def past_of(self, person: Person) -> QuerySet[M]:
        return self.proposal.visible_to(person)

    def title(self, row: M) -> str:
        return self.proposal.title_of(row)

    def day(self, row: M) -> date | None:
        return super().day(row) if self.dated else row.in_force_from


class SearchedActivity[M: Activity](Searched[M]):
    """Activities that a plan of the year promises."""

    activity: ClassVar[ActivityKind[Any]]
    fields: ClassVar[tuple[str, ...]] = ("criterion", "conclusion", "called_off_because")
    named = ("responsible",)
    dated = "planned_for"
    titles_are_open = True

    @classmethod
    def of(cls, kind: ActivityKind[M], label: Label) -> SearchedActivity[M]:
        """Return what is found of a kind that says no more of it."""
        found = cls()
        found.model, found.activity, found.label = kind.model, kind, label  # type: ignore[misc]
        found.fields = (*cls.fields, *kind.texts)  # type: ignore[misc]
        return found

    def visible_to(self, person: Person) -> QuerySet[M]:
        return self.activity.visible_to(person)

    def opens_past(self, row: M, person: Person) -> bool:
        self.activity.was_read(row, person)
        return True

    def noted(self, row: M) -> M | None:
        return row if self.activity.is_logged else None
