"""Rows of the answer's page: a clause in the mandate's own words, how it stands, and its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kommissorium.committees.models import Clause
from kommissorium.compliance.evidence_links import EvidenceLinks
from kommissorium.compliance.fulfilment import MARKS, TONES, ClauseFinding
from kommissorium.measures.findings import Evidence


@dataclass(frozen=True)
class ClauseRow:
    """A clause on the page, with the colour and the mark of its state."""

    one: ClauseFinding
    links: EvidenceLinks | None = None

    @property
    def evidence(self) -> list[tuple[Evidence, str]]:
        """Return each piece of evidence with its address for the reader; "" for none."""
        found = self.one.finding.evidence
        return [(one, self.links.of(one)) for one in found] if self.links else []

    @property
    def name(self) -> str:
        """Return the mandate's own words; of a member the function."""
        clause = self.one.clause
        if clause.kind == Clause.Kind.MEMBER:
            return clause.function or clause.get_role_display() or clause.text
        return clause.text

    @property
    def measure(self) -> str:
        """Return what the clause is measured by, "" for a member's seat and for own wording."""
        clause = self.one.clause
        return "" if clause.kind == Clause.Kind.MEMBER else clause.measure_label

    @property
    def subject(self) -> str:
        """Return the subject of the clause in a word or two, where one is known."""
        return self.measure or self.name

    @property
    def tone(self) -> str:
        return TONES[self.one.state]

    @property
    def mark(self) -> str:
        return MARKS[self.one.state]

    @property
    def today_tone(self) -> str:
        return TONES[self.one.today.state] if self.one.today else ""

    @property
    def today_mark(self) -> str:
        return MARKS[self.one.today.state] if self.one.today else ""


@dataclass(frozen=True)
class ClausePart:
    """Clauses under a heading; `fulfilled` says how many of their kind are, where all are shown."""

    heading: str
    rows: Sequence[ClauseRow]
    fulfilled: str = ""
