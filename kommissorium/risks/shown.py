"""Evidence from risk work for the requirements of standards: level, assessments and actions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.registers.requirements import LASTS, Says, Shown
from kommissorium.risks.agenda.proposals import LevelProposal
from kommissorium.risks.models import Assessment, PlanAction, RiskLevel
from kommissorium.tasks.models import Task

LEVEL: Final = LevelProposal()
OF_LEVEL: Final = ("ISO 27001 6.1.2", "ISO 27001 6.1.3", "NIS 2 § 6 nr. 1")
OF_ASSESSMENT: Final = ("ISO 27001 6.1.2", "ISO 27001 8.2", "NIS 2 § 6 nr. 1")
OF_ACTIONS: Final = ("ISO 27001 6.1.3", "ISO 27001 8.3")


def shown_by_risks(day: date) -> Iterator[Shown]:
    """Yield the levels in force, the newest assessment of the organisation, and the actions of
    plans: each can be chosen where it meets a control (three queries)."""
    for level in RiskLevel.objects.in_force_on(day):
        link, since = level.get_absolute_url(), level.in_force_from
        title = LEVEL.title_of(level)
        yield Shown(
            f"risks.risklevel:{level.pk}", title, link, Says.LAID_DOWN, since, None, OF_LEVEL
        )
    whole = Assessment.objects.in_force_on(day).filter(scope=Assessment.Scope.ORGANISATION)
    for one in whole.order_by("-in_force_from", "-pk")[:1]:
        key, link = f"risks.assessment:{one.pk}", one.get_absolute_url()
        done = Says.CARRIED_OUT
        yield Shown(key, one.title, link, done, one.in_force_from, None, OF_ASSESSMENT)
    yield from _actions(day)


def _actions(day: date) -> Iterator[Shown]:
    recent = Q(task__state=Task.State.OPEN) | Q(task__done_at__date__range=(day - LASTS, day))
    rows = PlanAction.objects.filter(recent).exclude(task__state=Task.State.DROPPED)
    for row in rows.select_related("task", "scenario"):
        task, note = row.task, ""
        says, when = Says.PLANNED, task.due
        if task.state == Task.State.DONE:
            says, when = Says.CARRIED_OUT, timezone.localdate(task.done_at)
        elif task.due < day:
            says, note = Says.AGAINST, _("It is late.")
        link = row.scenario.get_absolute_url()
        yield Shown(
            f"risks.planaction:{row.pk}", task.title, link, says, when, None, OF_ACTIONS, note
        )
