"""T2: the risk level is set, and those above it are looked after; what risk work shows of standards.

T2 is fulfilled on a day when the committee has approved a risk level within twelve months, when
the picture of risks is as new as that, and when each risk above the level has a plan or an
acceptance that holds. Today is counted as it is now, a past day as it was when it ended.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.core.evidence.models import Record
from kommissorium.registers.offered import Basis
from kommissorium.registers.requirements import LASTS, Says, Shown
from kommissorium.risks.agenda.proposals import LevelProposal
from kommissorium.risks.models import Assessment, PlanAction, RiskLevel
from kommissorium.tasks.models import Task


def _pictures() -> QuerySet[Record]:
    """Return the approved pictures of the whole organisation, the newest first."""
    whole = Assessment.objects.filter(scope=Assessment.Scope.ORGANISATION, state="approved")
    return Record.objects.filter(pk__in=whole.values("record")).order_by("-at", "-pk")


def _levels() -> QuerySet[Record]:
    """Return the approved risk levels, the newest first."""
    approved = RiskLevel.objects.filter(state="approved")
    return Record.objects.filter(pk__in=approved.values("record")).order_by("-at", "-pk")


def _levels_in_force(day: date) -> Iterator[int]:
    held = RiskLevel.objects.in_force_on(day).filter(record__isnull=False)
    yield from held.order_by("pk").values_list("record", flat=True)


PICTURES: Final = Basis(_pictures, "risks")
LEVELS: Final = Basis(_levels, in_force=_levels_in_force)
LEVEL: Final = LevelProposal()
OF_LEVEL: Final = ("ISO 27001 6.1.2", "ISO 27001 6.1.3", "NIS 2 § 6 nr. 1")
OF_ASSESSMENT: Final = ("ISO 27001 6.1.2", "ISO 27001 8.2", "NIS 2 § 6 nr. 1")
_ACTIONS: Final = gettext_lazy("%(n)d actions against risks, the oldest of %(day)s")
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
            *(f"risks.planaction:{row.pk}", task.title, link, says, when, None, OF_ACTIONS, note),
            several=_ACTIONS,
        )
