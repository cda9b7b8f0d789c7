"""Answer an invitation, and let the deputy of a seat take its holder's place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Refused
from kommissorium.meetings.actions.invitation_mails import tell_stands_in, tell_stands_in_no_more
from kommissorium.meetings.entitled_people import deputy_on_list
from kommissorium.meetings.models import Attendance, Meeting

Answer, Way = Attendance.Answer, Attendance.Way
OWN_WAYS = (Way.LINK, Way.PAGE, Way.MAIL, Way.UNSURE)  # only the called themself answers so
LONGEST_APOLOGY = 300
STORED = [
    "answer",
    "answered_at",
    "answered_by_way",
    "answer_sequence",
    "answer_stamp",
    "apology",
    "edit_version",
]


@dataclass(frozen=True)
class GivenAnswer:
    """An answer and what orders it among the answers of one person (RFC 5546 §2.1.5)."""

    answer: str
    way: str
    apology: str
    sequence: int
    stamp: datetime


@transaction.atomic
def answer(
    attendance: Attendance,
    *,
    by: Person,
    answer: str,
    way: str,
    apology: str = "",
    deputy: bool | None = None,
) -> None:
    """Note whether somebody comes. The called answer for themselves, the secretary for all.

    `deputy` says whether the deputy of the seat takes the place of a holder who sends
    apologies; None leaves that as it is. Whoever comes after all needs no deputy. Raises
    Refused when the meeting is over, held or cancelled, and without a deputy who can come.
    """
    if way in OWN_WAYS and by.pk != attendance.person_id:
        raise PermissionDenied
    meeting = attendance.meeting
    given = GivenAnswer(answer, way, apology, meeting.sequence, timezone.now())
    store(attendance, given, by=by)
    _settle_deputy(attendance, deputy, by=by)


@transaction.atomic
def answer_by_file(
    attendance: Attendance,
    *,
    by: Person,
    answer: str,
    apology: str,
    sequence: int,
    stamp: datetime,
    way: str = Way.CALENDAR,
) -> bool:
    """Note an answer out of a calendar file; False when a newer one, or as new, is known.

    The file was uploaded, or came by mail from the called themself (`way`). Raises as `answer` does. A stamp in the future is the fault of a clock and counts as now.
    """
    if way in OWN_WAYS and by.pk != attendance.person_id:
        raise PermissionDenied
    known = (attendance.answer_sequence, attendance.answer_stamp)
    stamp = min(stamp, timezone.now())
    if sequence < known[0] or (sequence == known[0] and known[1] and stamp <= known[1]):
        return False
    store(attendance, GivenAnswer(answer, way, apology, sequence, stamp), by=by)
    _settle_deputy(attendance, None, by=by)
    return True


def store(attendance: Attendance, given: GivenAnswer, *, by: Person) -> None:
    """Write the answer on the row. Raises PermissionDenied and Refused as `answer` does."""
    meeting = attendance.meeting
    if by.pk != attendance.person_id and not meeting.committee.can_be_prepared_by(by):
        raise PermissionDenied
    refuse_unanswerable(meeting)
    if given.answer not in Answer.values or not given.answer:
        raise Refused(answer=_("Choose one of the options."))
    is_sure = given.answer == Answer.ACCEPTED  # who comes need not say why
    # The time the answer is about must still be the meeting's.
    row = Attendance.objects.filter(
        pk=attendance.pk,
        edit_version=attendance.edit_version,
        meeting__state=meeting.state,
        meeting__starts_at=meeting.starts_at,
    )
    changed = row.update(
        answer=given.answer,
        answered_at=timezone.now(),
        answered_by_way=given.way,
        answer_sequence=given.sequence,
        answer_stamp=given.stamp,
        apology="" if is_sure else given.apology.strip()[:LONGEST_APOLOGY],
        edit_version=attendance.edit_version + 1,
    )
    if not changed:
        raise Refused(_("The meeting or the answer was changed meanwhile. Load the page again."))
    told = {
        "person": str(attendance.person.pseudonym),
        "answer": given.answer,
        "way": given.way,
        "sequence": given.sequence,
    }
    record("meetings.answered", meeting, by=by, facts=told)
    attendance.refresh_from_db(fields=STORED)


def refuse_unanswerable(meeting: Meeting) -> None:
    """Raise Refused when it no longer matters who comes."""
    if meeting.state == Meeting.State.CANCELLED:
        raise Refused(_("The meeting is cancelled. It needs no answer."))
    if not meeting.takes_answers:
        raise Refused(_("The meeting is over. Answers are no longer taken."))


def forget_answers(meeting: Meeting) -> None:
    """Take back all answers, and who stands in, because the meeting is at another time now.

    Call it in the transaction of the move. Answers to the former time are not taken any more.
    Before the call deputies hear of no changes, so those who stood in are told they do not.
    """
    standing = meeting.attendances.filter(stands_in_since__isnull=False)
    stood_in = [] if meeting.number else list(standing.select_related("person", "seat"))
    meeting.attendances.update(
        answer=Answer.NONE,
        answered_at=None,
        answered_by_way=Way.NONE,
        answer_sequence=meeting.sequence,
        answer_stamp=None,
        apology="",
        stands_in_since=None,
        edit_version=F("edit_version") + 1,
    )
    for deputy in stood_in:
        deputy.meeting = meeting
        deputy.refresh_from_db(fields=["stands_in_since", "edit_version"])
        tell_stands_in_no_more(deputy)


def grow_sequence(meeting: Meeting) -> None:
    """Give the meeting's calendar entry its next number, as a withdrawal demands."""
    Meeting.objects.filter(pk=meeting.pk).update(sequence=F("sequence") + 1)
    meeting.refresh_from_db(fields=["sequence"])


def release_deputy(deputy: Attendance, *, by: Person) -> None:
    """End a deputy's standing in, and tell them."""
    row = Attendance.objects.filter(pk=deputy.pk, stands_in_since__isnull=False)
    if not row.update(stands_in_since=None, edit_version=F("edit_version") + 1):
        return
    deputy.refresh_from_db(fields=["stands_in_since", "edit_version"])
    if not deputy.meeting.number:
        grow_sequence(deputy.meeting)
    told = {"person": str(deputy.person.pseudonym)}
    record("meetings.deputy_released", deputy.meeting, by=by, facts=told)
    tell_stands_in_no_more(deputy)


def _settle_deputy(holder: Attendance, wish: bool | None, *, by: Person) -> None:
    deputy = deputy_on_list(holder)
    if wish and holder.answer == Answer.DECLINED:
        _name_deputy(holder, deputy, by=by)
    elif deputy and (wish is False or holder.answer != Answer.DECLINED):
        release_deputy(deputy, by=by)


def _name_deputy(holder: Attendance, deputy: Attendance | None, *, by: Person) -> None:
    if deputy is None:
        raise Refused(deputy=_("The seat has no deputy who is called to the meeting."))
    if deputy.answer == Answer.DECLINED:
        name = deputy.person.name
        raise Refused(deputy=_("%(name)s has sent apologies too.") % {"name": name})
    row = Attendance.objects.filter(pk=deputy.pk, stands_in_since=None)
    if not row.update(stands_in_since=timezone.now(), edit_version=F("edit_version") + 1):
        return
    deputy.refresh_from_db(fields=["stands_in_since", "edit_version"])
    told = {"person": str(deputy.person.pseudonym)}
    record("meetings.deputy_stands_in", deputy.meeting, by=by, facts=told)
    tell_stands_in(deputy, holder)
