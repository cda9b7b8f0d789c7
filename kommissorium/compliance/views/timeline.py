"""The fulfilment of a mandate month by month: as a table to look at, and the same in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kommissorium.compliance.fulfilment import MARKS, TONES, ClauseLine
from kommissorium.compliance.months import shown_months
from kommissorium.compliance.views.committee import crumbs, followed
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.responses import page
from kommissorium.measures.findings import State

MONTHS = 36


@dataclass(frozen=True)
class Month:
    """A month by its last day, in words, and with the page of that day: said once for all clauses."""

    day: date
    name: str
    url: str


@dataclass(frozen=True)
class ShownState:
    """A state as the table shows it."""

    label: str
    tone: str
    mark: str


@dataclass(frozen=True)
class Cell:
    """A clause at the end of a month; without a state there was no such clause."""

    month: Month
    shown: ShownState | None


@dataclass(frozen=True)
class Stretch:
    """Consecutive months in which a clause had the same state."""

    first: Month
    last: Month
    shown: ShownState


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
    found = shown_months(committee, MONTHS)
    ends = [_month(day, pk) for day in found.ends]
    states = {one: ShownState(str(one.label), TONES[one], MARKS[one]) for one in State}
    lines = [_line(line, ends, states) for line in found.lines]
    months = ends[_before_all(lines) :]
    context = {
        "committee": committee,
        "months": months,
        "frozen": found.frozen,
        "computed": [month.day for month in months if month.day not in found.frozen],
        "years": _years(months),
        "lines": [replace(line, cells=line.cells[-len(months) :]) for line in lines],
        "legend": [(one.label, one.tone, one.mark) for one in states.values()],
        "breadcrumbs": [
            *crumbs(committee),
            Crumb(_("Is the mandate fulfilled?"), reverse("mandate_compliance", args=[pk])),
            Crumb(_("Over time")),
        ],
    }
    return page(request, "compliance/timeline.html", context)


def _month(day: date, committee: int) -> Month:
    url = reverse("mandate_compliance", args=[committee])
    return Month(day, date_format(day, "F Y"), f"{url}?on={day:%Y-%m-%d}")


def _line(
    line: ClauseLine, months: Sequence[Month], states: Mapping[State, ShownState]
) -> ClauseMonths:
    shown = [states[state] if state else None for state in line.states]
    cells = [Cell(month, one) for month, one in zip(months, shown, strict=True)]
    runs = [list(run) for _shown, run in groupby(cells, key=lambda cell: cell.shown)]
    stretches = [Stretch(run[0].month, run[-1].month, run[0].shown) for run in runs if run[0].shown]
    return ClauseMonths(line, cells, stretches[::-1])


def _before_all(lines: Sequence[ClauseMonths]) -> int:
    """Return the number of first months without any clause; 0 where there are none."""
    known = [number for line in lines for number, cell in enumerate(line.cells) if cell.shown]
    return min(known, default=0)


def _years(months: Sequence[Month]) -> list[tuple[int, int]]:
    """Return the years of the months, with the number of months in each."""
    return [
        (year, len(list(run))) for year, run in groupby(months, key=lambda month: month.day.year)
    ]
