"""Plan of an import of risks, row by row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar
from uuid import UUID

from kommissorium.assets.models import Asset
from kommissorium.registers.importing.plan import Plan, PlannedRow, State
from kommissorium.risks.models import Assessment, Scale, Scenario, Threat
from kommissorium.risks.scope import AssessmentScope


@dataclass
class PlannedRisk(PlannedRow):
    """A row and the risk it becomes: `values` by the fields of a scenario, scores among them.

    `overall` is the one number given for all consequences. `thing` is the same risk in the
    assessment that is in force; `differs` names what is not as it was there.
    """

    asset: Asset | None = None
    threat: Threat | None = None
    overall: int | None = None
    lineage: UUID | None = None
    thing: Scenario | None = None
    differs: Sequence[str] = ()

    @property
    def is_new(self) -> bool:
        return self.thing is None

    @property
    def state(self) -> State:
        state = super().state
        return State.CHANGED if state == State.SAME and self.differs else state

    @property
    def mark(self) -> object:
        values = sorted((name, str(value)) for name, value in self.values.items())
        return self.number, self.state, self.lineage, self.asset and self.asset.pk, values


@dataclass(kw_only=True)
class RiskPlan(Plan):
    """All rows, what the assessment would be about, and the one in force it would follow."""

    subject: AssessmentScope
    scale: Scale
    former: Assessment | None = None
    obstacle: Assessment | None = None  # a draft there is already: nothing can be taken in
    missing: Sequence[str] = field(default=())  # risks in force that the file does not name
    is_own: bool = False  # a list of ours that came back: its rows are risks in force
    carried: Sequence[PlannedRisk] = ()  # risks of that assessment that the list does not name
    takes: ClassVar = frozenset({State.NEW, State.CHANGED, State.SAME})

    @property
    def right(self) -> list[Any]:
        """Return the rows that can be taken in: of a list of ours those of what changes."""
        found = super().right
        if not self.is_own:
            return found
        if not any(row.differs for row in found):
            return []
        former = self.former and self.former.pk
        return [row for row in found if row.thing and row.thing.assessment_id == former]

    @property
    def about(self) -> object:
        about = (self.subject.scope, sorted(self.subject.keys), self.subject.process)
        former, draft = self.former, self.obstacle
        return about, (self.scale.pk, former and former.pk, draft and draft.pk)
