"""The pictures of the risks as workbooks, and the overview as a document of two pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Municipality
from kommissorium.core.documents import Column, Sheet, render_pdf
from kommissorium.core.documents.about import about_document
from kommissorium.core.ui.localised import day
from kommissorium.risks.level_document import line_in_words, matrix_data
from kommissorium.risks.levels import AFTER, BEFORE
from kommissorium.risks.matrix import Matrix, ScaleCache
from kommissorium.risks.models import Scenario
from kommissorium.risks.numbers import AreaRisks, Development
from kommissorium.risks.overview import Overview
from kommissorium.risks.risk_list import RiskList


def overview_sheets(overview: Overview) -> list[Sheet]:
    """Return the answer in words and each of the matrices."""
    answer = [(sentence.text,) for sentence in overview.answer()]
    sheets = [Sheet(_("In short"), [Column(_("Risks of today"), 80)], answer)]
    for title, matrix in matrices_of(overview):
        sheets.append(_matrix(title, matrix))
    return sheets


def matrices_of(overview: Overview) -> list[tuple[str, Matrix]]:
    """Return each matrix there is with its title, that of the other day last."""
    named = [
        (_("Risk today"), overview.matrix(BEFORE)),
        (_("Residual risk"), overview.matrix(AFTER)),
    ]
    if overview.then:
        named.append((day(overview.then.day), overview.matrix(BEFORE, then=True)))
    return [(title, matrix) for title, matrix in named if matrix]


def _matrix(title: str, matrix: Matrix) -> Sheet:
    columns = [
        Column(_("Consequence")),
        *(Column(step.name, kind="number") for step in matrix.columns),
    ]
    rows = [(row.step.name, *(cell.count for cell in row.cells)) for row in matrix.rows]
    return Sheet(title, columns, rows)


def areas_sheet(rows: Sequence[AreaRisks], scales: ScaleCache) -> Sheet:
    """Return the risks of each area in numbers."""
    bands = reversed(scales.drawn.band_list) if scales.drawn else []
    columns = [
        Column(_("Area")),
        Column(_("Risks"), kind="number"),
        *(Column(band.name, kind="number") for band in bands),
        Column(_("Above the risk level"), kind="number"),
        Column(_("Of these not accepted"), kind="number"),
        Column(_("Above it after the treatment"), kind="number"),
    ]
    lines = [
        (
            row.area.name if row.area else _("No area"),
            row.total,
            *row.bands,
            row.above,
            row.unaccepted,
            row.left_above,
        )
        for row in rows
    ]
    return Sheet(_("By area"), columns, lines)


def development_sheet(found: Development, scales: ScaleCache) -> Sheet:
    """Return the risks of each quarter in numbers, the newest first."""
    bands = reversed(scales.drawn.band_list) if scales.drawn else []
    columns = [
        Column(_("Day"), kind="date"),
        Column(_("Risks"), kind="number"),
        *(Column(band.name, kind="number") for band in bands),
        Column(_("Above the risk level"), kind="number"),
        Column(_("Above it after the treatment"), kind="number"),
    ]
    lines = [
        (row.day, row.total, *row.bands, row.above, row.left_above) for row in reversed(found.rows)
    ]
    return Sheet(_("Development"), columns, lines)


TEMPLATE = Path(__file__).with_name("risks.typ")
QUARTERS_SHOWN = 6
TOLD = ("left", "treatment", "owner", "accepted")


def picture_pdf(
    overview: Overview,
    top: Sequence[Scenario],
    listing: RiskList,
    found: Development,
    *,
    made_at: datetime,
) -> bytes:
    """Return the overview in the active language as an accessible PDF."""
    municipality = Municipality.current().name
    title = _("Overview of risks")
    today = day(timezone.localdate(made_at))
    data = {
        "sheet": about_document(
            title,
            _("The risks of the municipality as they are today"),
            author=municipality,
            footer=f"{municipality}, {title}, {today}",
        ),
        "day": today,
        "answer": [sentence.text for sentence in overview.answer()],
        "matrices": _matrices(overview),
        "notes": _notes(overview),
        "top": [_risk(row, listing) for row in top],
        "quarters": _quarters(found),
        "words": _words(overview),
    }
    return render_pdf(TEMPLATE, data, made_at=made_at)


def _matrices(overview: Overview) -> list[dict[str, Any]]:
    named = [
        (_("Risk today"), overview.matrix(BEFORE)),
        (_("Residual risk"), overview.matrix(AFTER)),
    ]
    return [{"title": title, **matrix_data(matrix)} for title, matrix in named if matrix]


def _notes(overview: Overview) -> list[str]:
    """Return what one must know to read the matrices."""
    notes = []
    if overview.level:
        notes.append(line_in_words())
    if unsaid := overview.figures.unscored(AFTER):
        said = _("Not in the second matrix, as nobody has said what will be left: %(number)d.")
        notes.append(said % {"number": unsaid})
    if undrawn := overview.scales.undrawn(overview.figures):
        said = _("Not in the matrices, as they were assessed by another scale: %(number)d.")
        notes.append(said % {"number": undrawn})
    return notes


def _risk(row: Scenario, found: RiskList) -> dict[str, Any]:
    band, columns = found.band(row, row.rank), found.named(TOLD)
    told = {one.code: one.worded(found.reader(one)(row)) for one in columns}
    return {
        "title": row.title,
        "of": row.assessment.title,
        "band": band.name if band else "",
        "tone": band.tone if band else "",
        "treatment": told["treatment"],
        **{code: told[code] or "–" for code in ("left", "owner", "accepted")},
    }


def _quarters(found: Development) -> list[list[str]]:
    rows = list(reversed(found.rows))[:QUARTERS_SHOWN]
    return [
        [
            day(row.day),
            str(row.total),
            "–" if row.above is None else str(row.above),
            "–" if row.left_above is None else str(row.left_above),
        ]
        for row in rows
    ]


def _words(overview: Overview) -> dict[str, Any]:
    return {
        "total": _("Risks in all: %(number)d") % {"number": overview.figures.total},
        "likelihood": _("Likelihood"),
        "consequence": _("Consequence"),
        "top": _("The greatest risks"),
        "top_head": [
            _("Risk"),
            _("Risk today"),
            _("Treatment"),
            _("Residual risk"),
            _("Risk owner"),
            _("Accepted until"),
        ],
        "quarters": _("Development"),
        "quarters_head": [
            _("Day"),
            _("Risks"),
            _("Above the risk level"),
            _("Above it after the treatment"),
        ],
        "none": _("There are no risks with scores."),
    }
