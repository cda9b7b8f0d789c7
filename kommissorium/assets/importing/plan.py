"""What an import would do, row by row: put in, change, leave as it is, or refuse with reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from kommissorium.assets.importing.register import Held, Register
from kommissorium.assets.importing.showing import shown_value
from kommissorium.assets.importing.targets import label_of
from kommissorium.assets.models import Asset
from kommissorium.core.evidence.canonical import sha256

NEW_ROW, LEAVE_EMPTY = "new", ""


class State(models.TextChoices):
    """What becomes of a row."""

    NEW = "new", _("New")
    CHANGED = "changed", _("Changed")
    SAME = "same", _("As it was")
    WRONG = "wrong", _("Wrong")


@dataclass(frozen=True)
class Change:
    """A value that changes, of the target of that name. Of an owner it is the person's name."""

    name: str
    old: Any
    new: Any

    @property
    def label(self) -> str:
        return label_of(self.name)

    @property
    def before(self) -> str:
        """Return what there was, in words; "" where there was nothing."""
        return shown_value(self.name, self.old)

    @property
    def after(self) -> str:
        return shown_value(self.name, self.new)


@dataclass(frozen=True)
class Fault:
    """Why a row cannot be taken in: the column's label, and a sentence."""

    label: str
    sentence: str


@dataclass
class PlannedRow:
    """A row and what becomes of it. `asset` is the key of the one it is about, None for new.

    `values` holds, by field, what is to be kept and differs; `owners` the person's key by role.
    `seen` and `held` are the asset and those who had the roles when this was worked out.
    """

    number: int
    name: str = ""
    asset: int | None = None
    values: dict[str, Any] = field(default_factory=dict)
    owners: dict[str, int] = field(default_factory=dict)
    since: date | None = None
    seen: Asset | None = None
    held: dict[str, Held] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def state(self) -> State:
        if self.faults:
            return State.WRONG
        if self.asset is None:
            return State.NEW
        return State.CHANGED if self.changes else State.SAME


@dataclass
class Unknown:
    """A name in the sheet that fits nobody, or several: somebody must say who is meant.

    `options` are those it may be, value and label; `choice` is what has been chosen, or None.
    """

    key: str
    text: str
    rows: int = 0
    options: Sequence[tuple[str, str]] = ()
    is_several: bool = False
    choice: str | None = None


@dataclass
class Plan:
    """All rows, the names that need a choice by group and key, and what was looked up for it."""

    rows: list[PlannedRow]
    unknown: dict[str, dict[str, Unknown]]
    register: Register

    @property
    def counts(self) -> Counter[str]:
        """Return how many rows are in each state."""
        return Counter(str(row.state) for row in self.rows)

    @property
    def open_names(self) -> int:
        """Return for how many names nothing has been chosen yet."""
        return sum(one.choice is None for group in self.unknown.values() for one in group.values())

    @property
    def mark(self) -> str:
        """Return what tells this plan from any that would do something else."""
        told = [
            (
                row.number,
                row.state,
                row.asset,
                [(c.name, str(c.old), str(c.new)) for c in row.changes],
            )
            for row in self.rows
        ]
        return sha256(repr(told))[:16]
