"""The reports to the executive board on the agenda: how far they are, and what the board answered.

A report that the board sent back comes to the next agenda by itself, for decision.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from kommissorium.committees.models import Committee
from kommissorium.core.evidence.models import reference
from kommissorium.core.ui.localised import day
from kommissorium.meetings.facts import FactRow, FactTable
from kommissorium.meetings.models import AgendaItem, Decision, Meeting
from kommissorium.registers.agenda import AgendaContext, Tables
from kommissorium.registers.proposing import HELD, UNSETTLED
from kommissorium.registers.returning import Returning, ReturningItem
from kommissorium.reports.models import BoardNote, BoardReport
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
    wishes = _wishes(reports)
    if not wishes:
        return (own,)
    asked = (_("Task"), _("Who"), _("Due"), _("State"))
    return own, FactTable("board_wishes", _("What the board asked for"), "", asked, wishes)


class SentBackReport(Returning):
    """The newest report that the executive board sent back, until the committee has decided."""

    kind = "reports.sent_back"

    def is_due(self, context: AgendaContext) -> bool:
        return _sent_back(context.meeting.committee) is not None

    def item(self) -> ReturningItem:
        return ReturningItem(
            title=_("The executive board sent the report back"),
            recommendation=_(
                "It is recommended that the committee decides what is to be done about what the "
                "executive board sent back."
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
    return list(rows.with_way()[:MOST])


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
