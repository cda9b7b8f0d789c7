"""Note what happens to a report to the executive board: sent, received, treated, commented on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from kommissorium.accounts.models import OrganisationRole, Person, refuse_no_other
from kommissorium.core.backdating import reason_for
from kommissorium.core.cleaning import clean_line, clean_reason, clean_text
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.localised import day
from kommissorium.reports.actions.board_mail import mail_report
from kommissorium.reports.actions.board_way import (
    finish_duty,
    hold_report,
    place_of_kind,
    refuse_day,
    sent_note,
    told_of,
    write_note,
    write_row,
)
from kommissorium.reports.models import BoardNote, BoardReport
from kommissorium.reports.models.board_reports import LINE_LENGTH
from kommissorium.reports.proposals import BOARD
from kommissorium.tasks.actions import give_task

Kind, Outcome = BoardNote.Kind, BoardNote.Outcome


@dataclass(frozen=True, slots=True)
class Wish:
    """Wish of the board, and who is to do it by when: it becomes a task."""

    title: str
    owner: Person | None
    due: date


@dataclass(frozen=True, slots=True)
class Treatment:
    """Treatment of a report by the executive board at its meeting."""

    on: date
    case_number: str
    outcome: str
    text: str = ""
    is_received_then: bool = False  # nobody noted before that it was received
    wishes: Sequence[Wish] = ()


@transaction.atomic
def send_board_report(report: BoardReport, *, by: Person) -> BoardNote:
    """Send a report to the executive board by mail: what it says to everybody, and a link.

    The mails wait where mail is not set up, and it stands on the board's page all the same. Raises Refused for what is not approved or was sent, and where there is nobody to send it to.
    """
    _refuse_unless_coordinator(by)
    report = hold_report(report)
    _refuse_sent(report)
    today = timezone.localdate()
    board = Person.objects.active().with_role(OrganisationRole.Kind.EXECUTIVE, today)
    people = [one for one in board if one.email]
    if not people:
        text = _("Nobody has the role of executive and an e-mail. Send it yourself, and note how.")
        raise Refused(text)
    for person in people:
        with translation.override(person.language):
            mail_report(report, person)
    return write_note(report, Kind.SENT, today, by=by, how=_("By mail from the program"))


@transaction.atomic
def note_sent(
    report: BoardReport, *, by: Person, on: date, how: str, because: str = ""
) -> BoardNote:
    """Note that a report was sent outside the program. Raises Refused."""
    _refuse_unless_coordinator(by)
    report = hold_report(report)
    _refuse_sent(report)
    how = clean_line(how, "how", LINE_LENGTH, wanted=_("Must be filled in."))
    refuse_day(on, report.decided_on(), _("It was approved on %(day)s. It was not sent before."))
    return write_note(report, Kind.SENT, on, by=by, how=how, because=reason_for(on, because))


@transaction.atomic
def note_received(
    report: BoardReport, *, by: Person, on: date, how: str, because: str = ""
) -> BoardNote:
    """Note who of the board received a report, and when. Raises Refused, also before it is sent."""
    _refuse_unless_coordinator(by)
    report = hold_report(report)
    sent = sent_note(report)
    if report.received:
        raise Refused(_("It is noted already that the report was received."))
    how = clean_line(how, "how", LINE_LENGTH, wanted=_("Must be filled in."))
    refuse_day(on, sent.on, _("It was sent on %(day)s. It was not received before."))
    note = write_note(report, Kind.RECEIVED, on, by=by, how=how, because=reason_for(on, because))
    finish_duty(report, note.on, by=by)
    return note


@transaction.atomic
def confirm_receipt(report: BoardReport, *, by: Person) -> BoardNote:
    """Confirm as a member of the executive board that the report was received; once each.

    Raises Refused before it is sent, and for whoever sent it.
    """
    _refuse_unless_executive(by)
    report = hold_report(report)
    sent = sent_note(report)
    if report.is_received_by(by):
        raise Refused(_("You have confirmed already that you received it."))
    if sent.by_id == by.pk:
        raise Refused(_("You sent it yourself. Somebody else of the board confirms it."))
    refuse_no_other(sent.by, by)
    is_first = report.received is None
    note = write_note(report, Kind.RECEIVED, timezone.localdate(), by=by, how=by.name, person=by)
    if is_first:
        finish_duty(report, note.on, by=by)
    return note


@transaction.atomic
def note_treated(
    report: BoardReport, given: Treatment, *, by: Person, because: str = ""
) -> BoardNote:
    """Note what the executive board did with a report; what it asks for becomes tasks.

    Raises Refused before it was sent, and before it was received unless that is noted too.
    """
    _refuse_unless_coordinator(by)
    report = hold_report(report)
    sent = sent_note(report)
    if report.treated:
        text = _("It is noted already that the report was treated. Correct that if it is wrong.")
        raise Refused(text)
    values = _treatment(given)
    refuse_day(given.on, sent.on, _("It was sent on %(day)s. It was not treated before."))
    why = reason_for(given.on, because)
    _receive_then(report, given, by, why)
    note = write_note(report, Kind.TREATED, given.on, by=by, because=why, **values)
    for wish in given.wishes:
        _task(report, wish, by)
    return note


@transaction.atomic
def comment(report: BoardReport, text: str, *, by: Person) -> BoardNote:
    """Comment on a report as a member of the executive board. That is no decision of the board."""
    _refuse_unless_executive(by)
    report = hold_report(report)
    sent_note(report)
    text = clean_text(text, "text", wanted=_("Must be filled in."))
    facts = told_of(report)
    note = write_row(
        report, kind=Kind.COMMENT, on=timezone.localdate(), text=text, by=by, person=by
    )
    record("reports.board_report_commented", report, by=by, facts={**facts, "note": note.pk})
    return note


@transaction.atomic
def correct_note(
    note: BoardNote, values: Mapping[str, Any], *, by: Person, because: str
) -> BoardNote:
    """Say anew what was noted wrongly, or that it did not happen (`is_taken_back`).

    The first row is kept. Raises Refused without a reason, for what was corrected already, and
    where what happened later would stand alone.
    """
    _refuse_unless_coordinator(by)
    report, kind = hold_report(note.report), note.kind
    if note.pk not in {one.pk for one in report.way}:
        raise Refused(_("It was corrected already. Look at what stands now."))
    because = clean_reason(because)[:300]
    is_taken_back = bool(values.get("is_taken_back"))
    later = [one for one in report.way if place_of_kind(one.kind) > place_of_kind(kind)]
    alone = [one for one in report.way if one.kind == kind] == [note]
    if is_taken_back and alone and later:
        raise Refused(_("What happened to it later is noted too. Take that back first."))
    on = note.on if is_taken_back else values["on"]
    earlier = max(
        (one.on for one in report.way if place_of_kind(one.kind) < place_of_kind(kind)),
        default=None,
    )
    refuse_day(on, earlier or report.decided_on(), _("What came before it was on %(day)s."))
    latest = min((one.on for one in later), default=None) if alone else None
    if latest and on > latest:
        text = _("What came after it was on %(day)s.")
        raise Refused(on=text % {"day": day(latest)})
    changes: dict[str, Any] = {
        "how": note.how,
        "case_number": note.case_number,
        "outcome": note.outcome,
    }
    changes |= {"text": note.text, "person": note.person}
    if not is_taken_back:
        changes |= _said(kind, on, values)
    more = {**changes, "corrects": note, "is_taken_back": is_taken_back}
    return write_note(report, kind, on, by=by, because=because, **more)


def _said(kind: str, on: date, values: Mapping[str, Any]) -> dict[str, Any]:
    if kind == Kind.TREATED:
        names = ("case_number", "outcome", "text")
        return _treatment(Treatment(on, *(values[name] for name in names)))
    wanted = _("Must be filled in.")
    return {"how": clean_line(values["how"], "how", LINE_LENGTH, wanted=wanted)}


def _treatment(given: Treatment) -> dict[str, str]:
    if given.outcome not in Outcome.values:
        raise Refused(outcome=_("Choose one of the options."))
    wanted = _("Give the number of the board's case, so that its minutes can be found.")
    text = clean_text(given.text, "text")
    if given.outcome != Outcome.NOTED and not text:
        raise Refused(text=_("Say what the board decided, or what it wants done again."))
    number = clean_line(given.case_number, "case_number", 60, wanted=wanted)
    return {"case_number": number, "outcome": given.outcome, "text": text}


def _receive_then(report: BoardReport, given: Treatment, by: Person, why: str) -> None:
    """See that a report was received before it is treated; note so where that was then."""
    received = report.received
    if received is None and not given.is_received_then:
        text = _("Nobody has noted that the board received it. Note that, or say it was then.")
        raise Refused(is_received_then=text)
    if received is None:
        how = _("At the meeting of the board")
        write_note(report, Kind.RECEIVED, given.on, by=by, how=how, because=why)
        finish_duty(report, given.on, by=by)
        return
    refuse_day(given.on, received.on, _("It was received on %(day)s. It was not treated before."))


def _task(report: BoardReport, wish: Wish, by: Person) -> None:
    give_task(
        by=by,
        title=wish.title,
        owner=wish.owner,
        due=wish.due,
        committee=report.of,
        description=_("The executive board asked for it: %(title)s.")
        % {"title": BOARD.title_of(report)},
        born=report,
        born_link=report.get_absolute_url(),
    )


def _refuse_sent(report: BoardReport) -> None:
    if not report.is_approved:
        raise Refused(
            _("The committee has not approved the report. Only what it approved is sent.")
        )
    if report.sent:
        text = _("The report was sent on %(day)s already.")
        raise Refused(text % {"day": day(report.sent.on)})


def _refuse_unless_coordinator(by: Person) -> None:
    if not BoardNote.can_be_written_by(by):
        raise PermissionDenied


def _refuse_unless_executive(by: Person) -> None:
    if not BoardNote.can_be_answered_by(by):
        raise PermissionDenied
