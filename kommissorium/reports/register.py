"""The room of reports, as the rest of the program knows it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.core.mail.digest import Reminder
from kommissorium.core.ui.todo import Todo
from kommissorium.measures.codes import Measure
from kommissorium.registers.agenda import OnItem, alone
from kommissorium.registers.menu import MenuLine
from kommissorium.registers.protocol import Register
from kommissorium.reports.board_agenda import SENT_BACK, board_draft, board_tables
from kommissorium.reports.filing import FILINGS
from kommissorium.reports.models import BoardNote
from kommissorium.reports.proposals import BOARD, KIND, REVIEW, shown_by_reports
from kommissorium.reports.search import SEARCHED
from kommissorium.reports.status_rows import news_table
from kommissorium.reports.todo import (
    board_reminders_on,
    board_todos_of,
    reminders_on,
    review_reminders_on,
    review_todos_of,
    todos_of,
)


def home_of(person: Person) -> str:
    """Return the page of the executive board for who answers for it, the statuses for others."""
    return "executive_reports" if BoardNote.can_be_answered_by(person) else "statuses"


class ReportRegister(Register):
    """Reports of the committee on a quarter: the status, and the report to the executive board."""

    code = "reports"
    label = _("Reports")
    menu = MenuLine(
        "statuses",
        ("/reports/", "/told/"),
        for_everybody=True,  # of those it is shown to: the executive board, too
        is_shown_to=Committee.are_followed_by,
        leads=home_of,
    )
    place = 90
    searched = SEARCHED
    subjects = (KIND, BOARD, REVIEW, SENT_BACK)
    filings = FILINGS
    agenda = MappingProxyType(
        {
            Measure.AGENDA_ONGOING: OnItem(alone(news_table)),
            Measure.EXECUTIVE_REPORTING: OnItem(board_tables, board_draft),
        }
    )

    def todos(self, person: Person, day: date) -> Iterable[Todo]:
        yield from todos_of(person, day)
        yield from board_todos_of(person)
        yield from review_todos_of(person, day)

    def reminders(self, day: date) -> Iterable[Reminder]:
        yield from reminders_on(day)
        yield from board_reminders_on(day)
        yield from review_reminders_on(day)

    shows = staticmethod(shown_by_reports)


REGISTER = ReportRegister()
