"""The import of risks: all rows of a sheet become one draft assessment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final
from uuid import UUID, uuid5

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.accounts.models import Person
from kommissorium.core.cleaning import clean_line
from kommissorium.core.documents.excel import Sheet
from kommissorium.registers.importing.cells import folded
from kommissorium.registers.importing.links import LINK, without_others
from kommissorium.registers.importing.plan import ShownRow, State
from kommissorium.registers.importing.sources import Source
from kommissorium.registers.importing.targets import Target
from kommissorium.registers.lines import Line
from kommissorium.registers.models import ImportRun
from kommissorium.risks.actions.assessments import OPEN, drop_assessment
from kommissorium.risks.actions.imports import record_risk_import, write_draft
from kommissorium.risks.forms.assessments import ScopeForm
from kommissorium.risks.import_plan import (
    ASSET,
    LABELS_OF,
    THREAT,
    PlannedRisk,
    RiskPlan,
    example_sheets,
    targets_by,
)
from kommissorium.risks.importing.matching import differing, fill_in, match_own, said, subject_of
from kommissorium.risks.importing.reading import RiskReading, Scope
from kommissorium.risks.levels import STEPS
from kommissorium.risks.models import Assessment, Group, Scale, Scenario, Treatment
from kommissorium.risks.models.assessments import TITLE_LENGTH
from kommissorium.risks.scope import AssessmentScope, assessments_of, label_of, risk_owners

SCOPES: Final = (Scope.ORGANISATION, Scope.ASSETS, Scope.PROCESS)
COMPARED: Final = ("title", "measures", *STEPS, "treatment")
SHOWN_OF_NEW: Final = ("likelihood", "consequence", "treatment", "measures")
MOST_WORDS: Final = 120  # characters of a value in the preview
RISKS: Final = UUID("6e0f1c0e-5a3c-4a63-9d8c-5b5f6f0a7d11")  # the family of keys made of words


class RiskSheet(RiskReading):
    """Risks about the organisation, a process, or the assets that a column names.

    A risk of the same title about the same thing as one in force is that risk: what the file
    does not say stays as it is.
    """

    kind, home, home_label = "risks", "risks", gettext_lazy("Risks")
    takes_back = "risk_list"
    tabs, hints = "risks/import_tabs.html", "risks/import_hints.html"
    notices = "risks/import_notices.html"
    form, most_rows = ScopeForm, 2000
    templates = (("risks", gettext_lazy("Risks")),)
    title, new_title = gettext_lazy("Import of risks"), gettext_lazy("New import of risks")
    lead = gettext_lazy(
        "Risks from Excel or a .csv file become one draft assessment. You see what each row will"
        " do before anything is taken in."
    )
    empty = gettext_lazy(
        "Hand in a sheet with the risks you have. They become a draft that you can go through"
        " before it is proposed to the committee."
    )
    file_hint = gettext_lazy(
        "An Excel workbook (.xlsx) or a .csv file with one risk in each row. At most 25 MB and"
        " 2,000 rows. The first row with headings is found by itself."
    )
    columns_hint = gettext_lazy("Steps can be written as numbers or in the words of the scale.")
    take_in_hint = gettext_lazy(
        "All of them become one draft assessment, or none. It can be undone until the draft is"
        " proposed."
    )
    undo_hint = gettext_lazy("The import can be undone until the draft is proposed.")
    taken_in = gettext_lazy("The risks were taken in as a draft. Go through it and propose it.")
    undone = gettext_lazy("The import is undone. The draft it made has been given up.")
    was_undone = gettext_lazy("The draft it had made was given up.")
    cell_label = gettext_lazy("Risk today")

    @classmethod
    def checked_options(cls, options: Mapping[str, Any]) -> dict[str, Any]:
        scope, process = options.get("scope", Scope.ORGANISATION), ""
        if scope not in SCOPES:
            raise ValueError(scope)
        if scope == Scope.PROCESS:
            wanted = _("Must be filled in.")
            process = clean_line(options["process"], "process", TITLE_LENGTH, wanted=wanted)
        return {"scope": str(scope), "process": process}

    @classmethod
    def example(cls, template: str) -> Sequence[Sheet]:
        return example_sheets()

    @classmethod
    def runs_of(cls, person: Person) -> QuerySet[ImportRun]:
        return super().runs_of(person).select_related("by", "imported__assessment")

    def about(self) -> str:
        return self.process or str(Scope(self.scope).label)

    def targets(self) -> Sequence[Target]:
        return targets_by(Scale.in_use())

    def guessed(self, source: Source) -> dict[str, str]:
        return without_others(super().guessed(source), source, Scenario)

    def lacking(self, mapping: Mapping[str, str]) -> str:
        told = list(mapping.values())
        if not {"title", THREAT} & set(told):
            return _("Choose the column that says what can happen.")
        if self.scope == Scope.ASSETS and not {ASSET, LINK} & set(told):
            return _("Choose the column that names the system, data set or archive.")
        twice = next((target for target in told if told.count(target) > 1), None)
        if twice:
            sentence = _("Two columns are taken as “%(target)s”. Choose one.")
            return sentence % {"target": LABELS_OF[twice]}
        return ""

    def new_plan(self, rows: Sequence[PlannedRisk]) -> RiskPlan:
        subject = subject_of(rows) if self.is_own else self._subject(rows)
        found = assessments_of(subject)
        former = next((one for one in found if one.is_approved and not one.in_force_to), None)
        draft = next((one for one in found if one.state in OPEN), None)
        return RiskPlan(
            rows,
            self.names.unknown,
            subject=subject,
            scale=self.scale,
            former=former,
            obstacle=draft,
            is_own=self.is_own,
        )

    def match(self, plan: RiskPlan) -> None:
        """Let each row know its lineage, its owner, and the same risk in the one in force."""
        if self.is_own:
            match_own(plan)
            return
        held = (
            list(plan.former.scenarios.select_related("threat", "assessment__scale"))
            if plan.former
            else []
        )
        before = {folded(one.title): one for one in held}
        owners = {person.pk for person in risk_owners(plan.subject)}
        used: set[UUID] = set()
        for row in plan.right:
            if row.asset and plan.subject.scope == Scope.ASSETS:
                row.name = f"{row.asset.name}: {row.name}"[:TITLE_LENGTH]
                row.values["title"] = row.name
            row.thing = before.get(folded(row.name))
            if row.thing is not None:
                fill_in(row, row.thing, plan.scale)
            if row.values.get("owner") and row.values["owner"] not in owners:
                row.values["owner"] = None
                text = _("The risk owner named has no mandate over it. The usual one is put in.")
                row.notes.append(text)
            row.lineage = row.thing.lineage if row.thing else _made_key(row, plan.subject)
            while row.lineage in used:
                row.lineage = uuid5(RISKS, str(row.lineage))
            used.add(row.lineage)
            row.differs = differing(row, COMPARED)
        named = {folded(row.name) for row in plan.right}
        plan.missing = [one.title for one in held if folded(one.title) not in named]

    def shown(self, plan: RiskPlan, rows: Iterable[PlannedRisk]) -> list[ShownRow]:
        return [ShownRow(row, self._lines(plan, row), cell=_band(plan, row)) for row in rows]

    def write(self, plan: RiskPlan, by: Person) -> Assessment:
        return write_draft(self.run, plan, by)

    def undo(self, by: Person) -> None:
        drop_assessment(self.run.imported.assessment, by=by)

    def obstacle_to_undo(self) -> str:
        made = self.made()
        if self.run.state != ImportRun.State.DONE or made is None:
            return _("There is nothing to undo.")
        return "" if made.is_draft else _("The draft it made has been proposed or given up.")

    def record(self, deed: str, *, by: Person, **facts: Any) -> None:
        record_risk_import(deed, self.run, self.made(), by=by, facts=facts)

    def made(self) -> Assessment | None:
        imported = getattr(self.run, "imported", None)
        return imported.assessment if imported else None

    def _subject(self, rows: Sequence[PlannedRisk]) -> AssessmentScope:
        """Return what the assessment would be about."""
        if self.scope != Scope.ASSETS:
            return AssessmentScope(self.scope, process=self.process)
        assets = {row.asset.pk: row.asset for row in rows if row.asset and not row.faults}
        scope = Scope.ASSET if len(assets) == 1 else Scope.ASSETS
        return AssessmentScope(scope, sorted(assets.values(), key=lambda one: (one.name, one.pk)))

    def _lines(self, plan: RiskPlan, row: PlannedRisk) -> list[Line]:
        if row.state == State.NEW or row.thing is None:
            told = [
                (name, self._text(plan.scale, name, row.values.get(name))) for name in SHOWN_OF_NEW
            ]
            return [Line(_label(name), text) for name, text in told if text]
        scale = row.thing.assessment.scale
        return [
            Line(
                _label(name),
                self._text(plan.scale, name, row.values.get(name)),
                self._text(scale, name, said(row.thing, name)),
                is_change=True,
            )
            for name in row.differs
        ]

    def _text(self, scale: Scale, name: str, value: Any) -> str:
        if value in (None, ""):
            return ""
        if name == "owner":
            return self.names.people.by_key[value].name if value in self.names.people.by_key else ""
        if name == "group":
            return str(Group(value).label)
        if name == "treatment":
            return str(Treatment(value).label)
        if isinstance(value, int):
            steps = (
                scale.likelihood_steps if name.endswith("likelihood") else scale.consequence_steps
            )
            return steps[value - 1].name
        return value if len(value) <= MOST_WORDS else f"{value[:MOST_WORDS]}…"


def _label(name: str) -> str:
    return _("Consequence") if name == "consequence" else label_of(name)


def _band(plan: RiskPlan, row: PlannedRisk) -> str:
    rank = row.values.get("rank")
    return plan.scale.band(rank).name if rank else _("Not assessed")


def _made_key(row: PlannedRisk, subject: AssessmentScope) -> UUID:
    about = row.asset.pk if row.asset else f"{subject.scope} {subject.process}"
    bare = row.name.removeprefix(f"{row.asset.name}: ") if row.asset else row.name
    return uuid5(RISKS, f"{about} {folded(bare)}")
