"""Record who came to a meeting, and who was away during an item."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.actions.rows import refuse_gone
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Refused
from kommissorium.meetings.actions.committee_lock import lock_for_item, lock_for_meeting
from kommissorium.meetings.models import Absence, AgendaItem, Attendance, Meeting

LONGEST_NOTE = 300

Presence, Capacity, Answer = Attendance.Presence, Attendance.Capacity, Attendance.Answer


@transaction.atomic
def note_presence(attendance: Attendance, *, by: Person, presence: str) -> None:
    """Note that somebody is present or absent, or "" that it is not known.

    A deputy who comes while the holder is not there stands in from now on; of one seat only one
    has the vote. "Absent" takes back an apology that was written down by the secretary. Raises
    Refused for the holder of a seat whose deputy is there, and for whoever has dissented and left.
    """
    _refuse_stranger(attendance, by)
    if presence not in Presence.values:
        raise Refused(_("Choose one of the options."))
    lock_for_meeting(attendance.meeting, *Meeting.RECORDED)
    row, others = _held(attendance)
    values: dict[str, Any] = {"presence": presence}
    if presence == Presence.PRESENT:
        values["stands_in_since"] = _place(row, others)
    else:
        _leave(row, others, values)
    by_secretary = row.answered_by_way == Attendance.Way.SECRETARY
    if presence == Presence.ABSENT and by_secretary and row.answer == Answer.DECLINED:
        values |= {"answer": Answer.NONE, "apology": "", "answered_by_way": Attendance.Way.NONE}
    _write(row, values)
    told = {"presence": presence, "stands_in": bool(values.get("stands_in_since"))}
    record("meetings.presence_noted", row.meeting, by=by, facts=told | _who(row, by))
    attendance.refresh_from_db()


@transaction.atomic
def note_all_present(meeting: Meeting, *, by: Person) -> None:
    """Note as present everybody not noted yet, except those who have sent apologies."""
    if not meeting.can_be_recorded_by(by):
        raise PermissionDenied
    lock_for_meeting(meeting, *Meeting.RECORDED)
    rows = meeting.attendances.select_related("person", "seat", "meeting__committee")
    for row in awaited_among(rows):
        note_presence(row, by=by, presence=Presence.PRESENT)


def awaited_among(people: Iterable[Attendance]) -> list[Attendance]:
    """Return who is expected, by the answers, and of whom nobody has noted whether they came."""
    return [
        one
        for one in people
        if one.presence == Presence.UNKNOWN
        and one.answer != Answer.DECLINED
        and (one.capacity != Capacity.DEPUTY or one.stands_in)
    ]


@transaction.atomic
def note_apology(attendance: Attendance, *, by: Person, reason: str = "") -> None:
    """Note that somebody is absent and has sent apologies; what they wrote themself stays."""
    _refuse_stranger(attendance, by)
    lock_for_meeting(attendance.meeting, *Meeting.RECORDED)
    row, others = _held(attendance)
    values: dict[str, Any] = {"presence": Presence.ABSENT}
    _leave(row, others, values)
    if row.answer != Answer.DECLINED:
        values |= {
            "answer": Answer.DECLINED,
            "answered_at": timezone.now(),
            "answered_by_way": Attendance.Way.SECRETARY,
            "apology": reason.strip()[:LONGEST_NOTE],
        }
    _write(row, values)
    record("meetings.apology_noted", row.meeting, by=by, facts=_who(row, by))
    attendance.refresh_from_db()


@transaction.atomic
def note_absence(
    item: AgendaItem,
    attendance: Attendance,
    *,
    by: Person,
    ground: str,
    note: str = "",
    throughout: bool = False,
) -> Absence:
    """Note that somebody who is at the meeting was away during an item; again changes why.

    `throughout` notes it for the items before as well for whoever came late, and for those after
    for whoever left. Raises Refused for one not noted as present, for an unknown ground, and for
    who dissented from the item.
    """
    if not item.meeting.can_be_recorded_by(by) or item.is_withdrawn:
        raise PermissionDenied
    lock_for_item(item, *Meeting.RECORDED)
    row, _others = _held(attendance)
    if row.meeting_id != item.meeting_id or not row.is_present:
        raise Refused(attendance=_("Choose somebody who is noted as present."))
    if ground not in Absence.Ground.values:
        raise Refused(ground=_("Choose one of the options."))
    items = _reach(item, ground) if throughout else [item]
    if row.dissents.filter(item__in=items).exists():
        text = _("%(name)s has dissented or reserved their position. Take that back first.")
        raise Refused(attendance=text % {"name": row.person.name})
    values = {"ground": ground, "note": note.strip()[:LONGEST_NOTE], "noted_at": timezone.now()}
    for one in items:
        Absence.objects.update_or_create(item=one, attendance=row, defaults=values)
        told = {"item": one.pk, "ground": ground}
        record("meetings.absence_noted", row.meeting, by=by, facts=told | _who(row, by))
    return Absence.objects.get(item=item, attendance=row)


@transaction.atomic
def undo_absence(absence: Absence, *, by: Person) -> None:
    """Take back that somebody was away during an item."""
    item = absence.item
    if not item.meeting.can_be_recorded_by(by):
        raise PermissionDenied
    lock_for_meeting(item.meeting, *Meeting.RECORDED)
    refuse_gone(absence)
    row = absence.attendance
    Absence.objects.filter(pk=absence.pk).delete()
    told = {"item": item.pk, **_who(row, by)}
    record("meetings.absence_undone", row.meeting, by=by, facts=told)


def _refuse_stranger(attendance: Attendance, by: Person) -> None:
    if not attendance.meeting.can_be_recorded_by(by):
        raise PermissionDenied


def _held(attendance: Attendance) -> tuple[Attendance, list[Attendance]]:
    """Return the row as it is now and the others of its seat, held until the transaction ends."""
    rows = Attendance.objects.select_for_update(of=("self",)).filter(meeting=attendance.meeting_id)
    same = (
        rows.filter(pk=attendance.pk)
        if attendance.seat_id is None
        else rows.filter(seat=attendance.seat_id)
    )
    found = list(same.select_related("person", "meeting__committee").order_by("pk"))
    own = next(one for one in found if one.pk == attendance.pk)
    return own, [one for one in found if one is not own]


def _place(row: Attendance, others: Sequence[Attendance]) -> Any:
    """Return from when somebody who has come stands in for the holder; None if they do not."""
    there = [one for one in others if one.is_present]
    if row.capacity == Capacity.HOLDER:
        if taken := next((one for one in there if one.stands_in), None):
            text = _(
                "%(deputy)s is present and stands in for %(name)s. Note %(deputy)s as absent first."
            )
            raise Refused(text % {"deputy": taken.person.name, "name": row.person.name})
        for one in others:
            if one.stands_in:
                _write(one, {"stands_in_since": None})
        return None
    if row.capacity == Capacity.GUEST:
        return None
    is_taken = any(one.capacity == Capacity.HOLDER or one.stands_in for one in there)
    return None if is_taken else row.stands_in_since or timezone.now()


def _leave(row: Attendance, others: Sequence[Attendance], values: dict[str, Any]) -> None:
    """Undo what only somebody present can have done, and let who is left stand in."""
    if row.dissents.exists():
        text = _("%(name)s has dissented or reserved their position. Take that back first.")
        raise Refused(text % {"name": row.person.name})
    row.absences.all().delete()
    holder = next((one for one in others if one.capacity == Capacity.HOLDER), None)
    if row.capacity == Capacity.DEPUTY:
        # Whom the holder named stays named, although they did not come.
        was_named = holder is not None and holder.answer == Answer.DECLINED
        values["stands_in_since"] = row.stands_in_since if was_named else None
    idle = [one for one in others if one.is_present and one.capacity == Capacity.DEPUTY]
    taken = any(one.stands_in for one in idle) or (holder is not None and holder.is_present)
    if row.is_present and idle and not taken:
        _write(idle[0], {"stands_in_since": timezone.now()})


def _reach(item: AgendaItem, ground: str) -> list[AgendaItem]:
    standing = item.meeting.items.standing()
    if ground == Absence.Ground.ARRIVED_LATE:
        return list(standing.filter(position__lte=item.position))
    if ground == Absence.Ground.LEFT:
        return list(standing.filter(position__gte=item.position))
    return [item]


def _write(row: Attendance, values: dict[str, Any]) -> None:
    Attendance.objects.filter(pk=row.pk).update(**values, edit_version=F("edit_version") + 1)


def _who(row: Attendance, by: Person) -> dict[str, Any]:
    capacity = row.meeting.committee.capacity_of(by)
    return {"person": str(row.person.pseudonym), "capacity": capacity}
