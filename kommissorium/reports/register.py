"""The room of reports, as the rest of the program knows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.core.mail.digest import Reminder
from kommissorium.core.ui.todo import Todo
from kommissorium.meetings.facts import FactTable
from kommissorium.registers.agenda import AgendaContext
from kommissorium.registers.past import PastEvent
from kommissorium.registers.register import Register
from kommissorium.reports.agenda import news_table
from kommissorium.reports.checks import CHECKS
from kommissorium.reports.past import ACTS, ReportPast, report_past
from kommissorium.reports.proposal import KIND
from kommissorium.reports.todo import reminders_on, todos_of


class ReportRegister(Register):
    """What the committee tells of a quarter, made of what all registers say."""

    code = "reports"
    label = _("Reports")
    home = "statuses"
    place = 90
    subjects = (KIND,)
    acts = ACTS
    checks = CHECKS

    def is_shown_to(self, person: Person) -> bool:
        return Committee.are_followed_by(person)

    def past(self, events: Iterable[PastEvent], today: Mapping[str, int]) -> ReportPast:
        return report_past(events)

    def todos(self, person: Person, day: date) -> Iterable[Todo]:
        return todos_of(person, day)

    def reminders(self, day: date) -> Iterable[Reminder]:
        return reminders_on(day)

    def news(self, context: AgendaContext) -> FactTable | None:
        return news_table(context)


REGISTER = ReportRegister()
