"""Compose the report to the executive board: two pages of what the status of the quarter says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from kommissorium.committees.models import Committee
from kommissorium.core.ui.localised import day
from kommissorium.measures.periods import Quarter
from kommissorium.registers.status import (
    ComposedPart,
    StatusFigure,
    StatusPart,
    in_sentences,
)
from kommissorium.registers.status import (
    told as told_of,
)
from kommissorium.reports.composing import compose
from kommissorium.reports.conclusion import KEYS, conclude, full_code
from kommissorium.reports.models.board_reports import ASKS, BoardReport
from kommissorium.reports.tiles import tiles_of
from kommissorium.tasks.quarters import quarter_name
from kommissorium.yearwheel.models import Occurrence

MOST_RISKS: Final = 5
MOST_DUTIES: Final = 6


def compose_board_parts(committee: Committee, quarter: Quarter) -> list[StatusPart]:
    """Return the parts in their order; what is written by hand has no sentence."""
    before = quarter.before
    told = [
        {part.code: part for part in compose(committee, one)}
        for one in (quarter, before, before.before)
    ]
    found = told[0]
    tiles = tiles_of(told, quarter)
    return [
        replace(_conclusion(found), pictures={"tiles": tiles} if tiles else {}),
        _risks(found.get("risks")),
        StatusPart(ASKS, _("We ask the executive board for")),
        _short(found.get("accepted"), "accepted", _("Accepted economic risk")),
        _short(found.get("incidents"), "incidents", _("Incidents")),
        *_own(found.get("projects"), "projects"),
        *_own(found.get("policies"), "policies"),
        _management(committee, quarter),
        _next_quarter(committee, quarter.after),
    ]


def _conclusion(found: Mapping[str, StatusPart]) -> ComposedPart:
    """Return the conclusion of the status, and the key figures it rests on."""
    figures = [
        _named(one)
        for code, part in found.items()
        for one in part.figures
        if full_code(code, one) in KEYS
    ]
    return conclude(found.values(), _("a quarter before"), figures)


def _named(figure: StatusFigure) -> StatusFigure:
    """Return a figure with a label that can stand without the heading of its part."""
    label = {
        "open": _("Above the level, neither planned nor accepted"),
        "duties_overdue": _("Tasks of the year wheel past their day"),
        "not_fulfilled": _("Clauses of the mandate not fulfilled"),
    }.get(figure.code, figure.label)
    return replace(figure, label=label)


def _risks(part: StatusPart | None) -> StatusPart:
    heading = _("The five greatest risks")
    if part is None:
        return StatusPart("risks", heading, (), _("No risk was assessed when the quarter ended."))
    return replace(part, heading=heading, figures=(), rows=part.rows[:MOST_RISKS])


def _short(part: StatusPart | None, code: str, heading: str) -> StatusPart:
    """Return the sentence of a part of the status, without its figures and tables."""
    return StatusPart(code, heading, (), part.sentence if part else "")


def _own(part: StatusPart | None, code: str) -> Iterator[StatusPart]:
    """Yield what a register says of itself; nothing where it has nothing to tell."""
    if part and part.sentence:
        yield _short(part, code, part.heading)


def _management(committee: Committee, quarter: Quarter) -> StatusPart:
    """Return what the board itself has done: NIS 2-loven § 7 asks that it approves and oversees."""
    rows = BoardReport.objects.filter(of=committee, state=BoardReport.State.APPROVED).with_way()
    notes = [note for report in rows for note in (report.treated,) if note]
    treated = sorted((one for one in notes if one.on <= quarter.last), key=lambda one: one.on)
    text = told_of(
        _("The executive board has treated no report of the committee yet."),
        ngettext_lazy(
            "The executive board has treated one report of the committee.",
            "The executive board has treated %(number)s reports of the committee.",
            "value",
        ),
        len(treated),
    )
    last = ""
    if treated:
        newest = treated[-1]
        values = {"day": day(newest.on), "case": newest.case_number}
        last = _("The last on %(day)s, case %(case)s.") % values
    asked = _(
        "Section 7 of the Danish NIS 2 Act asks the management to approve the measures, to see "
        "that they are carried out, and to be trained."
    )
    return StatusPart(
        "management", _("State of NIS 2 Act section 7"), (), in_sentences(text, last, asked)
    )


def _next_quarter(committee: Committee, quarter: Quarter) -> StatusPart:
    rows = Occurrence.objects.open().filter(duty__committee=committee).select_related("duty")
    coming = list(_titles(rows.filter(due__range=(quarter.first, quarter.last)).order_by("due")))
    heading = _("Next quarter")
    name = quarter_name(quarter.first)
    if not coming:
        return StatusPart(
            "next", heading, (), _("The year wheel has nothing in %(quarter)s.") % {"quarter": name}
        )
    text = _("In %(quarter)s the year wheel has: %(what)s.")
    what = "; ".join(coming[:MOST_DUTIES])
    if (more := len(coming) - MOST_DUTIES) > 0:
        what += _(" and %(number)d more") % {"number": more}
    return StatusPart("next", heading, (), text % {"quarter": name, "what": what})


def _titles(rows: Iterable[Occurrence]) -> Iterator[str]:
    """Yield each duty's title once."""
    seen: set[str] = set()
    for one in rows:
        if (title := one.duty.title) not in seen:
            seen.add(title)
            yield title
