"""To-do items of reports to the executive board on the overview, and reminders by mail."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from kommissorium.accounts.models import OrganisationRole, Person
from kommissorium.core.mail.digest import Reminder
from kommissorium.core.ui.todo import Todo
from kommissorium.reports.board_proposal import BOARD
from kommissorium.reports.models import BoardNote, BoardReport

SEND_WITHIN: Final = timedelta(days=7)  # of the approval
RECEIVED_WITHIN: Final = timedelta(days=14)  # of being sent
TREATED_WITHIN: Final = timedelta(days=60)  # of being received


def board_todos_of(person: Person) -> Iterator[Todo]:
    """Yield the reports that wait for those who send and note, or for the board to receive them."""
    if BoardNote.can_be_answered_by(person):
        yield from _to_receive(person)
    if not BoardNote.can_be_written_by(person):
        return
    for report in _open():
        if found := _waits(report):
            text, action, due = found
            yield Todo(text, action, report.get_absolute_url(), due=due, note=report.of.name)


def board_reminders_on(today: date) -> Iterator[Reminder]:
    """Yield to coordinators that what the board was to have had by now is not noted."""
    late = [(one, found) for one in _open() if (found := _waits(one)) and found[2] < today]
    coordinators = Person.objects.active().with_role(OrganisationRole.Kind.COORDINATOR, today)
    for person in coordinators if late else ():
        with translation.override(person.language):
            for report, (_text, _action, due) in late:
                text, _again, _due = _waits(report) or ("", "", due)
                key = f"board_report:{report.pk}:{due.isoformat()}"
                heading = _("Reports to the executive board")
                yield Reminder(person, key, text, report.get_absolute_url(), heading)


def _open() -> Iterator[BoardReport]:
    """Yield the newest approved report of each committee, if the board has not treated it."""
    seen = set()
    for report in BoardReport.objects.filter(state="approved").with_way():
        if report.of_id not in seen and not report.treated:
            yield report
        seen.add(report.of_id)


def _waits(report: BoardReport) -> tuple[str, str, date] | None:
    """Return what waits about an approved report, the words on its button, and by when."""
    sent, received, decided = report.sent, report.received, report.decided_on()
    values = {"title": BOARD.title_of(report)}
    if decided is None:
        return None
    if sent is None:
        text = _("%(title)s is approved and not sent.")
        return text % values, _("Send it"), decided + SEND_WITHIN
    if received is None:
        text = _("%(title)s is sent, and nobody has noted that it was received.")
        return text % values, _("Note it"), sent.on + RECEIVED_WITHIN
    text = _("%(title)s: note what the board did with it.")
    return text % values, _("Note it"), received.on + TREATED_WITHIN


def _to_receive(person: Person) -> Iterator[Todo]:
    for report in _open():
        if report.sent and report.sent.by_id != person.pk and not report.is_received_by(person):
            text = _("%(title)s is there. Confirm that you have received it.")
            url = reverse("report_to_executive", args=[report.pk])
            yield Todo(text % {"title": BOARD.title_of(report)}, _("Read it"), url)
