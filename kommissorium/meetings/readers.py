"""Relation of a reader of minutes to the meeting, fetched in the same query as the meeting."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.committees.models import Committee
from kommissorium.meetings.models import Attendance, Meeting

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
