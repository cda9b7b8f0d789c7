"""The pictures of the risks as workbooks."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from kommissorium.core.documents import Column, Sheet
from kommissorium.core.ui.localised import day
from kommissorium.risks.by_area import AreaRisks
from kommissorium.risks.levels import AFTER, BEFORE
from kommissorium.risks.matrix import Matrix
from kommissorium.risks.overview import Overview
from kommissorium.risks.quarterly_trend import Development
from kommissorium.risks.scale_cache import ScaleCache


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
        (_("After the treatment"), overview.matrix(AFTER)),
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
