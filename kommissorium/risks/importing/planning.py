"""Work out what an import of risks would do, from the rows, the scale and the registers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Final
from uuid import UUID, uuid5

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from kommissorium.accounts.models import Person
from kommissorium.assets.importing.cells import Cell, shown, words_of
from kommissorium.assets.importing.people import Named, People
from kommissorium.assets.importing.sources import Source, SourceRow, unpacked
from kommissorium.assets.importing.targets import folded
from kommissorium.assets.models import Asset
from kommissorium.core.documents.sheets import CellRefused
from kommissorium.core.refusals import Refused
from kommissorium.risks.actions.scenarios import normal
from kommissorium.risks.importing.cells import group_of, step_of, treatment_of
from kommissorium.risks.importing.plan import Fault, Plan, PlannedRisk
from kommissorium.risks.importing.targets import ASSET, CONSEQUENCE, STANDS_FOR, THREAT, label_of
from kommissorium.risks.models import Assessment, Group, RiskImport, Scale, Scenario, Step, Threat
from kommissorium.risks.models.assessments import TITLE_LENGTH
from kommissorium.risks.scoring import ALL_DIMENSIONS, STEPS, scored
from kommissorium.risks.subjects import Subject, assessments_of, risk_owners

Scope = Assessment.Scope
OPEN: Final = {Assessment.State.DRAFT, Assessment.State.PROPOSED}
TEXTS: Final = ("description", "measures", "treatment_note")
COMPARED: Final = ("title", "measures", *STEPS, "treatment")
RISKS: Final = UUID("6e0f1c0e-5a3c-4a63-9d8c-5b5f6f0a7d11")  # the family of keys made of words


def source_of(run: RiskImport) -> Source:
    """Return headings and rows of an import. Raises Refused where they are lost."""
    try:
        return unpacked(run.parsed.read())
    except (OSError, ValueError):
        raise Refused(_("The file is no longer there. Hand it in again.")) from None


def plan_of(run: RiskImport) -> Plan:
    """Return what taking an import in would do now. Raises Refused where no scale is in use."""
    scale = Scale.in_use()
    if scale is None:
        raise Refused(_("No scale is in use. Choose one first."))
    planner = _Planner(run.scope, scale, {target: int(n) for n, target in run.mapping.items()})
    rows = [planner.read(row) for row in source_of(run).rows]
    subject = planner.subject(rows, run.process)
    found = assessments_of(subject)
    former = next((one for one in found if one.is_approved and not one.in_force_to), None)
    plan = Plan(rows, subject, scale, former, next((a for a in found if a.state in OPEN), None))
    planner.match(plan)
    return plan


@dataclass
class _Planner:
    """Goes through the rows of one import."""

    scope: str
    scale: Scale
    columns: Mapping[str, int]
    _numbers: dict[tuple[int, str], int] = field(default_factory=dict)

    def read(self, given: SourceRow) -> PlannedRisk:
        """Return a row with all that its cells say."""
        row = PlannedRisk(given.number)
        for target, column in self.columns.items():
            if sentence := given.faults.get(str(column)):
                row.faults.append(Fault(label_of(target), sentence))
        self._name(row, given.cells)
        self._place(row, given.cells)
        self._say(row, given.cells)
        self._score(row, given.cells)
        self._refuse_twice(row)
        return row

    def subject(self, rows: Sequence[PlannedRisk], process: str) -> Subject:
        """Return what the assessment would be about."""
        if self.scope != Scope.ASSETS:
            return Subject(self.scope, process=process)
        assets = {row.asset.pk: row.asset for row in rows if row.asset and row.is_right}
        scope = Scope.ASSET if len(assets) == 1 else Scope.ASSETS
        return Subject(scope, sorted(assets.values(), key=lambda one: (one.name, one.pk)))

    def match(self, plan: Plan) -> None:
        """Let each row know its lineage, its owner, and the same risk in the assessment in force."""
        held = list(plan.former.scenarios.select_related("threat")) if plan.former else []
        before = {folded(one.title): one for one in held}
        owners = {person.pk for person in risk_owners(plan.subject)}
        used: set[UUID] = set()
        for row in plan.right:
            if row.asset and plan.subject.scope == Scope.ASSETS:
                row.title = f"{row.asset.name}: {row.title}"[:TITLE_LENGTH]
                row.values["title"] = row.title
            row.before = before.get(folded(row.title))
            if row.before is not None and plan.former is not None:
                _fill_in(
                    row, row.before, plan, same_steps=plan.former.scale.size == plan.scale.size
                )
            if row.values.get("owner") and row.values["owner"] not in owners:
                row.values["owner"] = None
                text = _("The risk owner named has no mandate over it. The usual one is put in.")
                row.notes.append(text)
            row.lineage = row.before.lineage if row.before else self._made_key(row, plan)
            while row.lineage in used:
                row.lineage = uuid5(RISKS, str(row.lineage))
            used.add(row.lineage)
            row.differs = _differing(row)
        named = {folded(row.title) for row in plan.right}
        plan.missing = [one.title for one in held if folded(one.title) not in named]

    def _made_key(self, row: PlannedRisk, plan: Plan) -> UUID:
        about = row.asset.pk if row.asset else f"{plan.subject.scope} {plan.subject.process}"
        bare = row.title.removeprefix(f"{row.asset.name}: ") if row.asset else row.title
        return uuid5(RISKS, f"{about} {folded(bare)}")

    def _cell(self, target: str, cells: Sequence[Cell]) -> Cell:
        column = self.columns.get(target)
        return cells[column] if column is not None and column < len(cells) else None

    def _name(self, row: PlannedRisk, cells: Sequence[Cell]) -> None:
        threat = words_of(self._cell(THREAT, cells))
        row.title = words_of(self._cell("title", cells)) or threat
        if not row.title:
            row.faults.append(Fault(label_of("title"), _("The cell is empty.")))
        known = self._threats
        row.threat = known.get(folded(threat)) or known.get(folded(row.title))
        told = group_of(self._cell("group", cells))
        row.values["group"] = row.threat.group if row.threat else told or Group.OPERATIONS
        if not row.threat and not told and words_of(self._cell("group", cells)):
            text = _("“%(word)s” is none of our categories; it becomes “%(group)s”.")
            word = shown(self._cell("group", cells))
            row.notes.append(text % {"word": word, "group": Group.OPERATIONS.label})

    def _place(self, row: PlannedRisk, cells: Sequence[Cell]) -> None:
        if self.scope != Scope.ASSETS:
            return
        words = words_of(self._cell(ASSET, cells))
        found = self._assets.get(folded(words), []) if words else []
        if len(found) == 1 and not found[0].is_over:
            row.asset = found[0]
            return
        if not words:
            sentence = _("The cell is empty, so it cannot be told what the risk is about.")
        elif len(found) > 1:
            sentence = _("Several are called “%(name)s”. Write the local ID.")
        elif found:
            sentence = _("“%(name)s” has been taken out of the register.")
        else:
            sentence = _("“%(name)s” is not in the register.")
        row.faults.append(Fault(label_of(ASSET), sentence % {"name": shown(words)}))

    def _say(self, row: PlannedRisk, cells: Sequence[Cell]) -> None:
        texts = {name: words_of(self._cell(name, cells)) for name in TEXTS}
        if not texts["description"] and row.threat and folded(row.title) in self._threats:
            texts["description"] = row.threat.told
        try:
            row.values |= normal({**texts, "title": row.title or "?"})
            row.title = row.values["title"] if row.title else ""
        except Refused as refused:
            row.faults += [Fault(label_of(name), said) for name, said in refused.errors.items()]
        row.values["treatment"] = self._read(row, "treatment", treatment_of, cells) or ""
        if words := words_of(self._cell("owner", cells)):
            found = self._people.found(words)
            row.values["owner"] = found[0] if len(found) == 1 else None
            if len(found) != 1:
                text = _("“%(name)s” is nobody known here. The usual risk owner is put in.")
                row.notes.append(text % {"name": shown(words)})

    def _score(self, row: PlannedRisk, cells: Sequence[Cell]) -> None:
        values: dict[str, int | None] = {}
        for name in STEPS:
            values[name] = self._read(row, name, partial(step_of, steps=self._steps(name)), cells)
        bad = partial(step_of, steps=self.scale.consequence_steps)
        overall = self._read(row, CONSEQUENCE, bad, cells)
        if overall and not any(values[name] for name in ALL_DIMENSIONS):
            values |= dict.fromkeys(STANDS_FOR, overall)
            row.overall = overall
        try:
            row.values |= values | scored(self.scale, values)
        except Refused as refused:
            row.faults += [Fault(label_of(name), said) for name, said in refused.errors.items()]

    def _read[T](
        self, row: PlannedRisk, target: str, read: Callable[[Cell], T], cells: Sequence[Cell]
    ) -> T | None:
        try:
            return read(self._cell(target, cells))
        except CellRefused as refused:
            row.faults.append(Fault(label_of(target), str(refused)))
            return None

    def _steps(self, name: str) -> Sequence[Step]:
        is_likelihood = name.endswith("likelihood")
        return self.scale.likelihood_steps if is_likelihood else self.scale.consequence_steps

    def _refuse_twice(self, row: PlannedRisk) -> None:
        key = (row.asset.pk if row.asset else 0, folded(row.title))
        first = self._numbers.setdefault(key, row.number)
        if first != row.number and row.title:
            sentence = _("The same stands in row %(row)d.") % {"row": first}
            row.faults.append(Fault(label_of("title"), sentence))

    @cached_property
    def _threats(self) -> Mapping[str, Threat]:
        """Return the threats in use by what they are called in each of our languages."""
        rows = list(Threat.objects.in_use())
        found: dict[str, Threat] = {}
        for language, _called in settings.LANGUAGES:
            with override(language):
                found |= {folded(one.label): one for one in rows}
        return found

    @cached_property
    def _assets(self) -> Mapping[str, list[Asset]]:
        """Return the assets by name and by local ID; one both ways counts once."""
        found: dict[str, dict[int, Asset]] = defaultdict(dict)
        for asset in Asset.objects.only("name", "local_id", "kind", "ended_on", "area").order_by(
            "pk"
        ):
            for word in {folded(asset.name), folded(asset.local_id)} - {""}:
                found[word][asset.pk] = asset
        return {
            word: [one for one in there.values() if not one.is_over] or list(there.values())
            for word, there in found.items()
        }

    @cached_property
    def _people(self) -> People:
        rows = Person.objects.active().values_list("pk", "name", "email", "job_title")
        return People.of(Named(pk, name, email or "", title) for pk, name, email, title in rows)


def _fill_in(row: PlannedRisk, before: Scenario, plan: Plan, *, same_steps: bool) -> None:
    """Keep what the risk says already where the file says nothing."""
    for name in ("description", "measures", "treatment", "treatment_note"):
        row.values[name] = row.values[name] or getattr(before, name)
    row.values["owner"] = row.values.get("owner") or before.owner_id
    if row.threat is None and before.threat is not None:
        row.threat, row.values["group"] = before.threat, before.group
    if not same_steps:
        return
    given = {name: row.values[name] for name in STEPS}
    kept = {name: getattr(before, name) for name in STEPS}
    if row.overall and row.overall == before.consequence:
        given |= dict.fromkeys(ALL_DIMENSIONS)
    elif any(given[name] for name in ALL_DIMENSIONS):
        kept |= dict.fromkeys(ALL_DIMENSIONS)
    steps = {name: given[name] or kept[name] for name in STEPS}
    try:
        row.values |= steps | scored(plan.scale, steps)
    except Refused:  # the risk is smaller now than what was to be left of it
        steps |= {"residual_likelihood": None, "residual_consequence": None}
        row.values |= steps | scored(plan.scale, steps)


def _differing(row: PlannedRisk) -> list[str]:
    if row.before is None:
        return []
    return [
        name
        for name in COMPARED
        if name in row.values and getattr(row.before, name) != row.values[name]
    ]
