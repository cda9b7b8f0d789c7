"""Who has a place at a meeting by the seats of its day, and whether enough take part: quorum."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import ngettext

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


def quorum_of(meeting: Meeting, people: Sequence[Any]) -> str:
    """Return whether enough take part in the item; "" where no quorum is laid down."""
    quorum = meeting.committee.quorum
    if not quorum:
        return ""
    number = sum(
        one.is_present and one.has_vote and getattr(one, "away_pk", None) is None for one in people
    )
    text = ngettext(
        "%(number)d member with a vote takes part, %(quorum)d are needed.",
        "%(number)d members with a vote take part, %(quorum)d are needed.",
        number,
    )
    return text % {"number": number, "quorum": quorum}


def has_quorum(meeting: Meeting, people: Sequence[Any]) -> bool:
    """Return whether enough take part in the item, or no quorum is laid down."""
    quorum = meeting.committee.quorum or 0
    there = [one for one in people if one.is_present and one.has_vote]
    return sum(getattr(one, "away_pk", None) is None for one in there) >= quorum


def quorum_text(meeting: Meeting, attendances: Sequence[Attendance]) -> str:
    """Return whether enough members were there; "" where no quorum is laid down."""
    quorum = meeting.committee.quorum
    if not quorum:
        return ""
    number = sum(one.has_vote and one.is_present for one in attendances)
    text = ngettext(
        "%(number)d member with a vote is present, %(quorum)d are needed.",
        "%(number)d members with a vote are present, %(quorum)d are needed.",
        number,
    )
    return text % {"number": number, "quorum": quorum}
