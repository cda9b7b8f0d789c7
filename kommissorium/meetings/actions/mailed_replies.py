"""Take an answer that came by mail to the mailbox the program reads.

It is as certain as mail is: who it is from is what the mail says. So it counts as the person's own
only where the mail is from the address that is invited, and it is marked as come by mail.
"""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from kommissorium.core.documents.calendar import Reply
from kommissorium.core.mailbox.models import ReceivedMail
from kommissorium.meetings.actions.answers import answer_by_file
from kommissorium.meetings.models import Attendance, Meeting

Outcome = ReceivedMail.Outcome


@transaction.atomic
def take_mailed_reply(reply: Reply, senders: tuple[str, ...]) -> Outcome:
    """Note the answer as its person's own; return what became of it.

    `senders` is who the mail says it is from. Raises Refused when the meeting or the answer is
    changed at that moment: try again.
    """
    meeting = _meeting(reply.uid)
    if meeting is None:
        return Outcome.OTHER_MEETING
    if [sender.lower() for sender in senders] != [reply.email]:
        return Outcome.OTHER_SENDER
    called = meeting.attendances.select_related("person", "seat", "meeting__committee")
    attendance = called.filter(person__email__iexact=reply.email, person__is_active=True).first()
    if attendance is None:
        return Outcome.NOT_CALLED
    if not meeting.takes_answers:
        return Outcome.OVER
    if reply.sequence > meeting.sequence:
        return Outcome.NEVER_SENT
    return _noted(attendance, reply)


def _meeting(uid: str) -> Meeting | None:
    try:
        key = UUID(uid.partition("@")[0])
    except ValueError:
        return None
    return Meeting.objects.filter(uid=key).first()


def _noted(attendance: Attendance, reply: Reply) -> Outcome:
    taken = answer_by_file(
        attendance,
        by=attendance.person,
        answer=reply.partstat,
        apology=reply.comment,
        sequence=reply.sequence,
        stamp=reply.stamped_at,
        way=Attendance.Way.MAIL,
    )
    if taken:
        return Outcome.TAKEN
    return Outcome.FORMER if reply.sequence < attendance.answer_sequence else Outcome.KNOWN
