"""How far a committee covers a standard in a year, by registers and duties: a page, and Excel."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, date
from typing import Any, Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kommissorium.accounts.models import Municipality, Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.committees.measures import measure_label
from kommissorium.committees.models import Committee
from kommissorium.core.documents import Column, Sheet, workbook
from kommissorium.core.documents.excel import MEDIA_TYPE
from kommissorium.core.ui.responses import download, page
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
from kommissorium.yearwheel.standards import STANDARDS, Chapter, Standard
from kommissorium.yearwheel.standards.iso27001 import INPUTS
from kommissorium.yearwheel.views import crumbs, year_url

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


@require_GET
def coverage(request: HttpRequest, pk: int, standard: str, year: int) -> HttpResponse:
    """Show each number of a standard with its evidence and its duties."""
    committee, found = _asked(request, pk, standard, year)
    context = {
        "committee": committee,
        "coverage": found.duties,
        "found": found,
        "standards": [(one, _address(pk, one.code, year)) for one in STANDARDS.values()],
        "neighbours": {
            name: (one, _address(pk, standard, one))
            for name, one in (("previous", year - 1), ("next", year + 1))
            if 1 <= one <= MAXYEAR
        },
        "inputs": _inputs(found.duties),
        "year_url": year_url(committee),
        "breadcrumbs": crumbs(committee, str(found.duties.standard.name)),
    }
    return page(request, "compliance/coverage.html", context)


@require_GET
def coverage_file(request: HttpRequest, pk: int, standard: str, year: int) -> HttpResponse:
    """Return the same as an Excel workbook."""
    committee, found = _asked(request, pk, standard, year)
    sheets = [Sheet(str(found.duties.standard.name), _columns(), [_row(one) for one in found.rows])]
    if inputs := _inputs(found.duties):
        columns = [Column(_("Number"), 10), Column(_("Item of the agenda"), 40)]
        columns += [Column(_("Why it covers the requirement"), 70), Column(_("Meetings"), 40)]
        sheets.append(Sheet(_("Agenda"), columns, inputs))
    data = workbook(
        sheets,
        title=_("%(standard)s: coverage %(year)d")
        % {"standard": found.duties.standard.name, "year": year},
        author=Municipality.current().name,
        language=get_language() or settings.LANGUAGE_CODE,
    )
    day = timezone.localdate().isoformat()
    return download(data, f"{day}-{standard}-{year}-{committee.pk}.xlsx", MEDIA_TYPE)


def _asked(
    request: HttpRequest, pk: int, standard: str, year: int
) -> tuple[Committee, ShownCoverage]:
    person = person_of(request)
    if standard not in STANDARDS or not 1 <= year <= MAXYEAR:
        raise Http404
    committee: Committee = get_object_or_404(Committee.objects.visible_to(person), pk=pk)
    return committee, shown_coverage(committee, STANDARDS[standard], year, person)


def _address(pk: int, standard: str, year: int) -> str:
    return reverse("coverage", args=[pk, standard, year])


def _inputs(found: Coverage) -> list[tuple[str, str, str, str]]:
    """Return the item covering each number, why, and at which meetings; [] for other standards."""
    items = {row.requirement.number: row.items for row in found.rows}
    return [
        (
            given.number,
            measure_label(given.measure),
            str(given.why),
            ", ".join(
                item.meeting.label for item in items[given.number] if item.measure == given.measure
            ),
        )
        for given in INPUTS
        if given.number in items
    ]


def _columns() -> list[Column]:
    return [
        Column(_("Number"), 12),
        Column(_("What it asks for"), 60),
        Column(_("State"), 34),
        Column(_("What shows it"), 80),
        Column(_("Duties"), 60),
        Column(_("State of the duties"), 34),
        Column(_("Done"), 12, kind="number"),
        Column(_("Done with faults"), 12, kind="number"),
        Column(_("To come"), 12, kind="number"),
        Column(_("Skipped"), 12, kind="number"),
        Column(_("Overdue"), 12, kind="number"),
    ]


def _row(row: ShownRow) -> tuple[Any, ...]:
    one = row.covered
    return (
        one.requirement.number,
        str(one.requirement.title),
        str(row.standing.label),
        in_words(row.of_registers),
        "; ".join(duty.title for duty in one.duties),
        one.state_label,
        one.done,
        one.with_fault,
        one.open,
        one.skipped,
        one.overdue,
    )
