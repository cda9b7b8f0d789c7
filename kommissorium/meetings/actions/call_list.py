"""Write the list of who is called to a meeting, and remove people from it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kommissorium.core.refusals import Refused
from kommissorium.meetings.actions.answers import grow_sequence
from kommissorium.meetings.actions.invitation_mails import tell_dropped
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
