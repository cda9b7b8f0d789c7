"""Summary of the answers to a meeting: who is expected, the numbers in words, and who leads it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.committees.models import Clause
from kommissorium.meetings.entitled_people import leader_by_answers
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
