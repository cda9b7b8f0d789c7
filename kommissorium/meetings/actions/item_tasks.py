"""Create and choose tasks at an item of a meeting."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from kommissorium.accounts.models import Person
from kommissorium.meetings.actions.committee_lock import lock_for_item, lock_for_meeting
from kommissorium.meetings.models import AgendaItem, Meeting
from kommissorium.tasks.actions import choose_for_quarter, give_task, unchoose
from kommissorium.tasks.models import QuarterTask, Task


@transaction.atomic
def give_task_at(
    item: AgendaItem, *, by: Person, title: str, owner: Person | None, due: date
) -> Task:
    """Give somebody a task that is born at the item. Raises Refused as give_task does."""
    _refuse_stranger(item, by)
    lock_for_item(item, *Meeting.RECORDED)
    return give_task(
        by=by,
        title=title,
        owner=owner,
        due=due,
        committee=item.meeting.committee,
        born=item,
        born_link=item.get_absolute_url(),
        is_closed=item.is_closed,
    )


@transaction.atomic
def choose_at(
    item: AgendaItem, quarter: date, tasks: Iterable[Task], *, by: Person
) -> list[QuarterTask]:
    """Choose tasks for a quarter at the item. Raises Refused as choose_for_quarter does."""
    _refuse_stranger(item, by)
    lock_for_item(item, *Meeting.RECORDED)
    return choose_for_quarter(item.meeting.committee, quarter, tasks, by=by, born=item)


@transaction.atomic
def unchoose_at(item: AgendaItem, chosen: QuarterTask, *, by: Person) -> None:
    """Take a task off a quarter's list at the item. Raises Refused as unchoose does."""
    if not item.meeting.can_be_recorded_by(by):
        raise PermissionDenied
    lock_for_meeting(item.meeting, *Meeting.RECORDED)
    unchoose(chosen, by=by)


def _refuse_stranger(item: AgendaItem, by: Person) -> None:
    if not item.meeting.can_be_recorded_by(by) or item.is_withdrawn:
        raise PermissionDenied
