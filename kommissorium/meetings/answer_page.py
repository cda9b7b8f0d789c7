"""The page of answers to a meeting, and their summary: who is called, expected and has come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Clause
from kommissorium.meetings.actions.invitation_mails import unreached
from kommissorium.meetings.entitled_people import has_left, leader_by_answers, newcomers, places_of
from kommissorium.meetings.models import Attendance, Meeting

Answer, Capacity = Attendance.Answer, Attendance.Capacity


@dataclass(frozen=True)
class Expected:
    """Somebody who was called, and the deputy who does not (yet) stand in for them."""

    attendance: Attendance
    deputy: Attendance | None


def expected_at(attendances: Sequence[Attendance]) -> list[Expected]:
    """Return who is expected, each with their deputy; deputies who stand in have their own."""
    idle = {row.seat_id: row for row in attendances if _is_idle(row)}
    expected = [
        Expected(row, idle.pop(row.seat_id, None) if row.capacity == Capacity.HOLDER else None)
        for row in attendances
        if not _is_idle(row)
    ]
    return expected + [Expected(row, None) for row in idle.values()]


def answers_in_words(attendances: Sequence[Attendance]) -> str:
    """Return "5 come, 1 apology, 2 have not answered." of those who are expected."""
    found = Counter(row.answer for row in attendances if not _is_idle(row))
    parts = []
    if number := found[Answer.ACCEPTED]:
        parts.append(ngettext("%(number)s comes", "%(number)s come", number) % {"number": number})
    if number := found[Answer.TENTATIVE]:
        text = ngettext("%(number)s may come", "%(number)s may come", number)
        parts.append(text % {"number": number})
    if number := found[Answer.DECLINED]:
        text = ngettext("%(number)s apology", "%(number)s apologies", number)
        parts.append(text % {"number": number})
    if number := found[Answer.NONE]:
        text = ngettext("%(number)s has not answered", "%(number)s have not answered", number)
        parts.append(text % {"number": number})
    return ", ".join(parts) + "." if parts else _("Nobody was called.")


def presence_in_words(attendances: Sequence[Attendance]) -> str:
    """Return how many came to a meeting that was held."""
    number = sum(row.is_present for row in attendances)
    return ngettext("%(number)d was present.", "%(number)d were present.", number) % {
        "number": number
    }


def leader_in_words(meeting: Meeting, attendances: Sequence[Attendance]) -> str:
    """Return who leads in the chair's place when the chair has sent apologies; "" otherwise."""
    if meeting.state != Meeting.State.CALLED or not any(map(_is_absent_chair, attendances)):
        return ""
    leader = leader_by_answers(attendances)
    if leader is None:
        return _("The chair has sent apologies, and nobody is there to lead the meeting.")
    text = _("The chair has sent apologies. %(name)s leads the meeting.")
    return text % {"name": leader.person.name}


def _is_absent_chair(row: Attendance) -> bool:
    is_chair = row.seat is not None and row.seat.role == Clause.Role.CHAIR
    return is_chair and row.capacity == Capacity.HOLDER and row.answer == Answer.DECLINED


def _is_idle(row: Attendance) -> bool:
    """Return whether the person is a deputy nobody has asked to stand in, and has not come."""
    return row.capacity == Capacity.DEPUTY and not row.stands_in and not row.is_present


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
