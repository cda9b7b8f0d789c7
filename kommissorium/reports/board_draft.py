"""Draft texts for the item about the report to the executive board (A7): how far the newest
report is, and what the board answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.core.ui.localised import day
from kommissorium.registers.agenda import AgendaContext
from kommissorium.registers.drafting import Draft, Sentence, Source, Weight
from kommissorium.registers.quarters import Quarter
from kommissorium.reports.board_agenda import newest_reports, wishes_of
from kommissorium.reports.models import BoardReport
from kommissorium.tasks.models import Task

UNDER_WAY = ("draft", "proposed")


def board_draft(context: AgendaContext) -> Draft | None:
    """Return how the newest report fares, and whether the next is written (four queries).

    None for a committee that reports to nobody by this program.
    """
    reports = context.once(newest_reports)
    written = list(BoardReport.objects.filter(of=context.meeting.committee_id, state__in=UNDER_WAY))
    if not reports and not written:
        return None
    newest = reports[0] if reports else None
    open_tasks = [one for one in wishes_of(reports) if one.is_open] if reports else []
    sentences = (
        *(_answered(newest, context) if newest else ()),
        *_wished(open_tasks, context),
        *_next(newest, written, context),
    )
    return Draft(sentences, (), tuple(_sources(newest, open_tasks)))


def _answered(report: BoardReport, context: AgendaContext) -> Iterator[Sentence]:
    """Say how far an approved report is: what happened last, and what has not happened yet."""
    sent, received, treated = report.sent, report.received, report.treated
    quarter = {"quarter": report.period.label}
    if sent is None:
        text = _("The report for %(quarter)s is approved, and has not been sent to the board.")
        yield Sentence(text % quarter, Weight.WORSE)
        return
    if treated is not None:
        values = {**quarter, "day": day(treated.on), "case": treated.case_number}
        text = _("The executive board treated the report for %(quarter)s on %(day)s (%(case)s).")
        said = [text % values, f"{treated.get_outcome_display()}."]
        if treated.text:
            said.append(treated.text)
        weight = Weight.DECIDE if treated.is_sent_back else _weight(treated.at, context)
        yield Sentence(" ".join(said), weight)
        return
    if received is not None:
        text = _(
            "The executive board received the report for %(quarter)s on %(day)s, and has not "
            "treated it yet."
        )
        yield Sentence(text % {**quarter, "day": day(received.on)}, _weight(received.at, context))
        return
    text = _(
        "The report for %(quarter)s was sent to the executive board on %(day)s; that it was "
        "received is not noted yet."
    )
    yield Sentence(text % {**quarter, "day": day(sent.on)}, _weight(sent.at, context))


def _weight(at: datetime, context: AgendaContext) -> Weight:
    """Return how much weighs what was noted then: it is news once."""
    is_new = context.met_before is None or at >= context.met_before
    return Weight.NEWS if is_new else Weight.STATE


def _wished(tasks: Sequence[Task], context: AgendaContext) -> Iterator[Sentence]:
    if not tasks:
        return
    first = tasks[0]
    text = ngettext(
        "Of what the board asked for one task is open: “%(title)s” (%(name)s, %(day)s).",
        "Of what the board asked for %(number)d tasks are open. The first is “%(title)s” "
        "(%(name)s, %(day)s).",
        len(tasks),
    )
    values = {"number": len(tasks), "title": first.title, "name": first.owner.name}
    weight = Weight.WORSE if first.due < context.today else Weight.STATE
    yield Sentence(text % {**values, "day": day(first.due)}, weight)


def _next(
    newest: BoardReport | None, written: Sequence[BoardReport], context: AgendaContext
) -> Iterator[Sentence]:
    """Say how far the report is that is written now; of an ended quarter that has none, that."""
    ended = Quarter.of(context.today).before
    for one in written:
        text = _("The report for %(quarter)s is being written.")
        if one.is_proposed:
            text = _("The report for %(quarter)s lies before the committee.")
        yield Sentence(text % {"quarter": one.period.label})
    if not written and newest is not None and newest.period.last < ended.last:
        text = _("No report has been written for %(quarter)s.")
        yield Sentence(text % {"quarter": ended.label})


def _sources(newest: BoardReport | None, tasks: Sequence[Task]) -> Iterator[Source]:
    yield Source(_("Reports to the executive board"), reverse("board_reports"))
    if newest is not None:
        label = _("Report to the executive board, %(quarter)s")
        yield Source(label % {"quarter": newest.period.label}, newest.get_absolute_url())
    for one in tasks[:3]:
        yield Source(one.title, reverse("task", args=[one.pk]))
