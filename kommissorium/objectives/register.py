"""The register of objectives, as the rest of the program knows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import partial

from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.assets.models import reads_whole_register
from kommissorium.committees.measures import Measure
from kommissorium.core.mail.digest import Reminder
from kommissorium.core.schedule.actions import Periodic
from kommissorium.core.ui.todo import Todo
from kommissorium.meetings.facts import FactTable
from kommissorium.objectives.actions.counting import measure_counted
from kommissorium.objectives.agenda_draft import objective_draft
from kommissorium.objectives.checks import CHECKS
from kommissorium.objectives.objective_list import ObjectiveList
from kommissorium.objectives.proposal import KIND, news_table
from kommissorium.objectives.quarterly_status import status_parts
from kommissorium.objectives.search import SEARCHED
from kommissorium.objectives.shown import shown_by_objectives
from kommissorium.objectives.status import count_objectives
from kommissorium.objectives.todo import reminders_on, todos_of
from kommissorium.registers.actions.daily_figures import keep_due_figures
from kommissorium.registers.agenda import AgendaContext
from kommissorium.registers.quarters import Quarter
from kommissorium.registers.requirements import Shown
from kommissorium.registers.standard_register import StandardRegister
from kommissorium.registers.status import StatusPart


class ObjectiveRegister(StandardRegister):
    """Objectives: what is to be reached, and whether it is."""

    code = "objectives"
    label = _("Objectives")
    home = "objectives"
    place = 30
    searched = SEARCHED
    counted_from = ("objectives", "registers", "accounts", "risks")
    proposal = KIND
    subjects = (proposal,)
    lists = (ObjectiveList,)
    drafts = {Measure.AGENDA_ONGOING: objective_draft}
    checks = CHECKS
    schedule = (Periodic("objective_figures", partial(keep_due_figures, code), timedelta(hours=1)),)

    def is_shown_to(self, person: Person) -> bool:
        return reads_whole_register(person)  # others find their own by to-dos and mail

    def count(self, day: date) -> Mapping[str, int]:
        return count_objectives(day)

    def end_of_day(self, day: date) -> None:
        measure_counted(day)

    def todos(self, person: Person, day: date) -> Iterable[Todo]:
        return todos_of(person, day)

    def reminders(self, day: date) -> Iterable[Reminder]:
        return reminders_on(day)

    def status_on(self, quarter: Quarter) -> Iterable[StatusPart]:
        return status_parts(quarter)

    def news(self, context: AgendaContext) -> FactTable | None:
        return news_table(context)

    def shows(self, day: date) -> Iterable[Shown]:
        return shown_by_objectives(day)


REGISTER = ObjectiveRegister()
