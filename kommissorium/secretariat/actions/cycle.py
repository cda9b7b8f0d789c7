"""Call, close and approve a meeting, or decide between meetings, with what follows in other rooms."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.compliance.actions.freezing import freeze_answer
from kommissorium.compliance.models import FrozenAnswer
from kommissorium.core.refusals import Refused
from kommissorium.meetings.actions.agenda import remove_item
from kommissorium.meetings.actions.automatic_items import fill_agenda, fill_next_agenda
from kommissorium.meetings.actions.call import call_meeting
from kommissorium.meetings.actions.committee_lock import lock_for_meeting
from kommissorium.meetings.actions.decisions import decide_as_chair
from kommissorium.meetings.actions.minutes import approve_minutes, confirm_minutes
from kommissorium.meetings.actions.open_and_close import end_meeting
from kommissorium.meetings.models import (
    AgendaItem,
    Approval,
    Call,
    Decision,
    Meeting,
    Minutes,
    Outcome,
)
from kommissorium.meetings.pack_builder import Typeset, ready_for
from kommissorium.secretariat.actions.agendas import bring_back, bring_back_next
from kommissorium.secretariat.actions.effects import carry_all, carry_into_effect
from kommissorium.secretariat.agenda_facts import compose
from kommissorium.tasks.actions import give_task
from kommissorium.yearwheel.actions import close_decided, close_quiet, sync_meetings


def call(meeting: Meeting, *, by: Person, late_because: str = "") -> Call:
    """Fill the agenda with what carries over, ask the registers, and call the meeting."""
    call_it = partial(_call, meeting, by=by, late_because=late_because)
    return call_it(ready_for(meeting, call_it))


@transaction.atomic
def _call(meeting: Meeting, typeset: Typeset, *, by: Person, late_because: str) -> Call:
    if not meeting.can_be_called_by(by):
        raise PermissionDenied
    lock_for_meeting(meeting, Meeting.State.PLANNED)
    fill_agenda(meeting, by=by)
    bring_back(meeting, by=by)
    sync_meetings(meeting.committee, by=None)
    facts = compose(meeting)
    return call_meeting(meeting, by=by, late_because=late_because, facts=facts, typeset=typeset)


@transaction.atomic
def end(meeting: Meeting, *, by: Person) -> None:
    """Close the meeting; what it confirmed is confirmed, what it left goes to the next agenda."""
    end_meeting(meeting, by=by)
    for minutes, item in confirmed_by(meeting):
        confirm_minutes(minutes, item, by=by)
    fill_next_agenda(meeting.committee, by=by)
    bring_back_next(meeting.committee, by=by)


def approve(minutes: Minutes, *, by: Person, chair_absent_because: str = "") -> Approval:
    """Send out the minutes, carry their decisions into effect, and freeze the answer of the day.

    The answer is that of the meeting's day: as it was known then, and with these minutes.
    """
    # The attempt of somebody who may not is written down and must outlast the refusal.
    if not minutes.capacity_to_approve(by):
        return approve_minutes(minutes, by=by)
    with transaction.atomic():
        approval = approve_minutes(minutes, by=by, chair_absent_because=chair_absent_because)
        meeting = minutes.meeting
        decisions = meeting.decisions.select_related("meeting", "by", "item__clause")
        carry_all(decisions, by=by)
        close_decided(decisions.order_by("item__number"), by=by)
        close_quiet(meeting, by=by)
        fill_next_agenda(meeting.committee, by=by)
        bring_back_next(meeting.committee, by=by)
        day = min(timezone.localdate(meeting.starts_at), timezone.localdate())
        freeze_answer(meeting.committee, day, by=by, why=FrozenAnswer.Why.MEETING)
    return approval


def confirmed_by(meeting: Meeting) -> list[tuple[Minutes, AgendaItem]]:
    """Return the minutes the meeting confirmed, each with the item that asked for it."""
    asked = Minutes.objects.unconfirmed().filter(
        presented_at__meeting=meeting,
        presented_at__withdrawn_because="",
        presented_at__proceedings__outcome__in=[Outcome.APPROVED, Outcome.WITH_CHANGES],
    )
    rows = asked.select_related(
        "meeting__committee",
        "approval__record",
        "presented_at__clause",
        "presented_at__proceedings",
        "presented_at__meeting__committee",
    )
    return [(minutes, minutes.presented_at) for minutes in rows if minutes.presented_at]


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
