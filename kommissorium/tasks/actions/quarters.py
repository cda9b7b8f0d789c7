"""Choose the tasks of a coming quarter."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.core.evidence.actions import record
from kommissorium.core.evidence.models import reference
from kommissorium.core.refusals import Refused
from kommissorium.tasks.models import QuarterTask, Task
from kommissorium.tasks.quarters import is_quarter


@transaction.atomic
def choose_for_quarter(
    committee: Committee,
    quarter: date,
    tasks: Iterable[Task],
    *,
    by: Person,
    born: models.Model | None = None,
) -> list[QuarterTask]:
    """Put tasks on a quarter's list; `born` is the agenda item they were chosen at.

    What stands there stays as it was. Raises Refused for another committee's task and for a day
    that is not the first of a quarter.
    """
    if not committee.can_be_prepared_by(by):
        raise PermissionDenied
    if not is_quarter(quarter):
        raise Refused(quarter=_("Choose one of the options."))
    kind, key = reference(born) if born is not None else ("", "")
    made = []
    for task in tasks:
        if task.committee_id != committee.pk:
            raise Refused(_("A task of another committee cannot stand on this list."))
        chosen, is_new = QuarterTask.objects.get_or_create(
            task=task,
            quarter=quarter,
            defaults={
                "committee": committee,
                "chosen_at": timezone.now(),
                "chosen_by": by,
                "born_kind": kind,
                "born_id": key,
            },
        )
        if is_new:
            record("tasks.chosen_for_quarter", task, by=by, facts={"quarter": quarter})
            made.append(chosen)
    return made


@transaction.atomic
def unchoose(quarter_task: QuarterTask, *, by: Person) -> None:
    """Take a task off a quarter's list. Raises Refused when the minutes that say so stand."""
    if not quarter_task.committee.can_be_prepared_by(by):
        raise PermissionDenied
    unsettled = QuarterTask.objects.filter(pk=quarter_task.pk, settled_at=None)
    if not unsettled.delete()[0]:
        raise Refused(_("The minutes are sent out. The task stays on the quarter's list."))
    facts = {"quarter": quarter_task.quarter}
    record("tasks.unchosen_for_quarter", quarter_task.task, by=by, facts=facts)


@transaction.atomic
def settle_choices(born: models.Model, *, by: Person) -> int:
    """Fix what was chosen at an agenda item whose minutes are approved; return how many.

    Who may approve minutes is the business of the room that calls this.
    """
    kind, key = reference(born)
    rows = QuarterTask.objects.filter(born_kind=kind, born_id=key, settled_at=None)
    chosen = list(rows.select_related("task"))
    rows.update(settled_at=timezone.now())
    for row in chosen:
        record("tasks.quarter_settled", row.task, by=by, facts={"quarter": row.quarter})
    return len(chosen)
