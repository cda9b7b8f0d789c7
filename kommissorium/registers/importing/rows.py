"""The ordinary import: each row is one thing of the register, found again by a key."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.refusals import Refused
from kommissorium.registers.actions.imported_rows import (
    give_values_back,
    refuse_changed,
    remove_new,
    used_by,
    write_rows,
)
from kommissorium.registers.importing.cells import Cell, is_same, plain_name, words_of
from kommissorium.registers.importing.links import LINK, all_linked, linked, without_others
from kommissorium.registers.importing.names import (
    EACH,
    FIRST,
    LEAVE_EMPTY,
    PERSON,
    TWICE,
    NameGroup,
    is_readable,
)
from kommissorium.registers.importing.plan import (
    Change,
    Plan,
    PlannedRow,
    same_stands_in,
)
from kommissorium.registers.importing.preview import RowPreview
from kommissorium.registers.importing.several import Several, in_order
from kommissorium.registers.importing.sources import Source, SourceRow
from kommissorium.registers.models import ImportedRow


class RowImport(RowPreview):
    """An import of which each row adds or changes one thing of a model with an `edit_version`.

    A room says the targets and writes a row with `write_row`. An empty cell changes nothing.
    """

    called: ClassVar[str] = "name"  # the target that names the row for people
    follows: ClassVar[tuple[type[models.Model], ...]] = ()  # what goes along with a thing

    # What a register may say otherwise.

    def key_value(self, code: str, words: str) -> object:
        """Return what a key says, so that keys alike are equal; None for what is no key."""
        return plain_name(words)

    def index(self, code: str) -> Mapping[Any, Sequence[int]]:
        """Return the keys of all things by what a key says of them."""
        found: dict[object, list[int]] = defaultdict(list)
        objects: Any = self.model._default_manager  # noqa: SLF001 Django's documented model API
        for pk, value in objects.values_list("pk", code):
            found[self.key_value(code, str(value or ""))].append(pk)
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

    def guessed(self, source: Source) -> dict[str, str]:
        """Return what the columns are taken as; links are those of this register's own lists."""
        return without_others(super().guessed(source), source, self.model)

    def own_words(self) -> Sequence[NameGroup]:
        if self.called not in self.keys:
            return ()
        choices = [
            (EACH, _("They are different: each is taken in")),
            (FIRST, _("They are the same: the first row is taken in")),
        ]
        label = _("The same name in several rows")
        return [NameGroup(TWICE, label, choices=choices, with_empty=False)]

    def read(self, given: SourceRow) -> PlannedRow:
        row = self.row_type(given.number, given.cells)
        row.name = words_of(self.cell(self.called, given.cells))
        self.note_unread(row, given)
        code, words = self._key_cell(given.cells)
        value = linked(self.model, words) if code == LINK else self.key_value(code, words)
        if words and value is not None:
            row.key = code, value
        elif not words:
            sentence = _("The cell is empty, so it cannot be told which one the row is about.")
            self.fault(row, self.run.key, sentence)
        elif code == LINK:
            self.fault(row, LINK, _("The link leads to nothing in this register."))
        return row

    def match(self, plan: Plan) -> None:
        numbers: dict[object, list[int]] = defaultdict(list)
        here = [row for row in plan.rows if not row.left_out]
        self._indexes: dict[str, Mapping[Any, Sequence[int]]] = {}
        for row in here:
            numbers[row.key].append(row.number)
        for row in here:
            if row.key is not None:
                code, value = row.key
                self._find(row, code, value, numbers[row.key])
        self._refuse_twice(here)
        keys = {row.found for row in here if row.found is not None}
        things = self.things(list(keys))
        self.fetch(keys)
        for count, row in enumerate(here, start=1):
            row.thing = things.get(row.found)
            if not row.left_out:
                self._fill(row)
            self.gone_through(count, plan)

    def things(self, keys: Sequence[int]) -> Mapping[int, Any]:
        many = [one.code for one in self.targets() if one.group and one.says_several]
        rows = self.model._default_manager.prefetch_related(*many)  # noqa: SLF001
        return rows.in_bulk(keys)

    def write(self, plan: Plan, by: Person) -> None:
        def written(row: PlannedRow) -> Any:
            self.names.add_new(row.values, by)
            return self.write_row(row, by)

        write_rows(self.run, plan.right, written)

    def undo(self, by: Person) -> None:
        rows = list(self.run.rows.all())
        things = self.things([one.thing_id for one in rows if one.thing_id])
        refuse_changed(rows, things, self.changed_since(rows, things))
        give_values_back(self.model, rows)
        self.put_back(rows, by)
        for one in rows:
            self.record_undone(one, by)
        remove_new(self.run, self.model, self.follows)

    def cell_value(self, row: PlannedRow, code: str) -> object:
        """Return what the cell of a target says; None for nothing, and where the row says why."""
        cell, target = self.cell(code, row.cells), self.by_code[code]
        if cell is None:
            return None
        if not target.group:
            return self.read_cell(row, code, cell, target.read)
        if target.says_several:
            held = [one.pk for one in self.before(row.thing, code) or ()]
            return self.value(row, code, lambda: self.several(code).named(cell, held)) or None
        words = words_of(cell)
        if target.group == PERSON:
            person, note = self.value(row, code, lambda: self.names.person(words)) or (None, "")
            row.notes += [note] if note else []
            return person
        found: object = self.value(row, code, lambda: self.names.row(target.group, words))
        return found

    def several(self, code: str) -> Several:
        """Return what finds the rows that the cells of a target name several of."""
        if code not in self._several:
            self._several[code] = Several(self.names, self.by_code[code].group)
        return self._several[code]

    @cached_property
    def _several(self) -> dict[str, Several]:
        return {}

    def values(self, row: PlannedRow) -> dict[str, Any]:
        """Return what a row says, by target; without what it does not say."""
        found = {code: self.cell_value(row, code) for code in self.columns if code != LINK}
        return {code: value for code, value in found.items() if value is not None}

    def before(self, thing: Any, code: str) -> Any:
        """Return what a thing says already."""
        if thing is None:
            return None
        group = self.by_code[code].group if code in self.by_code else ""
        if not group:
            return getattr(thing, code)
        if self.by_code[code].says_several:
            return in_order(getattr(thing, code).all())
        key = getattr(thing, f"{code}_id")
        return key if group == PERSON else self.names.by_key(group).get(key)

    def _key_cell(self, cells: Sequence[Cell]) -> tuple[str, str]:
        """Return the key of a row and what it says; a row without a link is told by the next."""
        codes = [self.run.key]
        if self.run.key == LINK:
            codes += [code for code in self.keys if code in self.columns and code != LINK]
        said = ((code, words_of(self.cell(code, cells))) for code in codes)
        return next((one for one in said if one[1]), (self.run.key, ""))

    def _find(self, row: PlannedRow, code: str, value: object, numbers: Sequence[int]) -> None:
        if code not in self._indexes:
            self._indexes[code] = all_linked(self.model) if code == LINK else self.index(code)
        found = self._indexes[code].get(value, ())
        if len(numbers) > 1 and (found or not self._are_told_apart(row, code, numbers)):
            other = next(number for number in numbers if number != row.number)
            self.fault(row, code, same_stands_in(other))
        if len(found) > 1:
            sentence = _("Several in the register are called that. Use another key.")
            self.fault(row, code, sentence)
        elif found and (sentence := self.refused(found[0])):
            self.fault(row, code, sentence)
        elif found:
            row.found = found[0]

    def _are_told_apart(self, row: PlannedRow, code: str, numbers: Sequence[int]) -> bool:
        """Return whether it is said what rows of the same name are; leave out what is said twice."""
        chosen = self.names.word(TWICE, row.name) if code == self.called else None
        if chosen == FIRST and row.number != numbers[0]:
            row.left_out = True
            row.notes.append(same_stands_in(numbers[0]))
        return chosen in {EACH, FIRST}

    def _refuse_twice(self, rows: Iterable[PlannedRow]) -> None:
        """Say of rows that are about the same thing by different keys that they are."""
        first: dict[int, PlannedRow] = {}
        for row in rows:
            if row.found is not None and first.setdefault(row.found, row) is not row:
                other = first[row.found]
                if row.key != other.key:
                    code = row.key[0] if row.key else self.run.key
                    self.fault(row, code, same_stands_in(other.number))

    def _fill(self, row: PlannedRow) -> None:
        row.name = row.name or (str(row.thing) if row.thing else "")
        kept = self._checked(row, self.values(row))
        for code, value in kept.items():
            before = self.before(row.thing, code)
            if not is_same(value, before) and (row.thing is not None or value not in (None, "")):
                row.values[code] = value
                row.changes.append(Change(code, before, value))
        self.finish(row, kept)

    def _checked(self, row: PlannedRow, values: dict[str, Any]) -> Mapping[str, Any]:
        """Return the values as they are kept, after what was chosen for those at fault."""
        try:
            return self.checked(values, is_new=row.is_new)
        except Refused as refused:
            faults = refused.errors
        chosen = {code: self._chosen(row, code) for code in faults if code in values}
        if chosen and None not in chosen.values():
            left = {code: value for code, value in values.items() if code not in chosen}
            said = {code: words for code, words in chosen.items() if words != LEAVE_EMPTY}
            try:
                return self.checked(left | said, is_new=row.is_new)
            except Refused as refused:
                faults = refused.errors
        told = {fault.label for fault in row.faults}
        for code, sentence in faults.items():
            if self.label(code) not in told:
                self.fault(row, code, sentence)
        return {}

    def _chosen(self, row: PlannedRow, code: str) -> object:
        """Return what is to stand in place of a value that is at fault; None for no choice yet."""
        cell, target = self.cell(code, row.cells), self.by_code[code]
        if code == self.run.key or target.group:
            return None
        words = self.chosen_word(code, cell)
        if words and not is_readable(target.read, words):
            return None
        return target.read(words) if words else words
