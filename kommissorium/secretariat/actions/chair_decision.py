"""Decide between meetings, with what follows from it, in one transaction."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.core.refusals import Refused
from kommissorium.meetings.actions.agenda import remove_item
from kommissorium.meetings.actions.decisions import decide_as_chair
from kommissorium.meetings.models import AgendaItem, Decision, Meeting
from kommissorium.secretariat.actions.effects import carry_into_effect
from kommissorium.tasks.actions import give_task


@transaction.atomic
def decide(
    committee: Committee,
    *,
    by: Person,
    task_title: str = "",
    task_owner: Person | None = None,
    task_due: date | None = None,
    **decided: Any,
) -> Decision:
    """Take the chair's decision, give the task that follows, and carry it into effect.

    `decided` is what decide_as_chair takes. Without a day there is no task. Raises as
    decide_as_chair and give_task do, a refusal of the task beside the task's own fields.
    """
    decision = decide_as_chair(committee, by=by, **decided)
    if task_due:
        try:
            give_task(
                by=by,
                title=task_title,
                owner=task_owner,
                due=task_due,
                committee=committee,
                born=decision,
                born_link=decision.get_absolute_url(),
                is_closed=decision.is_closed,
            )
        except Refused as refused:
            named = {f"task_{name}": text for name, text in refused.errors.items()}
            raise Refused(**named) from None
    carry_into_effect(decision, by=by)
    _clear_agendas(decision)
    return decision


def _clear_agendas(decision: Decision) -> None:
    """Take off planned agendas what asked for this decision: the item that tells of it is there."""
    if not decision.subject_kind:
        return
    asked = AgendaItem.objects.filter(
        subject_kind=decision.subject_kind,
        subject_id=decision.subject_id,
        meeting__state=Meeting.State.PLANNED,
        carried_from=None,
    )
    for item in asked.select_related("meeting__committee"):
        if item.can_be_edited_by(decision.by):
            remove_item(item, by=decision.by)
