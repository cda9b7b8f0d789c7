"""Targets for the columns of a sheet of risks, and the plan of its import, row by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, Final
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kommissorium.assets.models import Asset
from kommissorium.core.built_in import data_of
from kommissorium.core.documents.excel import Column, Sheet
from kommissorium.registers.importing.cells import Choices
from kommissorium.registers.importing.links import LINK
from kommissorium.registers.importing.plan import Plan, PlannedRow, State
from kommissorium.registers.importing.targets import Target
from kommissorium.risks.levels import ALL_DIMENSIONS, LABELS, STEPS
from kommissorium.risks.models import Assessment, Group, Scale, Scenario, Threat, Treatment
from kommissorium.risks.scope import AssessmentScope

ASSET, THREAT, CONSEQUENCE = "asset", "threat", "consequence"
# What one number for the consequence stands for, until somebody says more.
STANDS_FOR: Final = (
    *("confidentiality_organisation", "integrity_organisation", "availability_organisation"),
)
LABELS_OF: Final[Mapping[str, Any]] = {
    "title": _("What can happen"),
    THREAT: _("Threat"),
    ASSET: _("System, data set or archive"),
    "group": _("Category"),
    "description": _("How, and what it would mean"),
    "measures": _("Measures today"),
    "likelihood": _("Likelihood"),
    CONSEQUENCE: _("Consequence (one for all)"),
    **{name: LABELS[name] for name in ALL_DIMENSIONS},
    "treatment": _("Treatment"),
    "treatment_note": _("What is to be done"),
    "residual_likelihood": _("Likelihood after the treatment"),
    "residual_consequence": _("Consequence after the treatment"),
    "owner": _("Risk owner"),
    LINK: _("Link to its page here"),
}
SAID: Final = data_of(Path(__file__).with_name("importing") / "words.toml")


def targets_by(scale: Scale | None) -> list[Target]:
    """Return what the columns can be; where they say steps, those of the scale."""
    return [
        Target(code, label, SAID["headings"][code], choices=_choices(code, scale))
        for code, label in LABELS_OF.items()
    ]


def _choices(code: str, scale: Scale | None) -> Choices:
    if code == "treatment":
        return Treatment.choices
    if scale is None or code not in {*STEPS, CONSEQUENCE}:
        return ()
    is_likelihood = code.endswith("likelihood")
    steps = scale.likelihood_steps if is_likelihood else scale.consequence_steps
    return [(str(one.number), f"{one.number} {one.name}") for one in steps]


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


HEADINGS = (
    *("title", "asset", "group", "description", "measures", "likelihood"),
    *("confidentiality_person", "integrity_person", "availability_person"),
    *("confidentiality_organisation", "integrity_organisation", "availability_organisation"),
    *("treatment", "treatment_note", "residual_likelihood", "residual_consequence", "owner"),
)
WIDE = {"title", THREAT, "description", "measures", "treatment_note"}


def example_sheets() -> list[Sheet]:
    """Return the sheet in the active language, and one that tells the steps' names."""
    columns = [Column(str(LABELS_OF[one]), width=40 if one in WIDE else 24) for one in HEADINGS]
    shown = _example()
    sheets = [Sheet(gettext("Risks"), columns, [[shown.get(name, "") for name in HEADINGS]])]
    scale = Scale.in_use()
    return [*sheets, _of_scale(scale)] if scale else sheets


def _of_scale(scale: Scale) -> Sheet:
    columns = [
        Column(gettext("What it says")),
        Column(gettext("Step")),
        Column(gettext("Name"), width=24),
        Column(gettext("What it means"), width=60),
    ]
    axes = (
        (gettext("Likelihood"), scale.likelihood_steps),
        (gettext("Consequence"), scale.consequence_steps),
    )
    rows: list[list[str | int]] = [
        [axis, one.number, one.name, one.text] for axis, steps in axes for one in steps
    ]
    return Sheet(gettext("The scale"), columns, rows)


def _example() -> dict[str, str]:
    return {
        "title": gettext("Example: write over this row"),
        "asset": gettext("The name or the local ID"),
        "group": str(Group.SYSTEM.label),
        "description": gettext("How it can happen, in a line or two."),
        "measures": gettext("Backup every night."),
        "likelihood": "2",
        "confidentiality_person": "1",
        "availability_organisation": "3",
        "treatment": str(Treatment.MITIGATE.label),
        "treatment_note": gettext("Test that the backup can be put back."),
        "residual_likelihood": "1",
        "residual_consequence": "3",
        "owner": "navn@kommune.example",
    }
