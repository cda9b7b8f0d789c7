"""Writes down what happened to a report to the executive board, for the actions that note it."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.localised import day
from kommissorium.meetings.models import Decision
from kommissorium.registers.actions.proposals import due_of, finish_by_decision
from kommissorium.reports.models import BoardNote, BoardReport
from kommissorium.reports.proposals import BOARD

Kind = BoardNote.Kind
DUTY: Final = "executive_report"  # the duty of the wheel that is done when the board has it


def write_note(report: BoardReport, kind: str, on: date, *, by: Person, **values: Any) -> BoardNote:
    note = write_row(report, kind=kind, on=on, by=by, **values)
    corrects: BoardNote | None = values.get("corrects")
    facts = {
        **told_of(report),
        "note": note.pk,
        "on": on,
        "outcome": str(values.get("outcome", "")),
        "corrects": corrects.pk if corrects else 0,
        "is_taken_back": bool(values.get("is_taken_back")),
    }
    if kind == Kind.SENT:
        record("reports.board_report_sent", report, by=by, facts=facts)
    elif kind == Kind.RECEIVED:
        record("reports.board_report_received", report, by=by, facts=facts)
    else:
        record("reports.board_report_treated", report, by=by, facts=facts)
    return note


def write_row(report: BoardReport, **values: Any) -> BoardNote:
    made: BoardNote = BoardNote.objects.create(report=report, at=timezone.now(), **values)
    return made


def told_of(report: BoardReport) -> dict[str, Any]:
    decision = report.decision
    return {**BOARD.told(report), "committee": decision.committee_id if decision else 0}


def finish_duty(report: BoardReport, on: date, *, by: Person) -> None:
    """Finish the duty of the wheel: the executive board has had the report since the day."""
    decision: Decision | None = report.decision
    if decision and (waiting := due_of(DUTY, decision, on)):
        noon = timezone.make_aware(datetime.combine(on, time(12)))
        at, title = min(noon, timezone.now()), BOARD.title_of(report)
        finish_by_decision(waiting, decision, report, title, by=by, at=at)


def hold_report(report: BoardReport) -> BoardReport:
    """Return a report as it is in this transaction."""
    found: BoardReport = BoardReport.objects.with_way().get(pk=report.pk)
    return found


def place_of_kind(kind: str) -> int:
    return Kind.values.index(kind)


def sent_note(report: BoardReport) -> BoardNote:
    """Return when it was sent. Raises Refused before."""
    if report.sent is None:
        raise Refused(_("The report is not sent yet. First it is sent, then it is answered."))
    return report.sent


def refuse_day(on: date, earliest: date | None, sentence: str) -> None:
    if on > timezone.localdate():
        raise Refused(on=_("That day is to come. Note it when it has happened."))
    if earliest and on < earliest:
        raise Refused(on=sentence % {"day": day(earliest)})
