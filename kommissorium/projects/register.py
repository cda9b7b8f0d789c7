"""The register of projects and technical measures, as the rest of the program knows it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.search import searched
from kommissorium.assets.models import reads_whole_register
from kommissorium.measures.codes import Measure
from kommissorium.projects.checks import shown_by_measures
from kommissorium.projects.front import money_picture
from kommissorium.projects.lists import MeasureList, ProjectList
from kommissorium.projects.models import Project, TechnicalMeasure
from kommissorium.projects.opening import ProjectOpening
from kommissorium.projects.proposal import KIND
from kommissorium.projects.quarterly_status import news_table, ongoing_draft, status_parts
from kommissorium.projects.signals import INDICATORS, MEASURES, PROJECTS, count_projects
from kommissorium.projects.todo import reminders_on, todos_of
from kommissorium.registers.agenda import OnItem, alone
from kommissorium.registers.front import FRONTS
from kommissorium.registers.menu import Deed, MenuLine
from kommissorium.registers.numbers import Counts
from kommissorium.registers.search import SearchedProposal
from kommissorium.registers.standard_proposals import FiledProposals, StandardRegister


class ProjectRegister(StandardRegister):
    """Security projects and technical measures: how both stand, approved each quarter."""

    code = "projects"
    label = _("Projects and measures")
    # Others find their own by to-dos and mail.
    menu = MenuLine("projects", ("/projects/",), is_shown_to=reads_whole_register)
    place = 40
    deeds = (
        Deed(
            _("New project"),
            _("add create security project"),
            "project_new",
            Project.can_be_changed_by,
        ),
    )
    searched = (
        searched(Project, _("Security projects"), fields=("goal",), named=("owner",), dated="due"),
        searched(
            *(TechnicalMeasure, _("Technical measures")), fields=("figure_name",), named=("owner",)
        ),
        SearchedProposal.of(KIND, _("Statuses of the security work"), ("conclusion", "effort")),
    )
    # How projects stood on a day is read from their rows: no figures of the evening are kept.
    counts = Counts(count_projects, ("projects", "registers", "accounts"), INDICATORS)
    proposal = KIND
    subjects = (KIND,)
    opening = ProjectOpening
    lists = (ProjectList, MeasureList)
    filings = (FiledProposals(KIND, _("Statuses of the security work")),)
    signals = (PROJECTS, MEASURES)
    agenda = {Measure.AGENDA_ONGOING: OnItem(alone(news_table), ongoing_draft)}

    todos = staticmethod(todos_of)
    reminders = staticmethod(reminders_on)
    status_on = staticmethod(status_parts)
    shows = staticmethod(shown_by_measures)


REGISTER = ProjectRegister()
FRONTS.offer(ProjectRegister.code, money_picture)
