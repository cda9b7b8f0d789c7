"""People entitled to a place at a meeting by the seats of its day, compared with the call list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils import timezone

from kommissorium.accounts.models import Person, PersonQuerySet
from kommissorium.committees.models import Clause
from kommissorium.meetings.models import Attendance, Meeting

LEADING: dict[tuple[str, str], int] = {
    (Clause.Role.CHAIR, Attendance.Capacity.HOLDER): 0,
    (Clause.Role.DEPUTY_CHAIR, Attendance.Capacity.HOLDER): 1,
    (Clause.Role.CHAIR, Attendance.Capacity.DEPUTY): 2,
    (Clause.Role.DEPUTY_CHAIR, Attendance.Capacity.DEPUTY): 3,
}


def places_of(meeting: Meeting) -> dict[int, Attendance]:
    """Return who has a place, by key of the person, as rows that are not saved.

    Those are holders and deputies of the seats on the day of the meeting; a person with two
    places has the first.
    """
    day = timezone.localdate(meeting.starts_at)
    seats = list(meeting.committee.seats.on(day).with_holders(day))
    places = [(seat, seat.holder, Attendance.Capacity.HOLDER) for seat in seats]
    places += [(seat, seat.deputy, Attendance.Capacity.DEPUTY) for seat in seats]
    rows: dict[int, Attendance] = {}
    for seat, person, capacity in places:
        if person and person.pk not in rows:
            rows[person.pk] = Attendance(
                meeting=meeting, seat=seat, person=person, capacity=capacity
            )
    return rows


def newcomers(places: dict[int, Attendance], called: Iterable[Attendance]) -> list[Attendance]:
    """Return the places whose people are not on the list, or are there for another place."""
    there = {(one.person_id, one.seat_id, one.capacity) for one in called}
    return [
        place
        for place in places.values()
        if (place.person_id, place.seat_id, place.capacity) not in there
    ]


def has_left(attendance: Attendance, places: dict[int, Attendance]) -> bool:
    """Return whether a holder or deputy on the list no longer has any place at the meeting."""
    guest = attendance.capacity == Attendance.Capacity.GUEST
    return not guest and attendance.person_id not in places


def leader_by_answers(called: Sequence[Attendance]) -> Attendance | None:
    """Return who will lead as the answers are: the chair unless they send apologies.

    Else the deputy chair, else a deputy of theirs who stands in. `called` come with seats.
    """
    able = [
        one
        for one in called
        if one.seat
        and (one.seat.role, one.capacity) in LEADING
        and one.answer != Attendance.Answer.DECLINED
        and (one.capacity == Attendance.Capacity.HOLDER or one.stands_in)
    ]
    return min(
        able, key=lambda one: LEADING[one.seat.role, one.capacity] if one.seat else 9, default=None
    )


def deputy_on_list(attendance: Attendance) -> Attendance | None:
    """Return the deputy of a holder's seat who is on the list, the newest if there are two."""
    if attendance.capacity != Attendance.Capacity.HOLDER or attendance.seat_id is None:
        return None
    deputies = Attendance.objects.filter(
        meeting=attendance.meeting_id,
        seat=attendance.seat_id,
        capacity=Attendance.Capacity.DEPUTY,
    )
    return deputies.select_related("person", "seat", "meeting__committee").order_by("-pk").first()


def guests_to_choose(meeting: Meeting) -> PersonQuerySet:
    """Return the people who can be invited as guests: in the house and not on the list."""
    people: PersonQuerySet = Person.objects.active()
    return people.exclude(attendances__meeting=meeting)
