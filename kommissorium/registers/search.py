"""Search among the things that the kit carries: proposals, activities and reports."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db.models import Exists, OuterRef, Q, QuerySet

from kommissorium.accounts.models import Person
from kommissorium.accounts.searched import Searched
from kommissorium.committees.models import Committee
from kommissorium.registers.activities import ActivityKind, Label
from kommissorium.registers.models.activities import Activity
from kommissorium.registers.models.proposals import Proposal
from kommissorium.registers.models.told import Told
from kommissorium.registers.models.told_parts import Closes, WrittenPart
from kommissorium.registers.proposing import ProposalKind
from kommissorium.registers.status import CONCLUSION
from kommissorium.registers.telling.proposal import ToldProposal


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


class SearchedTold[M: Told](SearchedProposal[M]):
    """Reports on a quarter or a year, by name; their parts are a kind of their own."""

    related = ("of",)

    def day(self, row: M) -> date:
        return row.period.last


class SearchedPart[M: WrittenPart](Searched[M]):
    """The parts of what is told; one that is closed is found by whom the committee names alone.

    So is a conclusion that was composed while a part is closed: it may speak of it.
    """

    told: ClassVar[ToldProposal[Any]]
    fields = ("text",)

    @property
    def parent(self) -> str:
        return self.model.parent

    def visible_to(self, person: Person) -> QuerySet[M]:
        read = self.told.visible_to(person).exclude(state="dropped").order_by().values("pk")
        rows = self.model._default_manager.filter(**{f"{self.parent}__in": read})  # noqa: SLF001
        closed = self.model._default_manager.filter(  # noqa: SLF001
            **{self.parent: OuterRef(self.parent)}, closes=Closes.WHOLE
        )
        is_closed = Q(closes=Closes.WHOLE) | Q(code=CONCLUSION, said="") & Exists(closed)
        found: QuerySet[M] = rows.filter(~is_closed | self.whole_for(person))
        return found

    def whole_for(self, person: Person) -> Q:
        """Return the condition on those of which `person` reads what is closed."""
        return Q(**{f"{self.parent}__of__in": Committee.objects.seated(person).values("pk")})

    def shown(self, rows: QuerySet[M]) -> QuerySet[M]:
        return rows.select_related(f"{self.parent}__of")

    def rows(self) -> QuerySet[M]:
        return self.shown(super().rows())

    def title(self, row: M) -> str:
        return f"{self.told.title_of(getattr(row, self.parent))}: {row.heading}"

    def day(self, row: M) -> date:
        found: date = getattr(row, self.parent).period.last
        return found

    def url(self, row: M, place: str = "") -> str:
        address: str = getattr(row, self.parent).get_absolute_url()
        return address
