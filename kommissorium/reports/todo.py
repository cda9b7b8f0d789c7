"""To-do items of the quarterly status on the overview, and reminders by mail."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from django.utils import translation
from django.utils.translation import gettext as _

from kommissorium.accounts.models import OrganisationRole, Person
from kommissorium.committees.models import Committee
from kommissorium.core.mail.digest import Reminder
from kommissorium.core.ui.localised import day
from kommissorium.core.ui.todo import Todo
from kommissorium.reports.models import QuarterlyStatus
from kommissorium.reports.status_rows import QuarterRow, newest_rows

BEGUN_WITHIN: Final = timedelta(days=14)  # of the end of the quarter: then a mail reminds of it
DUE_SOON: Final = timedelta(days=30)


def todos_of(person: Person, today: date) -> Iterator[Todo]:
    """Yield for coordinators the newest quarter of each committee of which no status is begun.

    A draft of theirs, and what the chair is to decide, the frames tell of.
    """
    if not QuarterlyStatus.can_be_drafted_by(person):
        return
    for row in newest_rows(list(Committee.objects.all()), today):
        if row.status is None:
            values = {"quarter": row.quarter.label}
            text = _("The status of %(quarter)s is not begun.") % values
            note = row.committee.name
            yield Todo(text, _("Compose"), row.url, due=row.quarter.due, note=note)


def reminders_on(today: date) -> Iterator[Reminder]:
    """Yield to coordinators that a status is not begun, and that one is not approved yet."""
    rows = list(newest_rows(list(Committee.objects.all()), today))
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
