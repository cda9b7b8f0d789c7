"""Numbers of projects and measures: their predicates, words, lists and weights."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from kommissorium.measures.periods import Quarter
from kommissorium.projects.models import Milestone, Project, Standing, TechnicalMeasure
from kommissorium.registers.numbers import Indicator, count, percentage
from kommissorium.registers.signals import OfRow, RowSignals, Signal

type Projects = Signal[OfRow[Project]]


def silent_since(day: date) -> date:
    """Return the day from which something must have been told: the first of the quarter before."""
    return Quarter.of(day).before.first


def open_projects(day: date) -> list[Project]:
    """Return the projects under way today; each knows whether it is silent on the day."""
    found = list(Project.objects.open_on().select_related("owner").order_by("due", "pk"))
    for one in found:
        one.is_silent = one.told_on < silent_since(day)
    return found


def _of(standing: Standing, **more: Any) -> Projects:
    """Return the signal of those whose owners told of them so."""
    return Signal(
        code=standing.value,
        label=standing.label,
        holds=lambda one: one.now_standing == standing,
        narrowed=f"standing={standing.value}",
        **more,
    )


UNDER_WAY: Final[Projects] = Signal(
    code="projects",
    label=_("Projects under way"),
    holds=lambda _one: True,
    sentence=ngettext_lazy(
        "One security project is under way.",
        "%(number)d security projects are under way.",
        "number",
    ),
    none=_("No security project is under way."),
)
GREEN: Final = _of(Standing.GREEN, wanted="more")
YELLOW: Final = _of(Standing.YELLOW)
RED: Final = _of(
    Standing.RED,
    sentence=ngettext_lazy("One project is red.", "%(number)d projects are red.", "number"),
    none=_("No project is red."),
    wanted="less",
)
SILENT: Final[Projects] = Signal(
    code="silent",
    label=_("Nothing reported since the quarter before"),
    holds=lambda one: one.is_silent,
    narrowed="silent=1",
)
OVER_BUDGET: Final[Projects] = Signal(
    code="over_budget",
    label=_("Over budget"),
    holds=lambda one: one.over_budget > 0,
    narrowed="over_budget=1",
)
WITHOUT_OWNER: Final[Projects] = Signal(
    code="without_owner",
    label=_("Without an owner"),
    holds=lambda one: not one.has_owner,
    narrowed="without_owner=1",
    sentence=ngettext_lazy(
        "One project has no owner.", "%(number)d projects have no owner.", "number"
    ),
    button=_("See the projects"),
)
COLOURS: Final = (GREEN, YELLOW, RED)
PROJECTS: Final = RowSignals(
    page="projects",
    signals=(UNDER_WAY, *COLOURS, SILENT, OVER_BUDGET, WITHOUT_OWNER),
    rows=open_projects,
)
UNOWNED: Final[Signal[OfRow[TechnicalMeasure]]] = Signal(
    code="measures_without_owner",
    label=_("Without an owner"),
    holds=lambda one: not one.has_owner,
    narrowed="without_owner=1",
    sentence=ngettext_lazy(
        "One technical measure has no owner.",
        "%(number)d technical measures have no owner.",
        "number",
    ),
    button=_("See the measures"),
)
MEASURES: Final = RowSignals(
    page="project_measures",
    signals=(UNOWNED,),
    rows=lambda _day: TechnicalMeasure.objects.filter(is_retired=False).select_related("owner"),
)
LATE_MILESTONES: Final = "late_milestones"  # of milestones: the list shows their projects
INDICATORS: Final[Mapping[str, Indicator]] = {
    GREEN.code: percentage(
        _("Projects that are green"),
        GREEN.code,
        UNDER_WAY.code,
        _("Of the projects under way: how many their owners reported as green."),
    ),
    LATE_MILESTONES: count(
        _("Milestones that are late"),
        LATE_MILESTONES,
        _("milestones"),
        _("Milestones of projects under way that are not reached and past their day."),
    ),
}


def count_projects(day: date) -> dict[str, int]:
    """Count the projects under way by their colour, and what is late or without an owner."""
    found = open_projects(day)
    late = Milestone.objects.late_on(day).filter(project__in=[one.pk for one in found])
    # Nobody is asked for owners of measures before there is a project.
    measures = MEASURES.count(day) if found else MEASURES.counted(())
    return {**PROJECTS.counted(found), LATE_MILESTONES: late.count(), **measures}
