"""What an import of risks would do, row by row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from kommissorium.assets.importing.plan import Fault, State
from kommissorium.assets.models import Asset
from kommissorium.core.evidence.canonical import sha256
from kommissorium.risks.models import Assessment, Band, Scale, Scenario, Threat
from kommissorium.risks.subjects import Subject

__all__ = ["Fault", "Plan", "PlannedRisk", "State"]


@dataclass
class PlannedRisk:
    """A row and the risk it becomes: `values` by the fields of a scenario, scores among them.

    `overall` is the one number given for all consequences. `before` is the same risk in the assessment that is in force; `differs` names what is not as
    it was there.
    """

    number: int
    title: str = ""
    asset: Asset | None = None
    threat: Threat | None = None
    values: dict[str, Any] = field(default_factory=dict)
    overall: int | None = None
    lineage: UUID | None = None
    before: Scenario | None = None
    differs: Sequence[str] = ()
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def state(self) -> State:
        if self.faults:
            return State.WRONG
        if self.before is None:
            return State.NEW
        return State.CHANGED if self.differs else State.SAME

    @property
    def is_right(self) -> bool:
        return not self.faults


@dataclass
class Plan:
    """All rows, what the assessment would be about, and the one in force it would follow."""

    rows: list[PlannedRisk]
    subject: Subject
    scale: Scale
    former: Assessment | None = None
    is_open: Assessment | None = None  # a draft there is already: nothing can be taken in
    missing: Sequence[str] = ()  # risks in force that the file does not name

    @property
    def right(self) -> list[PlannedRisk]:
        return [row for row in self.rows if row.is_right]

    @property
    def counts(self) -> Counter[str]:
        """Return how many rows are in each state."""
        return Counter(str(row.state) for row in self.rows)

    def band(self, row: PlannedRisk) -> Band | None:
        """Return the band the row comes to; None where it is not scored."""
        rank = row.values.get("rank")
        return self.scale.band(rank) if rank else None

    @property
    def mark(self) -> str:
        """Return what tells this plan from any that would do something else."""
        told = [
            (row.number, row.state, row.lineage, row.asset and row.asset.pk, _plain(row.values))
            for row in self.rows
        ]
        about = (self.subject.scope, sorted(self.subject.keys), self.subject.process)
        held = (self.scale.pk, self.former and self.former.pk, self.is_open and self.is_open.pk)
        return sha256(repr((told, about, held)))[:16]


def _plain(values: Mapping[str, Any]) -> list[tuple[str, str]]:
    return sorted((name, str(value)) for name, value in values.items())
