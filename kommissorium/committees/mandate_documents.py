"""A mandate as a document for people, and as data for programs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kommissorium.committees.cadence_words import cadence_in_words
from kommissorium.committees.clause_kinds import HEADINGS
from kommissorium.committees.measures import Measure
from kommissorium.committees.models import Clause
from kommissorium.committees.reader import ReadClause
from kommissorium.committees.reader.model import SCHEMA


@dataclass(frozen=True)
class DocumentClause:
    """A clause and its cadence in words."""

    clause: Clause
    rhythm: str


@dataclass(frozen=True)
class DocumentChapter:
    """The clauses of one kind under their heading."""

    kind: str
    label: str
    entries: Sequence[DocumentClause]

    @property
    def is_open(self) -> bool:
        """Return whether a page shows it unfolded: what the committee answers for and does."""
        return self.kind in (Clause.Kind.RESPONSIBILITY, Clause.Kind.TASK)


def grouped(clauses: Sequence[Clause]) -> list[DocumentChapter]:
    """Return the clauses by kind, in the order of a mandate; kinds without any are left out."""
    chapters = [
        DocumentChapter(
            kind,
            str(label),
            [DocumentClause(one, cadence_in_words(one)) for one in clauses if one.kind == kind],
        )
        for kind, label in HEADINGS.items()
    ]
    return [chapter for chapter in chapters if chapter.entries]


def as_export(clauses: Sequence[Clause]) -> dict[str, Any]:
    """Return members and clauses as plain data, in the form the reader gives them."""
    members = [clause for clause in clauses if clause.kind == Clause.Kind.MEMBER]
    return {
        "schema": SCHEMA,
        "members": [{"role": one.role, "function": one.function or None} for one in members],
        "clauses": [_read_clause(clause).as_json() for clause in clauses],
    }


def _read_clause(clause: Clause) -> ReadClause:
    return ReadClause(
        clause.number,
        clause.kind,
        clause.text,
        Measure(clause.measure) if clause.measure else None,
        clause.cadence_months,
        clause.min_per_year,
        clause.max_per_year,
        clause.horizon_months,
    )
