"""To-do items of statuses and reports, to the board as well, and reminders by mail."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Municipality, OrganisationRole, Person
from kommissorium.committees.models import Committee
from kommissorium.core.mail.digest import Reminder
from kommissorium.core.ui.localised import day
from kommissorium.core.ui.todo import Todo
from kommissorium.registers.periods import Year
from kommissorium.reports.models import BoardNote, BoardReport, QuarterlyStatus, YearReview
from kommissorium.reports.proposals import BOARD
from kommissorium.reports.status_rows import (
    QuarterRow,
    ended_rows,
    newest_rows,
    reporting_committees,
)

BEGUN_WITHIN: Final = timedelta(days=14)  # of the end of the quarter: then a mail reminds of it
DUE_SOON: Final = timedelta(days=30)
STATUS: Final = 120  # minutes that one of a quarter is taken to need


def todos_of(person: Person, today: date) -> Iterator[Todo]:
    """Yield for coordinators the newest quarter of each committee of which no status is begun, and
    those of a year that were missed.

    A draft of theirs, and what the chair is to decide, the frames tell of.
    """
    if not QuarterlyStatus.can_be_drafted_by(person):
        return
    rows = ended_rows(list(Committee.objects.all()), today)
    for row in (one for of_one in rows for one in of_one[:1] if one.status is None):
        text = _("The status of %(quarter)s is not begun.") % {"quarter": row.quarter.label}
        note = row.committee.name
        due = row.quarter.due
        yield Todo(text, _("Compose"), row.url, due=due, note=note, minutes=STATUS)
    for row in (one for of_one in rows for one in of_one[1:]):
        if row.status is None and row.is_overdue:
            text = _("The status of %(quarter)s was missed.") % {"quarter": row.quarter.label}
            yield Todo(text, _("Compose"), row.url, note=row.committee.name, minutes=STATUS)


def reminders_on(today: date) -> Iterator[Reminder]:
    """Yield to coordinators that a status is not begun, and that one is not approved yet."""
    rows = newest_rows(list(Committee.objects.all()), today)
    coordinators = Person.objects.active().with_role(OrganisationRole.Kind.COORDINATOR, today)
    for person in coordinators if rows else ():
        with translation.override(person.language):
            for row in rows:
                if found := _stage(row, today):
                    stage, text = found
                    key = f"status:{row.committee.pk}:{row.quarter}:{stage}"
                    yield Reminder(person, key, text, row.url, _("Status of the quarter"))


def _stage(row: QuarterRow, today: date) -> tuple[str, str] | None:
    """Return at which stage it waits and what is said of it; None while there is time."""
    values = {"committee": row.committee.name, "quarter": row.quarter.label}
    values["day"] = day(row.quarter.due)
    if row.status is None and today > row.quarter.last + BEGUN_WITHIN:
        text = _("%(committee)s: the status of %(quarter)s is not begun. It is due by %(day)s.")
        return "begun", text % values
    is_approved = row.status is not None and row.status.is_approved
    if not is_approved and today >= row.quarter.due - DUE_SOON:
        text = _("%(committee)s: the status of %(quarter)s is to be approved by %(day)s.")
        return "due", text % values
    return None


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


REMINDED: Final = timedelta(days=30)  # before the day by which it is due


def review_todos_of(person: Person, today: date) -> Iterator[Todo]:
    """Yield for coordinators the committees whose report of last year is not begun."""
    if not YearReview.can_be_drafted_by(person):
        return
    year = Year(today.year).before
    for committee in _not_begun(year, today):
        text = _("The year's report of %(year)s is not begun.") % {"year": year.label}
        line = Todo(text, _("Compose"), reverse("reviews"), due=_due(year), note=committee.name)
        yield line._replace(minutes=240)


def review_reminders_on(today: date) -> Iterator[Reminder]:
    """Yield to coordinators that last year's report is not begun, in its last thirty days."""
    year = Year(today.year).before
    late = _not_begun(year, today) if today >= _due(year) - REMINDED else []
    coordinators = Person.objects.active().with_role(OrganisationRole.Kind.COORDINATOR, today)
    for person in coordinators if late else ():
        with translation.override(person.language):
            for committee in late:
                values = {"committee": committee.name, "year": year.label, "day": day(_due(year))}
                text = _("%(committee)s: the year's report of %(year)s is due by %(day)s.") % values
                key = f"review:{committee.pk}:{year}"
                yield Reminder(person, key, text, reverse("reviews"), _("Year's reports"))


def _not_begun(year: Year, today: date) -> list[Committee]:
    """Return the committees that tell of quarters, stood in that year, and have no report of it."""
    if not Municipality.current().top_management:
        return []
    since = reporting_committees(list(Committee.objects.all()), today)
    begun = YearReview.objects.filter(year=year.year).exclude(state="dropped")
    there = set(begun.values_list("of", flat=True))
    return [one for one, day in since.items() if day <= year.last and one.pk not in there]


def _due(year: Year) -> date:
    """Return by when it is due: with the status of the year's last quarter."""
    return year.quarters[-1].due
