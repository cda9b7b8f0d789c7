"""Who is asked to review minutes and has answered, and what a reader is to the meeting."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from kommissorium.accounts.models import OrganisationRole, Person, held_on
from kommissorium.accounts.signed_in import person_of
from kommissorium.committees.models import Committee
from kommissorium.meetings.models import Attendance, Comment, Meeting, Minutes, Review

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
