"""The people of a meeting: who has a place, whether they are enough, and who reviews minutes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import ngettext

from kommissorium.accounts.models import OrganisationRole, Person, PersonQuerySet, held_on
from kommissorium.accounts.signed_in import person_of
from kommissorium.committees.models import Clause, Committee
from kommissorium.meetings.models import Attendance, Comment, Meeting, Minutes, Review

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


FOLLOWING = (
    OrganisationRole.Kind.COORDINATOR,
    OrganisationRole.Kind.AUDITOR,
    OrganisationRole.Kind.EXECUTIVE,
)


@dataclass(frozen=True)
class Reviewer:
    """Somebody who was present, and how far their reading has come."""

    person: Person
    is_reachable: bool
    has_commented: bool = False
    has_read: bool = False

    @property
    def has_answered(self) -> bool:
        return self.has_commented or self.has_read


def reviewers(meeting: Meeting, on: date, minutes: Minutes | None = None) -> list[Reviewer]:
    """Return who was present, no guests, and can follow the committee on the date.

    Five queries at most, however many they are.
    """
    rows = meeting.attendances.present().select_related("person")
    read = Review.objects.filter(minutes=minutes, person=OuterRef("person"))
    comments = minutes.comments.all() if minutes else []
    found = readers_of(rows.annotate(has_read=Exists(read)), comments)
    following = followers(meeting.committee, [reviewer.person for reviewer in found], on)
    return [reviewer for reviewer in found if reviewer.person.pk in following]


def readers_of(attendances: Iterable[Any], comments: Iterable[Comment]) -> list[Reviewer]:
    """Return who of those called was present, no guests, and how far they are.

    Each attendance knows whether its person `has_read` the minutes.
    """
    commented = {comment.person_id for comment in comments}
    return [
        Reviewer(
            one.person,
            is_reachable=bool(one.person.email and one.person.is_active),
            has_commented=one.person_id in commented,
            has_read=one.has_read,
        )
        for one in attendances
        if one.is_present and one.capacity != Attendance.Capacity.GUEST
    ]


def followers(committee: Committee, people: Sequence[Person], on: date) -> set[int]:
    """Return the keys of those among the people who can follow the committee on the date."""
    roles = OrganisationRole.objects.filter(held_on(on), kind__in=FOLLOWING, person__in=people)
    found = set(roles.values_list("person", flat=True))
    for seat in committee.seats.on(on).with_holders(on):
        found |= {holding.person_id for holding in seat.current}
    return found & {person.pk for person in people}


# The frozen bytes are read by those who ask for the files.
UNREAD = (
    "minutes__approval__record__pdf",
    "minutes__approval__open_record__pdf",
    "minutes__confirmation__record__pdf",
)


@dataclass(frozen=True)
class Reader:
    """A reader: whether they keep the minutes, may see closed items, and were at the meeting."""

    person: Person
    keeps: bool
    sees_closed: bool
    was_there: bool

    @property
    def is_concerned(self) -> bool:
        """Return whether the review is theirs: as Minutes.concerns has it."""
        return self.keeps or self.was_there


def read_meeting(request: HttpRequest, pk: int) -> tuple[Meeting, Reader]:
    """Return the meeting and who reads; 404 for whom its minutes are not readable now."""
    person = person_of(request)
    meeting = get_object_or_404(_with_reader(person), pk=pk)
    reader = Reader(person, meeting.keeps, meeting.sees_closed, meeting.was_there)
    if not meeting.shows_minutes_to(keeps=reader.keeps, was_there=reader.was_there):
        raise Http404
    return meeting, reader


def _with_reader(person: Person) -> QuerySet[Meeting]:
    own = Committee.objects.filter(pk=OuterRef("committee"))
    there = Attendance.objects.present().filter(meeting=OuterRef("pk"), person=person)
    rows = Meeting.objects.visible_to(person).annotate(  # type: ignore[no-redef]
        keeps=Exists(own.prepared_by(person)),
        sees_closed=Exists(own.seated(person)),
        was_there=Exists(there.exclude(capacity=Attendance.Capacity.GUEST)),
    )
    return rows.select_related(
        "committee",
        "minutes__approval__record",
        "minutes__approval__open_record",
        "minutes__confirmation__record",
        "minutes__confirmation__item__meeting",
    ).defer(*UNREAD)
