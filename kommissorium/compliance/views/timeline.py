"""The fulfilment of a mandate month by month: as a table to look at, and the same in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kommissorium.compliance.fulfilment import MARKS, TONES, ClauseLine
from kommissorium.compliance.months import months_of
from kommissorium.compliance.views.committee import crumbs, followed
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.responses import page
from kommissorium.measures.findings import State

MONTHS = 36


@dataclass(frozen=True)
class Cell:
    """A clause at the end of a month; without a state there was no such clause."""

    month: date
    state: State | None

    @property
    def tone(self) -> str:
        return TONES[self.state] if self.state else "none"

    @property
    def mark(self) -> str:
        return MARKS[self.state] if self.state else ""


@dataclass(frozen=True)
class Stretch:
    """Consecutive months in which a clause had the same state."""

    first: date
    last: date
    state: State

    @property
    def tone(self) -> str:
        return TONES[self.state]

    @property
    def mark(self) -> str:
        return MARKS[self.state]


@dataclass(frozen=True)
class ClauseMonths:
    """A clause with its months, and with the stretches they make up, the newest first."""

    line: ClauseLine
    cells: Sequence[Cell]
    stretches: Sequence[Stretch]


@require_GET
def compliance_timeline(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the state of each clause at the end of every month, at most three years of them."""
    committee = followed(request, pk).committee
    found = months_of(committee, timezone.localdate(), MONTHS)
    lines = [_line(line, found.ends) for line in found.lines]
    months = found.ends[_before_all(lines) :]
    context = {
        "committee": committee,
        "months": months,
        "frozen": found.frozen,
        "computed": [month for month in months if month not in found.frozen],
        "years": _years(months),
        "lines": [replace(line, cells=line.cells[-len(months) :]) for line in lines],
        "legend": [(state.label, TONES[state], MARKS[state]) for state in State],
        "breadcrumbs": [
            *crumbs(committee),
            Crumb(_("Is the mandate fulfilled?"), reverse("mandate_compliance", args=[pk])),
            Crumb(_("Over time")),
        ],
    }
    return page(request, "compliance/timeline.html", context)


def _line(line: ClauseLine, months: Sequence[date]) -> ClauseMonths:
    cells = [Cell(month, state) for month, state in zip(months, line.states, strict=True)]
    runs = [list(run) for _state, run in groupby(cells, key=lambda cell: cell.state)]
    stretches = [Stretch(run[0].month, run[-1].month, run[0].state) for run in runs if run[0].state]
    return ClauseMonths(line, cells, stretches[::-1])


def _before_all(lines: Sequence[ClauseMonths]) -> int:
    """Return the number of first months without any clause; 0 where there are none."""
    known = [number for line in lines for number, cell in enumerate(line.cells) if cell.state]
    return min(known, default=0)


def _years(months: Sequence[date]) -> list[tuple[int, int]]:
    """Return the years of the months, with the number of months in each."""
    return [(year, len(list(run))) for year, run in groupby(months, key=lambda month: month.year)]
