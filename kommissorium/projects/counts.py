"""Counts of the register, and those an objective can be measured by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext_lazy as _

from kommissorium.projects.models import Milestone, Project, TechnicalMeasure
from kommissorium.projects.models.projects import OPEN
from kommissorium.registers.indicators import Indicator, count, percentage
from kommissorium.registers.quarters import Quarter

INDICATORS: Mapping[str, Indicator] = {
    "green": percentage(
        _("Projects that are green"),
        "green",
        "projects",
        _("Of the projects under way: how many their owners reported as green."),
    ),
    "late_milestones": count(
        _("Milestones that are late"),
        "late_milestones",
        _("milestones"),
        _("Milestones of projects under way that are not reached and past their day."),
    ),
}


def count_projects(day: date) -> dict[str, int]:
    """Count the projects under way by their colour, and what is late or without an owner."""
    found = list(Project.objects.open_on().select_related("owner"))
    standing, since = Counter(one.now_standing for one in found), silent_since(day)
    late = Milestone.objects.late_on(day).filter(project__in=[one.pk for one in found])
    measures = TechnicalMeasure.objects.filter(is_retired=False).select_related("owner")
    ownerless = sum(not one.has_owner for one in measures) if found else 0
    return {
        "projects": len(found),
        **{colour.value: standing[colour.value] for colour in OPEN},
        "silent": sum(one.told_on < since for one in found),
        "over_budget": sum(one.over_budget > 0 for one in found),
        "late_milestones": late.count(),
        "without_owner": sum(not one.has_owner for one in found),
        "measures_without_owner": ownerless,
    }


def silent_since(day: date) -> date:
    """Return the day from which something must have been told: the first of the quarter before."""
    return Quarter.of(day).before.first
