"""The reports to the executive board on the agenda, and draft texts for their item (A7).

A report that the board sent back comes to the next agenda by itself, for decision.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kommissorium.committees.models import Committee
from kommissorium.core.evidence.models import reference
from kommissorium.core.ui.localised import day
from kommissorium.measures.periods import Quarter
from kommissorium.meetings.facts import FactRow, FactTable
from kommissorium.meetings.models import AgendaItem, Decision, Meeting
from kommissorium.registers.agenda import (
    AgendaContext,
    Draft,
    Returning,
    ReturningItem,
    Sentence,
    Source,
    Tables,
    Weight,
)
from kommissorium.registers.proposing import HELD, UNSETTLED
from kommissorium.reports.models import BoardNote, BoardReport
from kommissorium.reports.models.board_reports import ASKS
from kommissorium.tasks.models import Task

MOST: Final = 4  # reports that are told of


def board_tables(context: AgendaContext) -> Tables:
    """Return the newest reports with their way and the board's answer, and what it asked for."""
    reports = context.once(newest_reports)
    if not reports:
        return ()
    rows = tuple(
        FactRow(
            key=f"reports.boardreport:{one.pk}",
            cells=(one.period.label, *_way(one)),
            link=one.get_absolute_url(),
            urgent=bool(one.treated and one.treated.is_sent_back),
        )
        for one in reports
    )
    columns = (_("Quarter"), _("Sent"), _("Received"), _("Treated by the board"), _("Its answer"))
    own = FactTable("board_reports", _("Reports to the executive board"), "", columns, rows)
    tables = [own]
    if answers := _answers(reports):
        told = (_("Quarter"), _("Request"), _("Answer"), _("In words"))
        heading = _("The board’s answers to requests")
        tables.append(FactTable("board_answers", heading, "", told, answers))
    if wishes := _wishes(reports):
        asked = (_("Task"), _("Who"), _("Due"), _("State"))
        tables.append(FactTable("board_wishes", _("What the board asked for"), "", asked, wishes))
    return tuple(tables)


class SentBackReport(Returning):
    """The newest report that the executive board sent back, until the committee has decided."""

    kind = "reports.sent_back"
    known_as = gettext_lazy("Report sent back by the executive board")

    def is_due(self, context: AgendaContext) -> bool:
        return _sent_back(context.meeting.committee) is not None

    def item(self) -> ReturningItem:
        return ReturningItem(
            title=_("The executive board sent the report back"),
            recommendation=_(
                "It is recommended that the committee answers what the executive board sent back in "
                "its next report, and sees to it that what the board asked for is done in time."
            ),
            link=reverse("board_reports"),
        )

    def facts(self, keys: Iterable[str], context: AgendaContext) -> Mapping[str, Tables]:
        note = _sent_back(context.meeting.committee)
        if note is None:
            return {}
        cells = (note.report.period.label, day(note.on), note.case_number, note.text)
        row = FactRow(f"reports.boardnote:{note.pk}", cells, note.report.get_absolute_url())
        columns = (_("Quarter"), _("Meeting of the board"), _("Case"), _("What it said"))
        table = FactTable("sent_back", _("What was sent back"), "", columns, (row,))
        return dict.fromkeys(keys, (table,))


SENT_BACK: Final = SentBackReport()


def newest_reports(context: AgendaContext) -> list[BoardReport]:
    """Return the newest reports that the meeting's committee has approved, with their way."""
    rows = BoardReport.objects.filter(of=context.meeting.committee_id, state="approved")
    return list(rows.with_way().prefetch_related("parts")[:MOST])


def _way(report: BoardReport) -> tuple[str, ...]:
    sent, received, treated = report.sent, report.received, report.treated
    return (
        day(sent.on) if sent else _("Not sent"),
        f"{day(received.on)}, {received.how}" if received else "–",
        f"{day(treated.on)}, {treated.case_number}" if treated else "–",
        ": ".join(filter(None, [str(treated.get_outcome_display()), treated.text]))
        if treated
        else "–",
    )


def wishes_of(reports: Iterable[BoardReport]) -> list[Task]:
    """Return the tasks that the board asked for in its answers to these reports."""
    kind, _key = reference(BoardReport(pk=0))
    rows = Task.objects.filter(born_kind=kind, born_id__in=[str(one.pk) for one in reports])
    return list(rows.select_related("owner").order_by("due", "pk"))


def _wishes(reports: Iterable[BoardReport]) -> tuple[FactRow, ...]:
    return tuple(
        FactRow(
            key=f"tasks.task:{one.pk}",
            cells=(one.title, one.owner.name, day(one.due), str(one.get_state_display())),
            link=reverse("task", args=[one.pk]),
        )
        for one in wishes_of(reports)
    )


def _answers(reports: Iterable[BoardReport]) -> tuple[FactRow, ...]:
    """Return what the board said to each request that everybody reads."""
    return tuple(
        FactRow(
            key=f"reports.boardanswer:{said.pk}",
            cells=(
                report.period.label,
                one.text,
                str(said.get_answer_display()),
                said.text or "–",
            ),
            link=report.get_absolute_url(),
            urgent=one.is_open,
        )
        for report in reports
        if not any(part.code == ASKS and part.closes for part in report.parts.all())
        for one in report.requests.all()
        if (said := one.answer)
    )


def _sent_back(committee: Committee) -> BoardNote | None:
    """Return the board's answer that sent the committee's newest treated report back.

    None where it was not sent back, or where the committee has decided on that since.
    """
    rows = BoardReport.objects.filter(of=committee, state="approved").with_way()
    answers = [one.treated for one in rows if one.treated]
    newest = max(answers, key=lambda note: (note.on, note.pk), default=None)
    if newest is None or not newest.is_sent_back:
        return None
    since = Decision.objects.filter(
        committee=committee, subject_kind=SentBackReport.kind, decided_at__gt=newest.at
    )
    settled = since.exclude(outcome__in=UNSETTLED).exclude(meeting__state=Meeting.State.CANCELLED)
    # What a meeting decided is known when its minutes are approved; then the agenda is filled anew.
    waiting = AgendaItem.objects.standing().filter(
        subject_kind=SentBackReport.kind,
        meeting__committee=committee,
        meeting__state__in=HELD,
        created_at__gt=newest.at,
    )
    return None if settled.exists() or waiting.exists() else newest


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
