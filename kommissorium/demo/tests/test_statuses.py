"""Every figure of every status of the demonstration, counted anew from raw rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta

import pytest

from kommissorium.committees.models import Committee
from kommissorium.demo.tests import (
    raw_audits,
    raw_awareness,
    raw_continuity,
    raw_incidents,
    raw_policies,
    raw_projects,
    raw_statuses,
)
from kommissorium.demo.tests.raw_reading import Reading
from kommissorium.demo.tests.raw_registers import Registers
from kommissorium.demo.tests.raw_rows import Rows
from kommissorium.demo.tests.test_audit import counted
from kommissorium.measures.periods import Quarter
from kommissorium.registers.requirements import AREAS
from kommissorium.registers.status import CONCLUSION, StatusFigure
from kommissorium.reports.models import BoardReport, QuarterlyStatus

pytestmark = pytest.mark.usefixtures("havneby")

NAME = "Informationssikkerhedsudvalget"
type Figures = Mapping[str, int | None]
# Parts of which a code means something else in another part.
OF_PART: Mapping[str, Callable[[Quarter], Figures]] = {
    "audits": lambda one: raw_audits.quarter_figures(one.first, one.last),
    "projects": lambda one: raw_projects.project_figures(one.last),
    **dict.fromkeys(
        (*AREAS, "measures"), lambda one: raw_projects.measure_figures(one.year, one.number)
    ),
    "awareness": lambda one: raw_awareness.quarter_figures(one.first, one.last),
    "contingency": lambda one: raw_continuity.quarter_figures(one.first, one.last),
    "policies": lambda one: raw_policies.document_figures(one.last),
    "dispensations": lambda one: raw_policies.dispensation_figures(one.last),
}
OF_MANDATE = ("fulfilled", "due_soon", "not_fulfilled", "unmeasured")


def test_every_figure_of_every_status_is_as_its_rows_are_counted() -> None:
    rows, registers = Rows(Committee.objects.get(name=NAME)), Registers()
    statuses = QuarterlyStatus.objects.filter(of=rows.committee).prefetch_related("parts")
    faults, told = [], 0
    for status in statuses:
        other, before = (
            counts(rows, registers, one) for one in (status.period, status.period.before)
        )
        for part in status.parts.all():
            told += len(part.figures)
            own = OF_PART.get(part.code)
            then = own(status.period) if own else other
            earlier = own(status.period.before) if own else before
            faults += list(disagreements(status.period, part.figures, then, earlier))
    assert faults == [], "\n".join(faults)
    assert told > 150


def disagreements(
    quarter: Quarter, figures: Iterable[StatusFigure], then: Figures, before: Figures
) -> Iterator[str]:
    """Yield a line for each figure on which the rows differ."""
    for figure in figures:
        if figure.code not in then:
            yield f"{quarter} {figure.code}: {figure.value}, and no rows were counted"
        elif figure.value != then[figure.code]:
            yield f"{quarter} {figure.code}: {figure.value}, not {then[figure.code]}"
        if figure.before is not None and figure.before != before.get(figure.code, 0):
            yield f"{quarter} {figure.code} before: {figure.before}, not {before[figure.code]}"


def counts(rows: Rows, registers: Registers, quarter: Quarter) -> Mapping[str, int | None]:
    """Return all figures of a quarter, as known when it ended."""
    first, last = date(quarter.year, quarter.number * 3 - 2, 1), quarter.last
    reading = Reading(rows, last, last)
    clauses = [one for one in reading.clauses(last) if one.kind != "other" or one.measure]
    states = Counter(str(counted(reading, registers, one).state) for one in clauses)
    return {
        **raw_statuses.risk_figures(registers, last),
        **raw_statuses.asset_figures(registers, last),
        **raw_statuses.oversight_figures(first, last),
        **raw_statuses.objective_figures(registers, last),
        **raw_incidents.incident_figures(first, last),
        **raw_statuses.wheel_figures(rows.committee.pk, first, last),
        **raw_statuses.work_figures(reading, first, last),
        **{state: states[state] for state in OF_MANDATE},
        "clauses": len(clauses),
    }


def test_each_quarter_has_one_status_and_the_newest_waits_as_a_draft_or_is_not_begun() -> None:
    found = list(QuarterlyStatus.objects.exclude(state="dropped").order_by("year", "number"))
    quarters = [one.period for one in found]
    assert quarters == sorted(set(quarters)) and len(quarters) >= 4
    assert {one.state for one in found[:-1]} == {"approved"}
    for one in found:
        assert one.composed_at.date() > one.period.last - timedelta(days=1)


def test_the_status_and_the_report_of_a_quarter_conclude_the_same() -> None:
    statuses = {
        (one.of_id, one.period): one for one in QuarterlyStatus.objects.exclude(state="dropped")
    }
    reports = BoardReport.objects.exclude(state="dropped")
    pairs = [
        (statuses[key], one) for one in reports if (key := (one.of_id, one.period)) in statuses
    ]
    # On the first day of a quarter the status of the last one is not begun, and a report may be dropped.
    assert len(pairs) >= 3
    for status, report in pairs:
        told = [one.parts.get(code=CONCLUSION).proposed for one in (status, report)]
        assert told[0] == told[1], status
