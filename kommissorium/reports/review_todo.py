"""To-do items of the year's report, where the settings name a top management that reviews it."""

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
from kommissorium.registers.years import Year
from kommissorium.reports.models import YearReview
from kommissorium.reports.status_rows import reporting_committees

REMINDED: Final = timedelta(days=30)  # before the day by which it is due


def review_todos_of(person: Person, today: date) -> Iterator[Todo]:
    """Yield for coordinators the committees whose report of last year is not begun."""
    if not YearReview.can_be_drafted_by(person):
        return
    year = Year(today.year).before
    for committee in _not_begun(year, today):
        text = _("The year's report of %(year)s is not begun.") % {"year": year.label}
        yield Todo(text, _("Compose"), reverse("reviews"), due=_due(year), note=committee.name)


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
