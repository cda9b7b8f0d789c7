"""The ordinary import: each row is one thing of the register, found again by a key."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.localised import day
from kommissorium.registers.actions.imported_rows import undo_rows, used_by, write_rows
from kommissorium.registers.importing.cells import words_of
from kommissorium.registers.importing.names import PERSON
from kommissorium.registers.importing.plan import Change, Line, Plan, PlannedRow, ShownRow, State
from kommissorium.registers.importing.sheet import SheetImport
from kommissorium.registers.importing.sources import SourceRow
from kommissorium.registers.models import ImportedRow

MOST_WORDS = 120  # characters of a value in the preview


class RowImport(SheetImport):
    """An import of which each row adds or changes one thing of a model with an `edit_version`.

    A room says the targets and writes a row with `write_row`. An empty cell changes nothing.
    """

    model: ClassVar[type[models.Model]]
    row_type: ClassVar[type[PlannedRow]] = PlannedRow
    called: ClassVar[str] = "name"  # the target that names the row for people
    follows: ClassVar[tuple[type[models.Model], ...]] = ()  # what goes along with a thing

    # What a register may say otherwise.

    def key_value(self, words: str) -> object:
        """Return what a key says, so that keys alike are equal; None for what is no key."""
        return plain_name(words)

    def index(self) -> Mapping[Any, Sequence[int]]:
        """Return the keys of all things by what the chosen key says of them."""
        found: dict[object, list[int]] = defaultdict(list)
        objects: Any = self.model._default_manager  # noqa: SLF001 Django's documented model API
        for pk, value in objects.values_list("pk", self.run.key):
            found[self.key_value(str(value or ""))].append(pk)
        return found

    def refused(self, pk: int) -> str:
        """Return why no row can be about that thing, as a sentence; "" where one can."""
        return ""

    def fetch(self, keys: Collection[int]) -> None:
        """Fetch in bulk what else is to be known of the things that rows are about."""

    def checked(self, values: Mapping[str, Any], *, is_new: bool) -> Mapping[str, Any]:
        """Return the values as they are kept. Raises Refused with a sentence for each at fault."""
        return values

    def finish(self, row: Any, kept: Mapping[str, Any]) -> None:
        """Work out what else becomes of a row."""

    def write_row(self, row: PlannedRow, by: Person) -> Any:
        """Add what the row says, or change `row.thing`, by an action; return the thing."""
        raise NotImplementedError

    def changed_since(self, rows: Sequence[ImportedRow], things: Mapping[int, Any]) -> set[int]:
        """Return the keys of things of which something else has been said since."""
        return used_by(self.model, [one.thing_id for one in rows if one.is_new], self.follows)

    def put_back(self, rows: Sequence[ImportedRow], by: Person) -> None:
        """Put back what else the import changed, once the things have their values again."""

    def record_undone(self, row: ImportedRow, by: Person) -> None:
        """Record of one thing that the import is undone."""

    # What all have in common.

    def read(self, given: SourceRow) -> PlannedRow:
        row = self.row_type(given.number, given.cells)
        row.name = words_of(self.cell(self.called, given.cells))
        self.note_unread(row, given)
        words = words_of(self.cell(self.run.key, given.cells))
        if words:
            row.key = self.key_value(words)
        else:
            sentence = _("The cell is empty, so it cannot be told which one the row is about.")
            self.fault(row, self.run.key, sentence)
        return row

    def match(self, plan: Plan) -> None:
        numbers: dict[object, list[int]] = defaultdict(list)
        for row in plan.rows:
            numbers[row.key].append(row.number)
        index = self.index()
        for row in plan.rows:
            if row.key is not None:
                self._find(row, numbers[row.key], index.get(row.key, ()))
        keys = {row.found for row in plan.rows if row.found is not None}
        things = self.things(list(keys))
        self.fetch(keys)
        for count, row in enumerate(plan.rows, start=1):
            row.thing = things.get(row.found)
            self._fill(row)
            self.gone_through(count, plan)

    def things(self, keys: Sequence[int]) -> Mapping[int, Any]:
        return self.model._default_manager.in_bulk(keys)  # noqa: SLF001

    def write(self, plan: Plan, by: Person) -> None:
        write_rows(self, plan.right, by)

    def undo(self, by: Person) -> None:
        undo_rows(self, by)

    def cell_value(self, row: PlannedRow, code: str) -> object:
        """Return what the cell of a target says; None for nothing, and where the row says why."""
        cell, target = self.cell(code, row.cells), self.by_code[code]
        if cell is None:
            return None
        if not target.group:
            return self.value(row, code, lambda: target.read(cell))
        words = words_of(cell)
        if target.group == PERSON:
            person, note = self.value(row, code, lambda: self.names.person(words)) or (None, "")
            row.notes += [note] if note else []
            return person
        found: object = self.value(row, code, lambda: self.names.row(target.group, words))
        return found

    def values(self, row: PlannedRow) -> dict[str, Any]:
        """Return what a row says, by target; without what it does not say."""
        found = {code: self.cell_value(row, code) for code in self.columns}
        return {code: value for code, value in found.items() if value is not None}

    def before(self, thing: Any, code: str) -> Any:
        """Return what a thing says already."""
        if thing is None:
            return None
        group = self.by_code[code].group if code in self.by_code else ""
        if not group:
            return getattr(thing, code)
        key = getattr(thing, f"{code}_id")
        return key if group == PERSON else self.names.by_key(group).get(key)

    def shown(self, plan: Plan, rows: Iterable[Any]) -> list[ShownRow]:
        return [
            ShownRow(
                row,
                [
                    Line(
                        self.label(one.code),
                        self.in_words(one.code, one.new),
                        self.in_words(one.code, one.old),
                        is_change=row.state == State.CHANGED,
                    )
                    for one in row.changes
                ],
                page_of(row.thing),
            )
            for row in rows
        ]

    def in_words(self, code: str, value: Any) -> str:
        """Return a value as people read it; "" for none."""
        if value in (None, ""):
            return ""
        if self.by_code[code].group == PERSON:
            return self.names.people.by_key[value].name
        if labels := self._labels(code):
            return str(labels.get(value, value))
        words = day(value) if isinstance(value, date) else str(value)
        return words if len(words) <= MOST_WORDS else f"{words[:MOST_WORDS]}…"

    def _labels(self, code: str) -> Mapping[Any, Any]:
        try:
            field: Any = self.model._meta.get_field(code)  # noqa: SLF001
        except FieldDoesNotExist:
            return {}
        return dict(field.flatchoices or ())

    def _find(self, row: PlannedRow, numbers: Sequence[int], found: Sequence[int]) -> None:
        others = [number for number in numbers if number != row.number]
        if others:
            self.fault(row, self.run.key, same_stands_in(others[0]))
        if len(found) > 1:
            sentence = _("Several in the register are called that. Use another key.")
            self.fault(row, self.run.key, sentence)
        elif found and (sentence := self.refused(found[0])):
            self.fault(row, self.run.key, sentence)
        elif found:
            row.found = found[0]

    def _fill(self, row: PlannedRow) -> None:
        row.name = row.name or (str(row.thing) if row.thing else "")
        values = self.values(row)
        try:
            kept = self.checked(values, is_new=row.is_new)
        except Refused as refused:
            told = {fault.label for fault in row.faults}
            for code, sentence in refused.errors.items():
                if self.label(code) not in told:
                    self.fault(row, code, sentence)
            kept = {}
        for code, value in kept.items():
            before = self.before(row.thing, code)
            if value != before and (row.thing is not None or value not in (None, "")):
                row.values[code] = value
                row.changes.append(Change(code, before, value))
        self.finish(row, kept)


def plain_name(name: str) -> str:
    """Return the name of a thing so that case and spaces do not count."""
    return " ".join(name.casefold().split())


def page_of(thing: Any) -> str:
    """Return the address of a thing's page; "" for nothing, and where such things have none."""
    return thing.get_absolute_url() if hasattr(thing, "get_absolute_url") else ""


def same_stands_in(number: int) -> str:
    """Return the fault of what may stand in one row and stands in another too."""
    return _("The same stands in row %(row)d.") % {"row": number}
