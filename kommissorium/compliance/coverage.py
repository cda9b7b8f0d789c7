"""A committee's coverage of a standard: what the registers show of each number, and its duties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.registers.requirements import (
    TONES,
    Says,
    Shown,
    Standing,
    by_requirement,
    in_order,
    standing_of,
)
from kommissorium.registers.shown import shown_on
from kommissorium.yearwheel.standard_coverage import Coverage, Covered, coverage_of
from kommissorium.yearwheel.standards import Chapter, Standard

MOST: Final = 4  # things in a cell of the page


@dataclass(frozen=True)
class ShownRow:
    """A number of a standard: its duties, what the registers show of it, and its state."""

    covered: Covered
    shown: Sequence[Shown]
    day: date

    @property
    def standing(self) -> Standing:
        return standing_of(self.shown, self.day)

    @property
    def tone(self) -> str:
        return TONES[self.standing]

    @property
    def of_registers(self) -> list[Shown]:
        """Return the evidence besides the duties, which stand in a column of their own."""
        counted = [one for one in self.shown if one.committee is None and one.counts_on(self.day)]
        return in_order(counted)

    @property
    def first(self) -> list[Shown]:
        return self.of_registers[:MOST]

    @property
    def more(self) -> int:
        return len(self.of_registers[MOST:])

    @property
    def is_gap(self) -> bool:
        return self.standing == Standing.NOTHING


@dataclass(frozen=True)
class ShownChapter:
    """A chapter of a standard, and its numbers."""

    chapter: Chapter
    rows: Sequence[ShownRow]

    @property
    def told(self) -> str:
        met = sum(row.standing == Standing.MET for row in self.rows)
        return _("%(number)d of %(of)d are met") % {"number": met, "of": len(self.rows)}


@dataclass(frozen=True)
class ShownCoverage:
    """A committee's coverage of a standard in a year, by what the registers show."""

    duties: Coverage
    chapters: Sequence[ShownChapter]

    @property
    def rows(self) -> list[ShownRow]:
        return [row for chapter in self.chapters for row in chapter.rows]

    @property
    def sentence(self) -> str:
        number = Counter(row.standing for row in self.rows)
        values = {
            "met": number[Standing.MET],
            "all": len(self.rows),
            "half": number[Standing.HALF],
            "against": number[Standing.AGAINST],
        }
        return (
            _(
                "%(met)d of %(all)d requirements are met by what the registers show, %(half)d partly;"
                " of %(against)d something speaks against it."
            )
            % values
        )


def shown_coverage(
    committee: Committee, standard: Standard, year: int, person: Person
) -> ShownCoverage:
    """Return the known coverage of the standard today, or at the end of a past year.

    For who follows the committee; of other committees' duties nothing is told.
    """
    duties = coverage_of(committee, standard, year, person)
    day = min(timezone.localdate(), date(year, 12, 31))
    shown = by_requirement(one for one in shown_on(day) if one.committee in (None, committee.pk))
    chapters = [
        ShownChapter(
            chapter,
            [
                ShownRow(row, shown.get(standard.tag_name(row.requirement.number), ()), day)
                for row in rows
            ],
        )
        for chapter, rows in duties.chapters
    ]
    return ShownCoverage(duties, chapters)


def in_words(shown: Sequence[Shown]) -> str:
    """Return the evidence as the text of a workbook's cell."""
    return "; ".join(f"{one.title} ({Says(one.says).label})" for one in shown)
