"""Plan, move and cancel meetings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Clause, Committee
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Conflict, Refused
from kommissorium.meetings.actions.answers import forget_answers
from kommissorium.meetings.actions.automatic_items import fill_next_agenda
from kommissorium.meetings.actions.call_list import list_people
from kommissorium.meetings.actions.invitation_mails import (
    invite_planned,
    tell_cancelled,
    tell_moved,
)
from kommissorium.meetings.models import AgendaItem, Meeting
from kommissorium.meetings.year_plan import ProposedMeeting

TITLE_LENGTH = 200
HOW_OFTEN = re.compile(
    r"\s*\([^()]*(?:\d|\bgange?\b|\btimes\b|\bonce\b|\btwice\b)[^()]*\)\s*$", re.IGNORECASE
)
Type = AgendaItem.Type
TYPES = {
    "agenda_minutes": Type.DECISION,
    "agenda_ongoing": Type.DISCUSSION,
    "agenda_incidents": Type.INFORMATION,
    "agenda_year_wheel": Type.INFORMATION,
    "agenda_coming_tasks": Type.DECISION,
    "agenda_policies": Type.DECISION,
    "executive_reporting": Type.DECISION,
    "agenda_any_other_business": Type.DISCUSSION,
}
FIELDS = ("starts_at", "ends_at", "place", "link")


@transaction.atomic
def plan_meeting(
    committee: Committee,
    *,
    by: Person,
    starts_at: datetime,
    ends_at: datetime,
    place: str = "",
    link: str = "",
) -> Meeting:
    """Plan a meeting; its agenda starts with the items the mandate demands.

    Raises Refused for a time in the past, an end before the start and a meeting of the same
    committee at that time.
    """
    if not committee.can_be_prepared_by(by):
        raise PermissionDenied
    check_meeting(committee, starts_at, ends_at)
    values = {"starts_at": starts_at, "ends_at": ends_at, "place": place, "link": link}
    meeting = Meeting.objects.create(committee=committee, **values)
    _start_agenda(meeting, _agenda_clauses(committee, starts_at))
    people = list_people(meeting) if committee.invites_when_planned else []
    record("meetings.meeting_planned", meeting, by=by, facts=values)
    if committee.invites_when_planned:
        invite_planned(meeting, people)
    fill_next_agenda(committee, by=by)
    return meeting


@transaction.atomic
def plan_meetings(
    committee: Committee, proposals: Sequence[ProposedMeeting], *, by: Person
) -> list[Meeting]:
    """Plan a year's meetings: all of them or none. Raises Refused as plan_meeting does."""
    return [
        plan_meeting(
            committee,
            by=by,
            starts_at=proposal.starts_at,
            ends_at=proposal.ends_at,
            place=proposal.place,
            link=proposal.link,
        )
        for proposal in proposals
    ]


@transaction.atomic
def move_meeting(
    meeting: Meeting,
    *,
    by: Person,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    link: str,
    edit_version: int,
) -> bool:
    """Change time or place; False when both are as they were, which changes nothing and tells nobody.

    The calendar entry keeps its identity and gets the next sequence number (RFC 5545 §3.8.7.4).
    Answers to another time no longer count; whoever was invited is told. Raises Refused as
    plan_meeting does and Conflict.
    """
    if not meeting.can_be_moved_by(by):
        raise PermissionDenied
    in_time = (meeting.starts_at, meeting.ends_at) != (starts_at, ends_at)
    if not in_time and (meeting.place, meeting.link) == (place, link):
        return False
    check_meeting(meeting.committee, starts_at, ends_at, own=meeting)
    values = {"starts_at": starts_at, "ends_at": ends_at, "place": place, "link": link}
    row = Meeting.objects.filter(pk=meeting.pk, edit_version=edit_version)
    changed = row.update(**values, edit_version=edit_version + 1, sequence=meeting.sequence + 1)
    if not changed:
        raise Conflict(Meeting.objects.values(*FIELDS, "edit_version").get(pk=meeting.pk))
    meeting.refresh_from_db()
    if in_time:
        forget_answers(meeting)
    record("meetings.meeting_moved", meeting, by=by, facts=values)
    tell_moved(meeting, in_time=in_time)
    return True


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, by: Person, because: str) -> None:
    """Cancel a meeting with a reason. Its agenda stays to be read.

    What had been carried to it goes to the next agenda instead. Raises Refused without a
    reason and when it has been held or cancelled meanwhile.
    """
    if not meeting.can_be_cancelled_by(by):
        raise PermissionDenied
    if not because.strip():
        raise Refused(because=_("Write why."))
    open_states = [Meeting.State.PLANNED, Meeting.State.CALLED]
    row = Meeting.objects.filter(pk=meeting.pk, state__in=open_states)
    changed = row.update(
        state=Meeting.State.CANCELLED,
        cancelled_because=because.strip(),
        sequence=meeting.sequence + 1,
        edit_version=meeting.edit_version + 1,
    )
    if not changed:
        raise Refused(_("The meeting has been held or cancelled meanwhile."))
    record("meetings.meeting_cancelled", meeting, by=by, facts={"because": because.strip()})
    meeting.refresh_from_db()
    tell_cancelled(meeting)
    fill_next_agenda(meeting.committee, by=by)


@transaction.atomic
def restore_item(meeting: Meeting, clause: Clause, *, by: Person) -> None:
    """Put back an item the mandate demands and the agenda lacks. Twice does nothing more."""
    if not meeting.can_be_prepared_by(by):
        raise PermissionDenied
    if clause.kind != Clause.Kind.AGENDA or clause.mandate.committee_id != meeting.committee_id:
        raise Refused(_("The mandate has no such agenda item."))
    if meeting.items.filter(clause=clause).exists():
        return
    _start_agenda(meeting, [clause])
    record("meetings.item_restored", meeting, by=by, facts={"clause": clause.number})


def check_meeting(
    committee: Committee, starts_at: datetime, ends_at: datetime, *, own: Meeting | None = None
) -> None:
    """Raise Refused when a meeting cannot be at that time; `own` is the meeting to be moved."""
    _refuse_impossible(starts_at, ends_at)
    _refuse_clash(committee, starts_at, ends_at, own)


def missing_clauses(meeting: Meeting, items: Sequence[AgendaItem]) -> list[Clause]:
    """Return the agenda items of the mandate that are not among the meeting's, in order.

    An item that came from another version of the mandate counts by its measure or its title.
    `items` come with their clauses.
    """
    there = {item.clause_id for item in items}
    measures = {item.clause.measure for item in items if item.clause} - {""}
    titles = {item.title.casefold() for item in items}
    return [
        clause
        for clause in _agenda_clauses(meeting.committee, meeting.starts_at)
        if clause.pk not in there
        and clause.measure not in measures
        and item_title(clause.text).casefold() not in titles
    ]


def item_title(text: str) -> str:
    """Return a clause as a heading: without how often in brackets and the last full stop."""
    return HOW_OFTEN.sub("", text.strip().rstrip(".")).strip()[:TITLE_LENGTH]


def _agenda_clauses(committee: Committee, at: datetime) -> list[Clause]:
    clauses = Clause.objects.in_force(committee, timezone.localdate(at))
    return list(clauses.filter(kind=Clause.Kind.AGENDA))


def _start_agenda(meeting: Meeting, clauses: Sequence[Clause]) -> None:
    last = meeting.items.order_by("-position").values_list("position", flat=True).first() or 0
    AgendaItem.objects.bulk_create(
        AgendaItem(
            meeting=meeting,
            clause=clause,
            position=last + offset,
            title=item_title(clause.text),
            type=TYPES.get(clause.measure, Type.DISCUSSION),
        )
        for offset, clause in enumerate(clauses, 1)
    )


def _refuse_impossible(starts_at: datetime, ends_at: datetime) -> None:
    if starts_at <= timezone.now():
        raise Refused(starts_at=_("The meeting would begin in the past. Choose a coming date."))
    if ends_at <= starts_at:
        raise Refused(ends_at=_("The meeting would end before it begins. Choose a later end."))


def _refuse_clash(
    committee: Committee, starts_at: datetime, ends_at: datetime, own: Meeting | None
) -> None:
    same_time = (
        committee.meetings.filter(starts_at__lt=ends_at, ends_at__gt=starts_at)
        .exclude(state=Meeting.State.CANCELLED)
        .exclude(pk=own.pk if own else 0)
    )
    if same_time.exists():
        raise Refused(starts_at=_("The committee already meets at that time. Choose another time."))
