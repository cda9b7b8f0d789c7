"""What search finds of this room."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.searched import Searched
from kommissorium.projects.models import Project, TechnicalMeasure, WorkStatus
from kommissorium.projects.proposal import KIND
from kommissorium.registers.search import SearchedProposal


class SearchedProjects(Searched[Project]):
    """Security projects, by what they are to reach."""

    model, label = Project, _("Security projects")
    fields = ("goal",)
    named = ("owner",)
    dated = "due"


class SearchedMeasures(Searched[TechnicalMeasure]):
    """Technical measures, by their names."""

    model, label = TechnicalMeasure, _("Technical measures")
    fields = ("figure_name",)
    named = ("owner",)


class SearchedStatuses(SearchedProposal[WorkStatus]):
    """What is approved of projects and measures each quarter."""

    model, label, proposal = WorkStatus, _("Statuses of the security work"), KIND
    fields = ("conclusion", "effort")


SEARCHED = (SearchedProjects(), SearchedMeasures(), SearchedStatuses())
