"""Base class of imports: possible columns, and how a row is read, written and undone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.accounts.models import Person
from kommissorium.core.documents.excel import Sheet
from kommissorium.core.documents.sheets import CellRefused
from kommissorium.core.files.models import FileDamaged
from kommissorium.core.refusals import Refused
from kommissorium.registers.actions.imported_rows import record_import
from kommissorium.registers.forms.uploads import SheetForm
from kommissorium.registers.importing.cells import Cell, LeftOut, words_of
from kommissorium.registers.importing.names import (
    LEAVE_EMPTY,
    WORD,
    NameGroup,
    NameRefused,
    Names,
    words_group,
)
from kommissorium.registers.importing.plan import Fault, Plan, PlannedRow, ShownRow
from kommissorium.registers.importing.sources import Source, SourceRow, read_source, unpacked
from kommissorium.registers.importing.sums import sum_row
from kommissorium.registers.importing.targets import Target, columns_of, guess
from kommissorium.registers.models import ImportRun

type Text = str | Promise
type Told = Callable[[int], None]

EVERY = 200  # rows between two reports of how far it has come


class SheetImport:
    """An import of a register: the class says what it is, an instance goes through one run.

    A room says `targets`, reads a row with `read`, lets all rows know what they are about with
    `match`, and writes and undoes. Most are a RowImport, which does the rest.
    """

    do_not_call_in_templates = True  # a class, too, is something templates would call

    kind: ClassVar[str]  # unique among all registers: part of the addresses
    home: ClassVar[str]  # the name of the address that the path to its pages begins at
    home_label: ClassVar[Text]
    takes_back: ClassVar[str] = ""  # the code of the list whose workbook it takes in unchanged
    tabs: ClassVar[str] = ""  # template of the tabs above the list
    row_type: ClassVar[type[PlannedRow]] = PlannedRow
    keys: ClassVar[tuple[str, ...]] = ()  # targets that can tell the rows apart, the surest first
    groups: ClassVar[tuple[NameGroup, ...]] = ()  # what cells can name
    form: ClassVar[type[SheetForm]] = SheetForm
    templates: ClassVar[Sequence[tuple[str, Text]]]  # workbooks to fill in: code and label
    most_rows: ClassVar[int] = 10_000
    accept: ClassVar[str] = ".xlsx,.csv,.txt"
    # Templates of the register's own: of its words about files, and of notices in the preview.
    hints: ClassVar[str] = ""
    notices: ClassVar[str] = ""
    # What its pages say.
    title: ClassVar[Text] = gettext_lazy("Import")
    new_title: ClassVar[Text] = gettext_lazy("New import")
    lead: ClassVar[Text]
    empty: ClassVar[Text]
    file_hint: ClassVar[Text] = gettext_lazy(
        "An Excel workbook (.xlsx) or a .csv file. At most 25 MB and 10,000 rows. The first row"
        " with headings is found by itself."
    )
    columns_hint: ClassVar[Text]
    take_in_hint: ClassVar[Text] = gettext_lazy(
        "All of them are taken in, or none. It can be undone for the rest of the day."
    )
    undo_hint: ClassVar[Text] = gettext_lazy(
        "The import can be undone until midnight, unless somebody has changed what it touched."
    )
    taken_in: ClassVar[Text] = gettext_lazy("The rows were taken in.")
    undone: ClassVar[Text] = gettext_lazy("The import is undone. The register is as it was before.")
    was_undone: ClassVar[Text] = gettext_lazy(
        "What it added is gone, and what it changed is as before."
    )
    cell_label: ClassVar[Text] = ""  # of a column of its own in the preview

    def __init__(self, run: ImportRun) -> None:
        self.run = run
        self.told: Told = lambda _percent: None

    # What the sheet can say.

    def targets(self) -> Sequence[Target]:
        """Return what the columns can be, in the order of the choices."""
        raise NotImplementedError

    def own_words(self) -> Sequence[NameGroup]:
        """Return what else than cells somebody can be asked about."""
        return ()

    def guessed(self, source: Source) -> dict[str, str]:
        """Return what the columns are taken as until somebody says it."""
        return guess(self.targets(), source.headings)

    def lacking(self, mapping: Mapping[str, str]) -> str:
        """Return what the columns do not say and must, as a sentence; "" where nothing lacks."""
        return ""

    @classmethod
    def checked_options(cls, options: Mapping[str, Any]) -> dict[str, Any]:
        """Return what was said beside the file as it is kept. Raises Refused, ValueError."""
        return dict(options)

    @classmethod
    def example(cls, template: str) -> Sequence[Sheet]:
        """Return a workbook to fill in: the headings and a row that shows what to write."""
        raise NotImplementedError

    def read_file(self, data: bytes, name: str) -> Source:
        """Return headings and rows. Raises Refused with the field `file`."""
        return read_source(data, name)

    # What its rows would do.

    def read(self, given: SourceRow) -> PlannedRow:
        """Return a row with what its own cells say of it."""
        raise NotImplementedError

    def match(self, plan: Any) -> None:
        """Let each row know what it is about, and what is there already."""
        raise NotImplementedError

    def new_plan(self, rows: Sequence[Any]) -> Plan:
        """Return what matching begins with. Raises Refused where nothing can be taken in."""
        return Plan(rows, self.names.unknown)

    def plan(self, told: Told | None = None) -> Plan:
        """Return what taking it in would do now. `told` hears of each per cent gone through.

        Raises Refused where its rows are lost.
        """
        self.told = told or self.told
        rows = [sum_row(row, self.row_type) or self.read(row) for row in self.source().rows]
        plan = self.new_plan(rows)
        self.match(plan)
        return plan

    def shown(self, plan: Any, rows: Iterable[Any]) -> list[ShownRow]:
        """Return some rows of the plan as the preview shows them."""
        raise NotImplementedError

    # What is written. These are called in a transaction, and call actions.

    def write(self, plan: Any, by: Person) -> Any:
        """Take in what is right in the plan; return what that made, if it is one thing."""
        raise NotImplementedError

    def undo(self, by: Person) -> None:
        """Put back what was there before, all of it. Raises Refused where that cannot be."""
        raise NotImplementedError

    def obstacle_to_undo(self) -> str:
        """Return why it cannot be undone, as a sentence; "" where it can."""
        done = self.run.done_at if self.run.state == ImportRun.State.DONE else None
        if done is not None and timezone.localdate(done) == timezone.localdate():
            return ""
        return _("An import can be undone on the day it was taken in.")

    def record(self, deed: str, *, by: Person, **facts: Any) -> None:
        """Record what was done to the run: read, mapped, names_chosen, dropped, done or undone."""
        record_import(deed, self.run, by=by, facts=facts)

    # Who may.

    @classmethod
    def can_be_made_by(cls, person: Person) -> bool:
        """Return whether the person may hand sheets in, take them in and undo that."""
        return ImportRun.can_be_made_by(person)

    @classmethod
    def can_be_read_by(cls, person: Person) -> bool:
        """Return whether the person may see what was handed in."""
        return ImportRun.can_be_read_by(person)

    # What became of it.

    @classmethod
    def runs_of(cls, person: Person) -> QuerySet[ImportRun]:
        """Return the imports of this kind that the person may see, with what a list shows."""
        return ImportRun.objects.visible_to(person).filter(kind=cls.kind).select_related("by")

    def about(self) -> str:
        """Return in a few words what was said of the file beside it."""
        return ""

    def made(self) -> Any:
        """Return the one thing that taking it in made, if it does so: it has a page and a title."""
        return None

    def things(self, keys: Sequence[int]) -> Mapping[int, Any]:
        """Return the things of these keys that rows are about, to be named and linked."""
        return {}

    # What all have in common.

    @cached_property
    def by_code(self) -> Mapping[str, Target]:
        """Return the targets by their codes."""
        return {target.code: target for target in self.targets()}

    @cached_property
    def columns(self) -> Mapping[str, Sequence[int]]:
        """Return the columns by the target they are taken as."""
        return columns_of(self.run.mapping)

    @cached_property
    def names(self) -> Names:
        """Return who and what cells can name."""
        return Names(self.asked, self.run.choices)

    @cached_property
    def asked(self) -> Sequence[NameGroup]:
        """Return what somebody can be asked about: names, and words that targets do not know."""
        words = [words_group(target) for target in self.targets() if not target.group]
        return [*self.groups, *words, *self.own_words()]

    @property
    def is_mapped(self) -> bool:
        """Return whether it is said what the columns are, so that rows can be looked at."""
        return not self.lacking(self.run.mapping) and (not self.keys or bool(self.run.key))

    def source(self) -> Source:
        """Return headings and rows. Raises Refused where they are lost."""
        try:
            return unpacked(self.run.parsed.read())
        except (FileDamaged, ValueError):
            raise Refused(_("The file is no longer there. Hand it in again.")) from None

    def label(self, code: str) -> str:
        """Return what people call a target, in the active language."""
        return str(self.by_code[code].label)

    def cell(self, code: str, cells: Sequence[Cell]) -> Cell:
        """Return the first cell that is filled in among the columns of a target."""
        filled = (cells[n] for n in self.columns.get(code, ()) if n < len(cells))
        return next((cell for cell in filled if words_of(cell)), None)

    def fault(self, row: PlannedRow, code: str, sentence: str) -> None:
        """Say what is wrong with the cell of a target."""
        row.faults.append(Fault(self.label(code), sentence))

    def note_unread(self, row: PlannedRow, given: SourceRow) -> None:
        """Say which cells of a row could not be read at all."""
        for code, columns in self.columns.items() if given.faults else ():
            for column in columns:
                if sentence := given.faults.get(str(column)):
                    self.fault(row, code, sentence)

    def value[T](self, row: PlannedRow, code: str, read: Callable[[], T]) -> T | None:
        """Return what `read` makes of a target's cell; None where the row says why it does not."""
        try:
            return read()
        except (CellRefused, NameRefused) as refused:
            self.fault(row, code, str(refused))
        except LeftOut as left:
            row.notes.append(f"{self.label(code)}: {left}")
        return None

    def read_cell[T](
        self, row: PlannedRow, code: str, cell: Cell, read: Callable[[Cell], T]
    ) -> T | None:
        """Return what `read` makes of a cell, or of what was chosen to stand in its place.

        None where it is to be empty, and where the row says why it is wrong.
        """
        try:
            return read(cell)
        except CellRefused as refused:
            chosen = self.chosen_word(code, cell)
            if chosen is None:
                self.fault(row, code, str(refused))
                return None
            return self.value(row, code, lambda: read(chosen)) if chosen != LEAVE_EMPTY else None
        except LeftOut as left:
            row.notes.append(f"{self.label(code)}: {left}")
        return None

    def chosen_word(self, code: str, cell: Cell) -> str | None:
        """Return what was chosen to stand in place of a cell; None for nothing yet."""
        words = words_of(cell)
        return self.names.word(f"{WORD}{code}", words) if words else None

    def gone_through(self, count: int, plan: Plan) -> None:
        """Report how far it has come, now and then."""
        if count % EVERY == 0:
            self.told(100 * count // len(plan.rows))
