"""Plan of an import, row by row: add, change, leave as it is, or refuse with reasons."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kommissorium.core.evidence.canonical import sha256
from kommissorium.registers.importing.cells import Cell
from kommissorium.registers.lines import Line

_OF_THE_ROW = re.compile(r"[“”][^“”]*[“”]|\d+")  # what differs from row to row in a sentence


class State(models.TextChoices):
    """Outcome of the import for a row."""

    NEW = "new", _("New")
    CHANGED = "changed", _("Changed")
    SAME = "same", _("Unchanged")
    WRONG = "wrong", _("Wrong")
    LEFT_OUT = "left_out", _("Left out")


@dataclass(frozen=True)
class Change:
    """A value that changes, of the target of that code."""

    code: str
    old: Any
    new: Any


@dataclass(frozen=True)
class Fault:
    """Reason why a row cannot be imported: the column's label, and a sentence."""

    label: str
    sentence: str


@dataclass
class PlannedRow:
    """A row and what becomes of it. `found` is the key of the thing it is about, None for new.

    `thing` is what that was when this was worked out; `values` holds, by target, what is to be
    kept and differs.
    """

    number: int
    cells: Sequence[Cell] = ()
    name: str = ""
    key: tuple[str, object] | None = None  # the target that tells which one it is, and its value
    found: int | None = None
    thing: Any = None
    values: dict[str, Any] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    left_out: bool = False  # a sum, of another kind, or said in another row: a note tells

    @property
    def is_new(self) -> bool:
        return self.found is None

    @property
    def state(self) -> State:
        if self.left_out:
            return State.LEFT_OUT
        if self.faults:
            return State.WRONG
        if self.is_new:
            return State.NEW
        return State.CHANGED if self.changes else State.SAME

    @property
    def mark(self) -> object:
        """Return what tells what it would do from anything else."""
        changes = [(one.code, str(one.old), str(one.new)) for one in self.changes]
        return self.number, self.state, self.found, changes


@dataclass(frozen=True)
class ShownRow:
    """A row as the preview shows it, perhaps with a link and a cell of the register's own."""

    row: PlannedRow
    lines: Sequence[Line]
    url: str = ""
    cell: str = ""


@dataclass
class Unknown:
    """A name in the sheet that fits nobody, or several: somebody must say who is meant.

    `options` are those it may be, value and label; `choice` is what has been chosen, or None.
    `newcomer` says who would be added as a new person, "" where nobody can be.
    """

    key: str
    text: str
    rows: int = 0
    options: Sequence[tuple[str, str]] = ()
    is_several: bool = False
    choice: str | None = None
    newcomer: str = ""
    # All that are spelled nearly like it in the file, itself among them; empty where none is.
    spellings: Sequence[Unknown] = field(default=(), repr=False, compare=False)
    has_namesake: bool = False  # somebody known is called the same

    @property
    def is_surely_new(self) -> bool:
        """Return whether it is a person, and nobody who is known; one word may be a department."""
        is_person = " " in self.newcomer or "@" in self.newcomer
        return is_person and self.is_usual and not (self.is_several or self.has_namesake)

    @property
    def is_usual(self) -> bool:
        """Return whether no spelling nearly like it stands in more rows, or in as many before."""
        return not self.spellings or max(self.spellings, key=lambda one: one.rows) is self


@dataclass(frozen=True)
class FaultKind:
    """A fault, or a reason to leave rows out, that several share; `first` is that of the first."""

    label: str
    first: str
    rows: Sequence[tuple[Any, str]]  # each with its own sentence


@dataclass
class Plan:
    """All rows, and by group and key the names that need a choice."""

    rows: Sequence[Any]  # PlannedRow, or the register's own
    unknown: Mapping[str, Mapping[str, Unknown]] = field(default_factory=dict)
    takes: ClassVar = frozenset({State.NEW, State.CHANGED})  # the rows there is something to do for
    obstacle: Any = None  # what keeps it from being taken in, with its own page

    @property
    def counts(self) -> Counter[str]:
        """Return how many rows are in each state."""
        return Counter(str(row.state) for row in self.rows)

    @property
    def right(self) -> list[Any]:
        """Return the rows that can be taken in."""
        return [row for row in self.rows if row.state in self.takes]

    @property
    def open_names(self) -> int:
        """Return for how many names nothing has been chosen yet."""
        return sum(one.choice is None for group in self.unknown.values() for one in group.values())

    @property
    def chosen_names(self) -> int:
        """Return for how many names and words of the file a choice is made."""
        return sum(len(group) for group in self.unknown.values()) - self.open_names

    @property
    def fault_kinds(self) -> list[FaultKind]:
        """Return what is wrong, each kind once, what the most rows have first."""
        wrong = (row for row in self.rows if row.state == State.WRONG)
        return _kinds((row, one.label, one.sentence) for row in wrong for one in row.faults)

    @property
    def left_out_kinds(self) -> list[FaultKind]:
        """Return why rows are left out, each reason once, with its rows."""
        out = (row for row in self.rows if row.state == State.LEFT_OUT)
        return _kinds((row, "", note) for row in out for note in row.notes)

    @property
    def about(self) -> object:
        """Return what else than its rows tells it from any other plan."""
        return None

    @property
    def mark(self) -> str:
        """Return what tells this plan from any that would do something else."""
        return sha256(repr(([row.mark for row in self.rows], self.about)))[:16]


def _kinds(told: Iterable[tuple[Any, str, str]]) -> list[FaultKind]:
    found: dict[tuple[str, str], list[tuple[Any, str]]] = {}
    for row, label, sentence in told:
        kind = label, _OF_THE_ROW.sub("", sentence)
        found.setdefault(kind, []).append((row, sentence))
    kinds = [FaultKind(label, rows[0][1], rows) for (label, _kind), rows in found.items()]
    return sorted(kinds, key=lambda kind: -len(kind.rows))


def same_stands_in(number: int) -> str:
    """Return the fault of what may stand in one row and stands in another too."""
    return gettext("The same stands in row %(row)d.") % {"row": number}
