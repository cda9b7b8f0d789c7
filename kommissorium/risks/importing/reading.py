"""What the cells of a row say of a risk: its words, what it is about, and its steps."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from typing import Final

from django.utils.translation import gettext as _

from kommissorium.assets.models import Asset
from kommissorium.core.documents.sheets import CellRefused
from kommissorium.core.refusals import Refused
from kommissorium.registers.importing.cells import (
    UNSAID,
    Cell,
    by_word,
    coded,
    codes_by_label,
    folded,
    in_each_language,
    shown,
    words_of,
)
from kommissorium.registers.importing.links import LINK, linked
from kommissorium.registers.importing.plan import same_stands_in
from kommissorium.registers.importing.sheet import SheetImport
from kommissorium.registers.importing.sources import SourceRow
from kommissorium.registers.models import ImportRun
from kommissorium.risks.actions.scenarios import normal
from kommissorium.risks.import_plan import ASSET, CONSEQUENCE, SAID, STANDS_FOR, THREAT, PlannedRisk
from kommissorium.risks.levels import ALL_DIMENSIONS, STEPS, scored
from kommissorium.risks.models import Assessment, Group, Scale, Scenario, Step, Threat, Treatment

_NUMBERED = re.compile(r"(\d+)(?:[.,]0+)?(?![.,]?\d)(?:\W.*)?")  # "3", "3 - Høj", "3: likely"


def step_of(value: Cell, steps: Sequence[Step]) -> int | None:
    """Return the number of the step a cell names by number or by word; None for an empty one.

    Raises CellRefused for what the scale has not.
    """
    words = words_of(value)
    if not words or folded(words) in UNSAID or words in {"-", "–"}:
        return None
    named = {folded(one.name): one.number for one in steps}
    if (word := folded(words)) in named:
        return named[word]
    numbered = _NUMBERED.fullmatch(words)
    if numbered and 1 <= int(numbered[1]) <= len(steps):
        return int(numbered[1])
    names = ", ".join(f"{one.number} {one.name}" for one in steps)
    sentence = _("“%(word)s” is not a step of the scale. Write one of: %(words)s.")
    raise CellRefused(sentence % {"word": shown(value), "words": names})


_treatment = coded(Treatment.choices, by_word(SAID["treatment"]))


def treatment_of(value: Cell) -> str:
    """Return the treatment a cell names, "" for an empty one. Raises CellRefused."""
    return (_treatment(value) if words_of(value) else None) or Treatment.NONE


def group_of(value: Cell) -> str:
    """Return the category a cell names; "" for an empty one and for one that is not ours."""
    return _groups().get(folded(words_of(value)), "")


@cache
def _groups() -> Mapping[str, str]:
    return {code: code for code in Group.values} | codes_by_label(Group.choices)


Scope = Assessment.Scope
TEXTS: Final = ("description", "measures", "treatment_note")


class RiskReading(SheetImport):
    """Reads the rows of a sheet of risks, one by one."""

    row_type = PlannedRisk

    def __init__(self, run: ImportRun) -> None:
        super().__init__(run)
        self.scope: str = run.options["scope"]
        self.process: str = run.options["process"]
        self._numbers: dict[tuple[int, str], int] = {}

    def read(self, given: SourceRow) -> PlannedRisk:
        row = PlannedRisk(given.number, given.cells)
        self.note_unread(row, given)
        self._find(row)
        self._name(row)
        self._place(row)
        self._say(row)
        self._score(row)
        about = row.asset.pk if row.asset else 0
        own = str(row.thing.pk) if row.thing else ""
        first = self._numbers.setdefault((about, own or folded(row.name)), row.number)
        if first != row.number and row.name:
            self.fault(row, "title", same_stands_in(first))
        return row

    @cached_property
    def scale(self) -> Scale:
        """Return the scale in use. Raises Refused where there is none."""
        scale = Scale.in_use()
        if scale is None:
            raise Refused(_("No scale is in use. Choose one first."))
        return scale

    @property
    def is_own(self) -> bool:
        """Return whether it is a list of ours that comes back."""
        return LINK in self.columns

    def scale_of(self, row: PlannedRisk) -> Scale:
        """Return the scale that the steps of a row are of."""
        return row.thing.assessment.scale if row.thing else self.scale

    def steps(self, row: PlannedRisk, name: str) -> Sequence[Step]:
        """Return the steps of the scale that a target names."""
        scale = self.scale_of(row)
        return scale.likelihood_steps if name.endswith("likelihood") else scale.consequence_steps

    @cached_property
    def _in_force(self) -> Mapping[int, Scenario]:
        """Return the risks in force by key, with their assessments."""
        rows = Scenario.objects.in_force().select_related("assessment__scale", "threat", "owner")
        return {row.pk: row for row in rows}

    def _find(self, row: PlannedRisk) -> None:
        """Let a row of a list of ours know which risk it is."""
        if not self.is_own:
            return
        row.thing = self._in_force.get(linked(Scenario, self._words(row, LINK)) or 0)
        if row.thing is None:
            sentence = _("It is no risk in force. Take the list out again, and change that one.")
            self.fault(row, LINK, sentence)

    def _words(self, row: PlannedRisk, code: str) -> str:
        return words_of(self.cell(code, row.cells))

    def _name(self, row: PlannedRisk) -> None:
        threat, group = self._words(row, THREAT), self._words(row, "group")
        row.name = self._words(row, "title") or threat
        if not row.name:
            self.fault(row, "title", _("The cell is empty."))
        row.threat = self._threats.get(folded(threat)) or self._threats.get(folded(row.name))
        told = group_of(group)
        if row.thing is not None:
            row.threat = row.thing.threat
            row.values["group"] = told or row.thing.group
            return
        row.values["group"] = row.threat.group if row.threat else told or Group.OPERATIONS
        if group and not row.threat and not told:
            text = _("“%(word)s” is not one of our categories; it becomes “%(group)s”.")
            row.notes.append(text % {"word": shown(group), "group": Group.OPERATIONS.label})

    def _place(self, row: PlannedRisk) -> None:
        if self.scope != Scope.ASSETS or self.is_own:
            return
        words = self._words(row, ASSET)
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
        self.fault(row, ASSET, sentence % {"name": shown(words)})

    def _say(self, row: PlannedRisk) -> None:
        texts = {name: self._words(row, name) for name in TEXTS}
        known = self._threats.get(folded(row.name))
        if known and not (texts["description"] or row.thing):
            texts["description"] = known.told
        try:
            row.values |= normal({**texts, "title": row.name or "?"})
            row.name = row.values["title"] if row.name else ""
        except Refused as refused:
            self._refuse(row, refused)
        treatment = self.cell("treatment", row.cells)
        row.values["treatment"] = self.read_cell(row, "treatment", treatment, treatment_of) or ""
        words = self._words(row, "owner")
        owner = row.thing.owner if row.thing else None
        if owner and folded(owner.name) == folded(words):
            row.values["owner"] = owner.pk
        elif words:
            found = self.names.people.found(words)
            row.values["owner"] = found[0] if len(found) == 1 else None
            if len(found) != 1:
                text = _("“%(name)s” is nobody known here. The usual risk owner is put in.")
                row.notes.append(text % {"name": shown(words)})

    def _score(self, row: PlannedRisk) -> None:
        values = {name: self._step(row, name) for name in STEPS}
        overall = self._step(row, CONSEQUENCE)
        if overall and not any(values[name] for name in ALL_DIMENSIONS):
            values |= dict.fromkeys(STANDS_FOR, overall)
            row.overall = overall
        try:
            row.values |= values | scored(self.scale_of(row), values)
        except Refused as refused:
            self._refuse(row, refused)

    def _step(self, row: PlannedRisk, name: str) -> int | None:
        cell = self.cell(name, row.cells)
        return self.read_cell(row, name, cell, lambda one: step_of(one, self.steps(row, name)))

    def _refuse(self, row: PlannedRisk, refused: Refused) -> None:
        for name, sentence in refused.errors.items():
            self.fault(row, name, sentence)

    @cached_property
    def _threats(self) -> Mapping[str, Threat]:
        """Return the threats in use by what they are called in each of our languages."""
        rows = list(Threat.objects.in_use())
        every = in_each_language(lambda: {folded(one.label): one for one in rows})
        return {word: one for found in every for word, one in found.items()}

    @cached_property
    def _assets(self) -> Mapping[str, list[Asset]]:
        """Return the assets by name and by local ID; one both ways counts once."""
        found: dict[str, dict[int, Asset]] = defaultdict(dict)
        rows = Asset.objects.only("name", "local_id", "kind", "ended_on", "area").order_by("pk")
        for asset in rows:
            for word in {folded(asset.name), folded(asset.local_id)} - {""}:
                found[word][asset.pk] = asset
        return {
            word: [one for one in there.values() if not one.is_over] or list(there.values())
            for word, there in found.items()
        }
