"""Reviewers of minutes: those who are asked to review them, and those who have answered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef

from kommissorium.accounts.models import OrganisationRole, Person, held_on
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
