"""The result of reading a mandate: title, seats and clauses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from kommissorium.committees.measures import Measure

KINDS: Final = ("member", "responsibility", "task", "meeting", "agenda", "other")
ROLES: Final = ("chair", "deputy_chair", "secretary", "adviser", "member")
LETTERS: Final = dict(zip(KINDS, "MRTKAO", strict=True))


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A seat: its role (one of ROLES) and the function that fills it, None when open."""

    number: str
    role: str
    function: str | None
    text: str


SCHEMA: Final = "kommissorium-mandate-1"


@dataclass(frozen=True, slots=True)
class ReadClause:
    """A clause, its measure and its cadence.

    `cadence_months` is the longest interval the text allows, in whole months; `min_per_year` the
    fewest and `max_per_year` the most times a year; `horizon_months` how far ahead something must
    be known. None where the text says nothing.
    """

    number: str
    kind: str
    text: str
    measure: Measure | None = None
    cadence_months: int | None = None
    min_per_year: int | None = None
    max_per_year: int | None = None
    horizon_months: int | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "kind": self.kind,
            "text": self.text,
            "measure": None if self.measure is None else self.measure.value,
            "cadence_months": self.cadence_months,
            "min_per_year": self.min_per_year,
            "max_per_year": self.max_per_year,
            "horizon_months": self.horizon_months,
        }


@dataclass(frozen=True, slots=True)
class Understanding:
    """A mandate as the reader understood it: a proposal for a person to correct and approve.

    `language` is one of da, en, sv and nb; `title` is empty when the text has none. `headings`
    are the lines that only order the text: headings, heads of tables and lead-ins to lists.
    """

    language: str
    title: str
    members: tuple[MemberRow, ...]
    clauses: tuple[ReadClause, ...]
    headings: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the members and clauses as plain data, in the order of the text."""
        return {
            "schema": SCHEMA,
            "members": [{"role": row.role, "function": row.function} for row in self.members],
            "clauses": [clause.as_json() for clause in self.clauses],
        }
