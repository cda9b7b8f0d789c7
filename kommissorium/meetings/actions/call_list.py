"""Write the list of who is called to a meeting, add guests, and update it when seats change."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.actions.rows import refuse_gone
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Refused
from kommissorium.meetings.actions.answers import grow_sequence, refuse_unanswerable
from kommissorium.meetings.actions.invitation_mails import (
    invite_one,
    tell_dropped,
    tell_stands_in_no_more,
    unreached,
)
from kommissorium.meetings.entitled_people import has_left, newcomers, places_of
from kommissorium.meetings.models import Attendance, Meeting

Capacity = Attendance.Capacity


def list_people(meeting: Meeting) -> list[Attendance]:
    """Write down who is called and return them: who has a seat that day, deputies and guests.

    Who is listed already keeps their answer. Who has lost their place since the list was made
    is taken off it and told so.
    """
    places = places_of(meeting)
    listed = {one.person_id: one for one in meeting.attendances.select_related("person", "seat")}
    for gone in [one for one in listed.values() if has_left(one, places)]:
        drop(gone, meeting)
        del listed[gone.person_id]
    for place in newcomers(places, listed.values()):
        if one := listed.get(place.person_id):
            give_place(one, place)
    Attendance.objects.bulk_create(place for key, place in places.items() if key not in listed)
    end_needless_deputies(meeting)
    return list(meeting.attendances.select_related("person", "seat"))


def drop(attendance: Attendance, meeting: Meeting) -> None:
    """Delete the row and tell the person. Raises Refused when the meeting noted something."""
    noted = attendance.presence or attendance.absences.exists() or attendance.dissents.exists()
    if noted:
        name = attendance.person.name
        raise Refused(_("The meeting has noted something of %(name)s.") % {"name": name})
    attendance.meeting = meeting
    grow_sequence(meeting)
    tell_dropped(attendance)
    attendance.delete()


def give_place(attendance: Attendance, place: Attendance) -> None:
    """Let a person on the list have another place than before; their answer stays."""
    attendance.seat, attendance.capacity = place.seat, place.capacity
    attendance.stands_in_since = None
    attendance.edit_version += 1
    attendance.save(update_fields=["seat", "capacity", "stands_in_since", "edit_version"])


def end_needless_deputies(meeting: Meeting) -> list[Attendance]:
    """Let nobody stand in for a seat whose holder has not sent apologies; return who did."""
    away = meeting.attendances.filter(
        capacity=Capacity.HOLDER, answer=Attendance.Answer.DECLINED
    ).values("seat")
    standing = meeting.attendances.filter(stands_in_since__isnull=False)
    needless = list(standing.exclude(seat__in=away).select_related("person", "seat"))
    for deputy in needless:
        deputy.meeting = meeting
        deputy.stands_in_since = None
        deputy.edit_version += 1
        deputy.save(update_fields=["stands_in_since", "edit_version"])
    return needless


@transaction.atomic
def add_guest(meeting: Meeting, person: Person, *, by: Person) -> Attendance:
    """Invite somebody without a seat. They get no agenda by mail.

    Raises Refused for one who is on the list or has left, and when the meeting is over.
    """
    _refuse_stranger(meeting, by)
    if not person.is_active:
        raise Refused(person=_("%(name)s has left.") % {"name": person.name})
    if meeting.attendances.filter(person=person).exists():
        raise Refused(person=_("%(name)s is on the list already.") % {"name": person.name})
    if person.pk in places_of(meeting):
        refusal = _("%(name)s has a seat and is called with the others.") % {"name": person.name}
        raise Refused(person=refusal)
    guest = Attendance.objects.create(meeting=meeting, person=person, capacity=Capacity.GUEST)
    told = {"person": str(person.pseudonym)}
    record("meetings.guest_added", meeting, by=by, facts=told)
    invite_one(guest)
    return guest


@transaction.atomic
def remove_person(attendance: Attendance, *, by: Person) -> None:
    """Take a guest, or one who has lost their seat, off the list and tell them.

    Raises Refused for people with a place, and for one of whom the meeting noted something.
    """
    meeting = attendance.meeting
    _refuse_stranger(meeting, by)
    refuse_gone(attendance)
    if not can_be_removed(attendance, places_of(meeting)):
        raise Refused(_("Only guests, and people without a seat that day, can be taken off."))
    drop(attendance, meeting)
    _tell_needless(meeting)
    told = {"person": str(attendance.person.pseudonym)}
    record("meetings.person_removed", meeting, by=by, facts=told)


@transaction.atomic
def invite_newcomer(meeting: Meeting, person: Person, *, by: Person) -> Attendance:
    """Invite one who has taken a seat, or became its deputy, since the meeting was called.

    Whoever had that place before and has none now is taken off the list. Raises Refused for
    one who has no such place, and when the meeting is over.
    """
    _refuse_stranger(meeting, by)
    places = places_of(meeting)
    listed = {one.person_id: one for one in meeting.attendances.select_related("person", "seat")}
    place = next((p for p in newcomers(places, listed.values()) if p.person_id == person.pk), None)
    if place is None:
        raise Refused(_("%(name)s has no new place at the meeting.") % {"name": person.name})
    for former in listed.values():
        same = (former.seat_id, former.capacity) == (place.seat_id, place.capacity)
        if same and has_left(former, places):
            drop(former, meeting)
    if one := listed.get(person.pk):
        give_place(one, place)
        place = one
    else:
        place.save()
    _tell_needless(meeting)
    told = {"person": str(person.pseudonym)}
    record("meetings.newcomer_invited", meeting, by=by, facts=told)
    place.meeting = meeting
    invite_one(place)
    return place


@transaction.atomic
def invite_again(attendance: Attendance, *, by: Person) -> None:
    """Send the invitation anew to one whom the last mail did not reach, or whose address is new.

    Raises Refused when mails do arrive, or nobody can be written to, and when the meeting is over.
    """
    meeting, person = attendance.meeting, attendance.person
    _refuse_stranger(meeting, by)
    refuse_gone(attendance)
    if not person.email or not person.is_active:
        raise Refused(_("%(name)s has no e-mail address.") % {"name": person.name})
    if not unreached(meeting, [attendance]):
        raise Refused(_("The mail to %(name)s has not failed.") % {"name": person.name})
    row = Attendance.objects.filter(pk=attendance.pk)
    row.update(edit_version=F("edit_version") + 1)
    attendance.refresh_from_db(fields=["edit_version"])
    told = {"person": str(person.pseudonym)}
    record("meetings.invited_again", meeting, by=by, facts=told)
    invite_one(attendance)


def can_be_removed(attendance: Attendance, places: dict[int, Attendance]) -> bool:
    """Return whether the person may be taken off the list: a guest, or without a place now."""
    return attendance.capacity == Capacity.GUEST or has_left(attendance, places)


def _tell_needless(meeting: Meeting) -> None:
    for deputy in end_needless_deputies(meeting):
        tell_stands_in_no_more(deputy)


def _refuse_stranger(meeting: Meeting, by: Person) -> None:
    if not meeting.committee.can_be_prepared_by(by):
        raise PermissionDenied
    refuse_unanswerable(meeting)
