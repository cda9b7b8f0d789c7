"""Work out what an import would do, from the rows, the mapping and what the registers hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.assets.actions.checking import checked
from kommissorium.assets.importing.cells import Cell, LeftOut, read_cell, words_of
from kommissorium.assets.importing.names import NameRefused, Names
from kommissorium.assets.importing.plan import Change, Fault, Plan, PlannedRow
from kommissorium.assets.importing.register import Register, fetch, known_assets, plain_name
from kommissorium.assets.importing.sources import Source, SourceRow, unpacked
from kommissorium.assets.importing.targets import BUSINESS, ROLE, SINCE, SOCIETY, label_of
from kommissorium.assets.models import Criticality, Import
from kommissorium.core.documents.sheets import CellRefused
from kommissorium.core.refusals import Refused

type Columns = Mapping[str, Sequence[int]]
type Told = Callable[[int], None]

EVERY = 200  # rows between two reports of how far it has come


def plan_import(
    source: Source,
    *,
    kind: str,
    mapping: Mapping[str, str],
    key: str,
    choices: Mapping[str, Mapping[str, str]],
    today: date,
    told: Told = lambda _percent: None,
) -> Plan:
    """Return what taking the rows in would do. `told` hears of each per cent gone through."""
    register = known_assets(kind)
    planner = _Planner(register, kind, _columns(mapping), key, Names(register, choices), today)
    read = [planner.read(row) for row in source.rows]
    keys = planner.matched(read)
    fetch(register, keys, planner.columns)
    for count, (row, given) in enumerate(zip(read, source.rows, strict=True), start=1):
        planner.plan(row, given.cells)
        if count % EVERY == 0:
            told(100 * count // len(read))
    return Plan(read, planner.names.unknown, register)


def source_of(run: Import) -> Source:
    """Return headings and rows of an import. Raises Refused where they are lost."""
    try:
        return unpacked(run.parsed.read() if run.parsed else b"")
    except (OSError, ValueError):
        raise Refused(_("The file is no longer there. Hand it in again.")) from None


def plan_of(run: Import, *, told: Told = lambda _percent: None) -> Plan:
    """Return what taking an import in would do today. Raises Refused where its rows are lost."""
    return plan_import(
        source_of(run),
        kind=run.kind,
        mapping=run.mapping,
        key=run.key,
        choices=run.choices,
        today=timezone.localdate(),
        told=told,
    )


def _columns(mapping: Mapping[str, str]) -> Columns:
    columns: dict[str, list[int]] = defaultdict(list)
    for column in sorted(mapping, key=int):
        columns[mapping[column]].append(int(column))
    return dict(columns)


@dataclass
class _Planner:
    """Goes through the rows of one import."""

    register: Register
    kind: str
    columns: Columns
    key: str
    names: Names
    today: date
    _rows_of: dict[object, list[int]] = field(default_factory=lambda: defaultdict(list))
    _numbers: dict[tuple[str, object], int] = field(default_factory=dict)

    def read(self, given: SourceRow) -> PlannedRow:
        """Return a row with what its key is; which asset that means is found for all at once."""
        row = PlannedRow(given.number, name=words_of(self._cell("name", given.cells)))
        for target, columns in self.columns.items() if given.faults else ():
            told = [given.faults[str(n)] for n in columns if str(n) in given.faults]
            row.faults += [Fault(label_of(target), sentence) for sentence in told]
        value = self._key_of(row, given.cells)
        if value is not None:
            self._rows_of[value].append(given.number)
            row.values[self.key] = value
        return row

    def matched(self, rows: Sequence[PlannedRow]) -> set[int]:
        """Let each row know its asset; return the keys of all of these."""
        for row in rows:
            value = row.values.pop(self.key, None)
            if value is not None:
                self._match(row, value)
        return {row.asset for row in rows if row.asset is not None}

    def plan(self, row: PlannedRow, cells: Sequence[Cell]) -> None:
        """Work out what becomes of a row."""
        values = self._values(row, cells)
        try:
            kept = checked(self.kind, values, is_new=row.asset is None)
        except Refused as refused:
            told = {fault.label for fault in row.faults}
            found = [Fault(label_of(name), text) for name, text in refused.errors.items()]
            row.faults += [fault for fault in found if fault.label not in told]
            kept = {}
        self._refuse_taken(row, kept)
        self._compare(row, kept)
        self._own(row, cells)

    def _cell(self, target: str, cells: Sequence[Cell]) -> Cell:
        """Return the first cell that is filled in among the columns of a target."""
        filled = (cells[n] for n in self.columns.get(target, ()) if n < len(cells))
        return next((cell for cell in filled if words_of(cell)), None)

    def _key_of(self, row: PlannedRow, cells: Sequence[Cell]) -> object:
        words = words_of(self._cell(self.key, cells))
        if not words:
            sentence = _("The cell is empty, so it cannot be told which one the row is about.")
            row.faults.append(Fault(label_of(self.key), sentence))
            return None
        if self.key == "name":
            return plain_name(words)
        try:
            return checked(self.kind, {self.key: words})[self.key]
        except Refused:  # said when all values of the row are checked
            return None

    def _match(self, row: PlannedRow, value: object) -> None:
        others = [number for number in self._rows_of[value] if number != row.number]
        if others:
            sentence = _("The same stands in row %(row)d.") % {"row": others[0]}
            row.faults.append(Fault(label_of(self.key), sentence))
        found = self.register.named(self.key, value)
        if len(found) > 1:
            sentence = _("Several in the register are called that. Use another key.")
            row.faults.append(Fault(label_of(self.key), sentence))
        elif found and self.register.kinds[found[0]] != self.kind:
            sentence = _("“%(name)s” has it, and that is of another kind.")
            name = self.register.called[found[0]]
            row.faults.append(Fault(label_of(self.key), sentence % {"name": name}))
        elif found and found[0] in self.register.gone:
            sentence = _("It has been taken out of the register.")
            row.faults.append(Fault(label_of(self.key), sentence))
        elif found:
            row.asset = found[0]
            row.name = row.name or self.register.called[found[0]]

    def _values(self, row: PlannedRow, cells: Sequence[Cell]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for target in self.columns:
            if target.startswith(ROLE) or target == SINCE:
                continue
            value = self._value(row, target, self._cell(target, cells))
            if value is not None:
                values[target] = value
        society, business = values.pop(SOCIETY, None), values.pop(BUSINESS, None)
        if society:
            values["criticality"] = Criticality.SOCIETY
        elif business is not None and "criticality" not in values:
            values["criticality"] = Criticality.BUSINESS if business else Criticality.NOT_CRITICAL
        return values

    def _value(self, row: PlannedRow, target: str, cell: Cell) -> object:
        try:
            if target in ("area", "supplier"):
                return self.names.row(target, words_of(cell)) if words_of(cell) else None
            return read_cell(target, cell)
        except (CellRefused, NameRefused) as refused:
            row.faults.append(Fault(label_of(target), str(refused)))
        except LeftOut as left:
            row.notes.append(f"{label_of(target)}: {left}")
        return None

    def _refuse_taken(self, row: PlannedRow, kept: Mapping[str, Any]) -> None:
        for name, taken in (("uuid", self.register.uuids), ("local_id", self.register.local_ids)):
            value = kept.get(name)
            if not value:
                continue
            first = self._numbers.setdefault((name, value), row.number)
            owner = taken.get(value)
            if owner is not None and owner != row.asset and name != self.key:
                sentence = _("“%(name)s” has it already.")
                told = sentence % {"name": self.register.called[owner]}
                row.faults.append(Fault(label_of(name), told))
            elif first != row.number and name != self.key:
                sentence = _("The same stands in row %(row)d.") % {"row": first}
                row.faults.append(Fault(label_of(name), sentence))

    def _compare(self, row: PlannedRow, kept: Mapping[str, Any]) -> None:
        asset = row.seen = self.register.assets.get(row.asset or 0)
        for name, value in kept.items():
            if asset is None and value in (None, ""):
                continue
            before = self._before(asset, name)
            if asset is not None and before == value:
                continue
            row.values[name] = value
            row.changes.append(Change(name, before, value))

    def _before(self, asset: Any, name: str) -> Any:
        if asset is None:
            return None
        if name in self.register.by_key:
            return self.register.by_key[name].get(getattr(asset, f"{name}_id"))
        return getattr(asset, name)

    def _own(self, row: PlannedRow, cells: Sequence[Cell]) -> None:
        roles = [target for target in self.columns if target.startswith(ROLE)]
        if not roles:
            return
        since = self._value(row, SINCE, self._cell(SINCE, cells))
        row.since = since if isinstance(since, date) else self.today
        if row.since > self.today:
            row.faults.append(Fault(label_of(SINCE), _("That day has not come yet.")))
        for target in roles:
            self._appoint(row, target, cells)

    def _appoint(self, row: PlannedRow, target: str, cells: Sequence[Cell]) -> None:
        words = [words_of(cells[n]) for n in self.columns[target] if n < len(cells)]
        filled = sorted(filter(None, words), key=lambda text: "@" not in text)
        if not filled:
            return
        try:
            person, note = self.names.person(filled[0])
        except NameRefused as refused:
            row.faults.append(Fault(label_of(target), str(refused)))
            return
        role = target.removeprefix(ROLE)
        held = self.register.owners.get((row.asset or 0, role))
        if person is None or (held and held.person == person):
            return
        if held and row.since and row.since < held.since:
            sentence = _("Somebody else has had it since a later day.")
            row.faults.append(Fault(label_of(target), sentence))
        row.notes += [note] if note else []
        row.owners[role] = person
        if held:
            row.held[role] = held
        name = self.register.people.by_key[person].name
        row.changes.append(Change(target, held.name if held else "", name))
