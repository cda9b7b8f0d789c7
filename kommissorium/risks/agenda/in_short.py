"""An acceptance or a risk level in short, for the mail that asks for a decision on it."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.core.mail.letter import Grid, Square
from kommissorium.core.ui.localised import day, kroner
from kommissorium.risks.acceptance_risks import matrix_then, rows_of
from kommissorium.risks.authority import limits_by_capacity, used_of
from kommissorium.risks.levels import levels_on
from kommissorium.risks.matrix import Cell, Matrix
from kommissorium.risks.models import Acceptance

LIES = "●"
ACCEPTED = "✓"


def figures_of(acceptance: Acceptance) -> list[tuple[str, str]]:
    """Return what an acceptance costs, how long it holds, and what whoever is asked may still accept."""
    return [
        (_("Possible loss"), acceptance.loss_in_words),
        (_("Not spent to avoid it"), kroner(acceptance.measure_cost)),
        (_("Holds until"), day(acceptance.expires_on)),
        *_own_limit(acceptance),
    ]


def why_of(acceptance: Acceptance) -> list[str]:
    """Return why it is put forward, and on which conditions."""
    longer, conditions = acceptance.longer_because, acceptance.conditions
    said = [
        _("It holds beyond the year of the risk level: %(why)s") % {"why": longer},
        _("Conditions: %(text)s") % {"text": conditions},
    ]
    there = [longer, conditions]
    return [acceptance.reason, *(text for text, found in zip(said, there, strict=True) if found)]


def _own_limit(acceptance: Acceptance) -> list[tuple[str, str]]:
    """Return the limit of whoever is asked and what of it is used, expired or not."""
    limit = limits_by_capacity().get(acceptance.capacity)
    if limit is None or limit.per_year is None:
        return []
    year = str(acceptance.budget_year)
    used = used_of(acceptance.budget_year, acceptance.replaces)
    values = {"used": kroner(used.get(acceptance.capacity, 0)), "most": kroner(limit.per_year)}
    name = _("Your limit in %(year)s") % {"year": year}
    return [(name, _("%(used)s of %(most)s used") % values)]


def grid_of(acceptance: Acceptance) -> Grid | None:
    """Return where the risks lie; None for risks of several scales."""
    rows = rows_of(acceptance)
    matrix = matrix_then(acceptance, rows, levels_on(timezone.localdate()))
    if matrix is None:
        return None
    cells = [[_lies(cell) for cell in row.cells] for row in matrix.rows]
    bands = ", ".join(f"{one.rank}\N{NO-BREAK SPACE}{one.name}" for one in matrix.bands)
    key = [_("%(sign)s: here it lies") % {"sign": LIES}, _("Risk: %(bands)s") % {"bands": bands}]
    return _drawn(_("Where the risk lies"), matrix, cells, key)


def grid_of_level(matrix: Matrix) -> Grid:
    """Return what a risk level accepts."""
    cells = [
        [Square(ACCEPTED if one.is_acceptable else "", one.band.tone) for one in row.cells]
        for row in matrix.rows
    ]
    key = [_("%(sign)s: acceptable") % {"sign": ACCEPTED}]
    return _drawn(_("What is acceptable"), matrix, cells, key)


def _lies(cell: Cell) -> Square:
    text = f"{LIES} {cell.band.rank}" if cell.count else str(cell.band.rank)
    return Square(text, cell.band.tone, bool(cell.count))


def _drawn(
    caption: str, matrix: Matrix, cells: Sequence[Sequence[Square]], key: Sequence[str]
) -> Grid:
    """Return a grid of consequence by likelihood, whose steps are numbers: names are too wide."""
    columns = [str(step.number) for step in matrix.columns]
    heads = [f"{row.step.number}\N{NO-BREAK SPACE}{row.step.name}" for row in matrix.rows]
    steps = ", ".join(f"{step.number}\N{NO-BREAK SPACE}{step.name}" for step in matrix.columns)
    named = _("Downwards: consequence. Across: likelihood, %(steps)s") % {"steps": steps}
    return Grid(caption, columns, list(zip(heads, cells, strict=True)), [*key, named])
