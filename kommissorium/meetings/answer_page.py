"""The page of answers: who is called, what they answered, who has come and gone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kommissorium.accounts.models import Person
from kommissorium.meetings.actions.invitation_mails import unreached
from kommissorium.meetings.entitled_people import has_left, leader_by_answers, newcomers, places_of
from kommissorium.meetings.models import Attendance, Meeting

Answer, Capacity = Attendance.Answer, Attendance.Capacity
ORDER = [Answer.NONE, Answer.TENTATIVE, Answer.DECLINED, Answer.ACCEPTED]
TONES = {
    Answer.NONE: "warning",
    Answer.TENTATIVE: "info",
    Answer.DECLINED: "neutral",
    Answer.ACCEPTED: "success",
}


@dataclass(frozen=True)
class AnswerRow:
    """One who is asked to come. `deputy` is the deputy of the seat, if it has one."""

    attendance: Attendance
    deputy: Attendance | None
    has_left: bool
    may_answer: bool
    may_remove: bool
    is_unreached: bool = False
    apology: str = ""  # the reason given, for those who may know it

    @property
    def tone(self) -> str:
        return TONES[Answer(self.attendance.answer)]


@dataclass(frozen=True)
class AnswerTable:
    """All of them, who has not answered first; `newcomers` have a place and are not called."""

    rows: Sequence[AnswerRow]
    newcomers: Sequence[Attendance]
    without_email: Sequence[Person]
    leader: Attendance | None
    own: Attendance | None
    may_keep: bool

    @property
    def unreached(self) -> list[Person]:
        """Those whom no mail has reached, seen by whoever keeps the list."""
        return [row.attendance.person for row in self.rows if row.is_unreached]

    def count(self, answer: str) -> int:
        return sum(row.attendance.answer == answer for row in self.rows)

    @property
    def coming(self) -> int:
        return self.count(Answer.ACCEPTED)

    @property
    def maybe(self) -> int:
        return self.count(Answer.TENTATIVE)

    @property
    def apologies(self) -> int:
        return self.count(Answer.DECLINED)

    @property
    def silent(self) -> int:
        return self.count(Answer.NONE)


def answer_table(meeting: Meeting, reader: Person) -> AnswerTable:
    """Return the answers as `reader` sees them."""
    called = list(meeting.attendances.select_related("person", "seat"))
    is_open = meeting.takes_answers
    knows_reasons = meeting.committee.can_be_prepared_by(reader)
    may_keep = is_open and knows_reasons
    places = places_of(meeting) if is_open else {}
    deputies = {one.seat_id: one for one in called if one.capacity == Capacity.DEPUTY}
    lost = unreached(meeting, called) if may_keep else set()
    rows = []
    for one in called:
        if one.capacity == Capacity.DEPUTY and not one.stands_in:
            continue
        left = is_open and has_left(one, places)
        guest = one.capacity == Capacity.GUEST
        rows.append(
            AnswerRow(
                attendance=one,
                deputy=deputies.get(one.seat_id) if one.capacity == Capacity.HOLDER else None,
                has_left=left,
                may_answer=is_open and (may_keep or one.person_id == reader.pk),
                may_remove=may_keep and (guest or left),
                is_unreached=one.pk in lost,
                apology=one.apology if knows_reasons or one.person_id == reader.pk else "",
            )
        )
    rows.sort(key=lambda row: ORDER.index(Answer(row.attendance.answer)))
    return AnswerTable(
        rows=rows,
        newcomers=newcomers(places, called) if called and meeting.number else [],
        without_email=[row.attendance.person for row in rows if not row.attendance.person.email],
        leader=leader_by_answers(called),
        own=next((one for one in called if one.person_id == reader.pk), None) if is_open else None,
        may_keep=may_keep,
    )
