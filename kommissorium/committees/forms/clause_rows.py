"""The clauses of a draft as rows of a form: numbered, summed up and ordered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from kommissorium.committees.cadence_words import cadence_in_words
from kommissorium.committees.clause_kinds import ADDING, HEADINGS, KINDS, counted
from kommissorium.committees.mandate_source import doubt_of_clause, doubt_of_seat
from kommissorium.committees.measures import measure_label
from kommissorium.committees.models import Clause
from kommissorium.committees.reader import ReadClause, candidates
from kommissorium.measures.codes import Measure

type Row = dict[str, Any]

SUMMARY_LENGTH: Final = 110
# Each clause is seven fields of a form, and a form may send 2,000.
MOST_CLAUSES: Final = 250
# Members are measured by their seat; other text promises nothing.
NEVER_MEASURED: Final = (Clause.Kind.MEMBER, Clause.Kind.OTHER)

FIGURES: Final = ("min_per_year", "horizon_months")
_ROLES: Final = {str(value): label for value, label in Clause.Role.choices}


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
        function = str(self._value("function") or "").strip()
        return f"{role}, {function or _('left open')}" if role else ""

    @property
    def measured_by(self) -> str:
        """Return the name of the measure; "" for an own clause."""
        measure = self._value("measure")
        return measure_label(measure) if measure in set(Measure) else ""

    @cached_property
    def rhythm(self) -> str:
        """Return how often and how far ahead, in words; "" where nothing is said."""
        return cadence_in_words(
            ReadClause(
                self.number,
                kind="",
                text="",
                cadence_months=_whole(self._value("cadence_months")),
                min_per_year=_whole(self._value("min_per_year")),
                max_per_year=_whole(self._value("max_per_year")),
                horizon_months=_whole(self._value("horizon_months")),
            )
        )

    @property
    def is_own(self) -> bool:
        """Return whether nothing measures the clause though something could."""
        return self._value("kind") not in NEVER_MEASURED and not self._value("measure")

    @property
    def doubt(self) -> str:
        """Return what somebody should check before the clause is approved; "" for nothing."""
        if self.is_member:
            return doubt_of_seat(str(self._value("function") or ""))
        figures = {name: self._value(name) for name in FIGURES}
        text, measure = (str(self._value(name) or "") for name in ("text", "measure"))
        told = doubt_of_clause(text, measure, figures)
        return told or (_("Two readings of this differ. Choose one.") if self.choices else "")

    @cached_property
    def choices(self) -> list[tuple[str, str]]:
        """Return the measures that the two readings differ about, with their names; [] if sure.

        What somebody has chosen, one of the two or another, is sure.
        """
        kind, text, measure = (str(self._value(n) or "") for n in ("kind", "text", "measure"))
        codes = [str(one or "") for one in candidates(kind, text)]
        if self.is_member or measure not in codes or self._value("settled"):
            return []
        bare = _("Other text") if kind == Clause.Kind.OTHER else _("Own clause")
        return [(code, measure_label(code) if code else bare) for code in codes]

    @property
    def has_errors(self) -> bool:
        return self.form.is_bound and bool(self.form.errors)

    @property
    def is_open(self) -> bool:
        """Return whether there is something to correct, or to write first."""
        return self.has_errors or not self._value("text")

    def _value(self, name: str) -> Any:
        return self.form[name].value() if name in self.form.fields else None


@dataclass(frozen=True)
class ClauseGroup:
    """The clauses of one kind, under one heading."""

    kind: str
    rows: Sequence[ClauseRow]

    @property
    def label(self) -> str:
        return str(HEADINGS[self.kind])

    @property
    def add_label(self) -> str:
        return str(ADDING[self.kind])

    @property
    def count(self) -> str:
        return counted(self.kind, len(self.rows))

    @classmethod
    def of(cls, kind: str, letter: str, every: Sequence[forms.Form]) -> ClauseGroup:
        """Return the group of the forms that are of this kind."""
        own = [(place, form) for place, form in enumerate(every) if form["kind"].value() == kind]
        rows = [
            ClauseRow(place, f"{letter}{count}", form, count == 1, count == len(own))
            for count, (place, form) in enumerate(own, 1)
        ]
        return cls(kind, rows)


def in_order(rows: Sequence[Row]) -> list[Row]:
    """Return the rows by kind, equal kinds as they stand."""
    return sorted(rows, key=lambda row: KINDS.index(row["kind"]))


def rearranged(rows: Sequence[Row], wish: Mapping[str, str]) -> tuple[list[Row], int] | None:
    """Return the rows after the button that was pressed, and the place to look at next.

    `wish` is the posted form: add=<kind>, remove=<place>, up=<place>, down=<place> or
    settle=<place>:<measure>.
    None when no such button was pressed, or it asks for what is not there.
    """
    changed = list(rows)
    ways = (_add, _move, _remove, _settle)
    look_at = next(filter(None, (way(changed, wish) for way in ways)), None)
    if look_at is None:
        return None
    ordered = in_order(changed)
    return ordered, next((at for at, row in enumerate(ordered) if row is look_at), 0)


def _add(rows: list[Row], wish: Mapping[str, str]) -> Row | None:
    if wish.get("add") not in KINDS or len(rows) >= MOST_CLAUSES:
        return None
    rows.append({"kind": wish["add"], "text": ""})
    return rows[-1]


def _move(rows: list[Row], wish: Mapping[str, str]) -> Row | None:
    for name, step in (("up", -1), ("down", 1)):
        place = _place(rows, wish.get(name, ""))
        if place is None:
            continue
        row, other = rows[place], place + step
        if 0 <= other < len(rows) and rows[other]["kind"] == row["kind"]:
            rows[place], rows[other] = rows[other], row
        return row
    return None


def _remove(rows: list[Row], wish: Mapping[str, str]) -> Row | None:
    place = _place(rows, wish.get("remove", ""))
    if place is None:
        return None
    del rows[place]
    return rows[min(place, len(rows) - 1)] if rows else {"": ""}


def _settle(rows: list[Row], wish: Mapping[str, str]) -> Row | None:
    at, _colon, measure = wish.get("settle", "").partition(":")
    place = _place(rows, at)
    if place is None or measure not in {"", *Measure}:
        return None
    row = rows[place]
    if measure and row["kind"] == Clause.Kind.OTHER:
        row["kind"] = Clause.Kind.TASK.value
    row |= {"measure": measure, "settled": "1"}
    return row


def _place(rows: Sequence[Row], text: str) -> int | None:
    return int(text) if text.isdecimal() and int(text) < len(rows) else None


def _whole(value: Any) -> int | None:
    text = str(value or "").strip()
    return int(text) if text.isdecimal() and int(text) else None
