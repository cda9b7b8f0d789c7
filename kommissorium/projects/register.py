"""The register of projects and technical measures, as the rest of the program knows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.assets.models import reads_whole_register
from kommissorium.committees.measures import Measure
from kommissorium.core.mail.digest import Reminder
from kommissorium.core.ui.todo import Todo
from kommissorium.meetings.facts import FactTable
from kommissorium.projects.agenda import news_table, ongoing_draft
from kommissorium.projects.checks import CHECKS
from kommissorium.projects.counts import INDICATORS, count_projects
from kommissorium.projects.lists import MeasureList, ProjectList
from kommissorium.projects.proposal import KIND
from kommissorium.projects.quarterly_status import status_parts
from kommissorium.projects.search import SEARCHED
from kommissorium.projects.shown import shown_by_measures
from kommissorium.projects.todo import reminders_on, todos_of
from kommissorium.registers.agenda import AgendaContext
from kommissorium.registers.filing import FiledProposals
from kommissorium.registers.quarters import Quarter
from kommissorium.registers.register import Register
from kommissorium.registers.requirements import Shown
from kommissorium.registers.standard_register import StandardRegister
from kommissorium.registers.status import StatusPart


class ProjectRegister(StandardRegister):
    """Security projects and technical measures: how both stand, approved each quarter."""

    code = "projects"
    label = _("Projects and measures")
    home = "projects"
    prefixes = ("/projects/",)
    place = 40
    searched = SEARCHED
    counted_from = ("projects", "registers", "accounts")
    proposal = KIND
    subjects = (KIND,)
    lists = (ProjectList, MeasureList)
    filings = (FiledProposals(KIND, _("Statuses of the security work")),)
    indicators = INDICATORS
    checks = CHECKS
    drafts = MappingProxyType({Measure.AGENDA_ONGOING: ongoing_draft})
    # How projects stood on a day is read from their rows: no figures of the evening are kept.
    record_figures = Register.record_figures

    def is_shown_to(self, person: Person) -> bool:
        return reads_whole_register(person)  # others find their own by to-dos and mail

    def count(self, day: date) -> Mapping[str, int]:
        return count_projects(day)

    def todos(self, person: Person, day: date) -> Iterable[Todo]:
        return todos_of(person, day)

    def reminders(self, day: date) -> Iterable[Reminder]:
        return reminders_on(day)

    def status_on(self, quarter: Quarter) -> Iterable[StatusPart]:
        return status_parts(quarter)

    def shows(self, day: date) -> Iterable[Shown]:
        return shown_by_measures(day)

    def news(self, context: AgendaContext) -> FactTable | None:
        return news_table(context)


REGISTER = ProjectRegister()
