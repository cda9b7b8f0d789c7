"""The clauses of a draft as rows on a page: numbered, summed up and put in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from kommissorium.committees.cadence import cadence_in_words
from kommissorium.committees.measures import Measure, measure_label
from kommissorium.committees.models import Clause
from kommissorium.committees.reader import ReadClause

type Row = dict[str, Any]

SUMMARY_LENGTH: Final = 110

# Kind, the heading of its group, the button that adds one. In the order of a mandate.
CLAUSE_GROUPS: Final = (
    (Clause.Kind.MEMBER.value, _("Members"), _("Add a member")),
    (Clause.Kind.RESPONSIBILITY.value, _("Responsibilities"), _("Add a responsibility")),
    (Clause.Kind.TASK.value, _("Tasks"), _("Add a task")),
    (Clause.Kind.MEETING.value, _("Meeting rules"), _("Add a meeting rule")),
    (Clause.Kind.AGENDA.value, _("Agenda items"), _("Add an agenda item")),
    (Clause.Kind.OTHER.value, _("Other text"), _("Add other text")),
)
KINDS: Final = tuple(kind for kind, _label, _add in CLAUSE_GROUPS)
_ROLES: Final = {str(value): label for value, label in Clause.Role.choices}
_NUMBERS: Final = ("cadence_months", "min_per_year", "max_per_year", "horizon_months")


@dataclass(frozen=True)
class ClauseRow:
    """One clause on the page. `place` is its place in the whole form, from 0."""

    place: int
    number: str
    form: forms.Form
    is_first: bool
    is_last: bool

    @property
    def is_member(self) -> bool:
        return bool(self._value("kind") == Clause.Kind.MEMBER)

    @property
    def summary(self) -> str:
        """Return the start of the text; for a member the role and who fills it."""
        if not self.is_member:
            return Truncator(str(self._value("text") or "")).chars(SUMMARY_LENGTH)
        role = str(_ROLES.get(str(self._value("role")), ""))
        return ", ".join(filter(None, [role, str(self._value("function") or "").strip()]))

    @property
    def measured_by(self) -> str:
        """Return what the measure is called; "" for an own clause."""
        measure = self._value("measure")
        return measure_label(measure) if measure in set(Measure) else ""

    @cached_property
    def rhythm(self) -> str:
        """Return how often and how far ahead, in words; "" where nothing is said."""
        figures = {name: _whole(self._value(name)) for name in _NUMBERS}
        return cadence_in_words(ReadClause(self.number, str(self._value("kind")), "", **figures))

    @property
    def is_open(self) -> bool:
        """Return whether there is something to put right, or to write first."""
        return bool(self.form.is_bound and self.form.errors) or not self._value("text")

    def _value(self, name: str) -> Any:
        return self.form[name].value() if name in self.form.fields else None


@dataclass(frozen=True)
class ClauseGroup:
    """The clauses of one kind, under one heading."""

    kind: str
    label: str
    add_label: str
    rows: Sequence[ClauseRow]

    @classmethod
    def of(
        cls, kind: str, letter: str, every: Sequence[forms.Form], label: str, add_label: str
    ) -> ClauseGroup:
        """Return the group of the forms that are of this kind."""
        own = [(place, form) for place, form in enumerate(every) if form["kind"].value() == kind]
        rows = [
            ClauseRow(place, f"{letter}{count}", form, count == 1, count == len(own))
            for count, (place, form) in enumerate(own, 1)
        ]
        return cls(kind, str(label), str(add_label), rows)


def in_order(rows: Sequence[Row]) -> list[Row]:
    """Return the rows by kind, equal kinds as they stand."""
    return sorted(rows, key=lambda row: KINDS.index(row["kind"]))


def rearranged(rows: Sequence[Row], wish: Mapping[str, str]) -> tuple[list[Row], int] | None:
    """Return the rows after the button that was pressed, and the place to look at next.

    `wish` is the posted form: add=<kind>, remove=<place>, up=<place> or down=<place>.
    None when no such button was pressed, or it asks for what is not there.
    """
    if wish.get("add") in KINDS:
        new: Row = {"kind": wish["add"], "text": ""}
        changed = in_order([*rows, new])
        return changed, next(place for place, row in enumerate(changed) if row is new)
    for name, step in (("remove", 0), ("up", -1), ("down", 1)):
        text = wish.get(name, "")
        if text.isdecimal() and int(text) < len(rows):
            return _moved(list(rows), int(text), step)
    return None


def _moved(rows: list[Row], place: int, step: int) -> tuple[list[Row], int]:
    if not step:
        del rows[place]
        return rows, max(min(place, len(rows) - 1), 0)
    other = place + step
    if 0 <= other < len(rows) and rows[other]["kind"] == rows[place]["kind"]:
        rows[place], rows[other] = rows[other], rows[place]
        return rows, other
    return rows, place


def _whole(value: Any) -> int | None:
    text = str(value or "").strip()
    return int(text) if text.isdecimal() and int(text) else None
