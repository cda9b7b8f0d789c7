"""What goes to and comes from people's calendar programs: feeds, and answers in files and mails.

What came by mail is as certain as mail is: who it is from is what the mail says. So it counts as
the person's own only where the mail is from the address that is invited, and it is marked as
come by mail, as uncertain where the municipality's server does not vouch for the sender. A file
that somebody saved and uploads is marked as uncertain where it does not say who the mail was from.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.core.documents.calendar import CalendarUnreadable, Reply
from kommissorium.core.documents.letters import NOT_FALSE, PASSED, read_saved
from kommissorium.core.evidence.actions import record
from kommissorium.core.mailbox.models import ReceivedMail
from kommissorium.core.refusals import Refused
from kommissorium.meetings.actions.answers import answer_by_file, refuse_unanswerable
from kommissorium.meetings.models import Attendance, CalendarFeed, Meeting

Outcome = ReceivedMail.Outcome
Way = Attendance.Way
SECRET_BYTES = 32
MOST_FEEDS = 20


@transaction.atomic
def open_feed(
    person: Person, committee: Committee | None, *, by: Person
) -> tuple[CalendarFeed, str]:
    """Return a new feed and its secret, which is kept nowhere: only its hash is.

    Without a committee it is of all the person may follow at any time. Raises Refused for more
    than 20 open ones.
    """
    if by != person:
        raise PermissionDenied
    if committee and not Committee.objects.visible_to(person).filter(pk=committee.pk).exists():
        raise PermissionDenied
    if person.calendar_feeds.open().count() >= MOST_FEEDS:
        text = _("You have %(most)d addresses already. Close one first.") % {"most": MOST_FEEDS}
        raise Refused(text)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    feed = CalendarFeed.objects.create(
        person=person, committee=committee, secret_hash=hash_of(secret)
    )
    record("meetings.feed_opened", feed, by=by)
    return feed, secret


@transaction.atomic
def revoke_feed(feed: CalendarFeed, *, by: Person) -> None:
    """Revoke an address, so that it no longer answers. Twice does nothing more."""
    if feed.person_id != by.pk:
        raise PermissionDenied
    if CalendarFeed.objects.filter(pk=feed.pk, revoked_at=None).update(revoked_at=timezone.now()):
        record("meetings.feed_revoked", feed, by=by)


def hash_of(secret: str) -> str:
    """Return what is kept of a secret."""
    return sha256(secret.encode()).hexdigest()


MOST_FILES = 50


@dataclass
class FileReport:
    """Report on one calendar file: a sentence per answer, and whether all were accepted.

    `says_sender` is whether the file says who the mail was from, and so was compared.
    """

    name: str
    sentences: list[str] = field(default_factory=list)
    taken: bool = True
    says_sender: bool = False

    def refuse(self, sentence: str) -> None:
        self.taken = False
        self.sentences.append(sentence)


def take_replies(
    meeting: Meeting, files: Sequence[tuple[str, bytes]], *, by: Person
) -> list[FileReport]:
    """Note the answers in files given as (name, content), the newest of each person.

    A file that cannot be used changes nothing and is reported with the reason. Raises Refused
    when the meeting is over or cancelled, and for over 50 files.
    """
    if not meeting.committee.can_be_prepared_by(by):
        raise PermissionDenied
    refuse_unanswerable(meeting)
    if len(files) > MOST_FILES:
        raise Refused(replies=_("Choose at most %(most)d files at once.") % {"most": MOST_FILES})
    called = {
        (one.person.email or "").lower(): one
        for one in meeting.attendances.select_related("person", "seat")
    }
    reports = []
    found: list[tuple[Reply, FileReport]] = []
    for name, data in files:
        report = FileReport(name)
        reports.append(report)
        found += [(reply, report) for reply in _read(data, report)]
    # The newest first: of what comes after it from the same person none is new. The files were
    # read before: nobody waits for a transaction meanwhile.
    with transaction.atomic():
        for reply, report in sorted(found, key=lambda one: _age(one[0]), reverse=True):
            _take(reply, report, meeting, called, by)
    return reports


def _read(data: bytes, report: FileReport) -> list[Reply]:
    try:
        replies, senders = read_saved(data)
    except CalendarUnreadable as unreadable:
        report.refuse(str(unreadable))
        return []
    report.says_sender = bool(senders)
    others = [reply for reply in replies if senders and not _is_from(senders, reply)]
    for reply in others:
        values = {"email": reply.email, "sender": ", ".join(senders)}
        report.refuse(
            _("The answer of %(email)s was sent by %(sender)s. Ask, and note the answer by hand.")
            % values
        )
    return [reply for reply in replies if reply not in others]


def _age(reply: Reply) -> tuple[int, object]:
    return (reply.sequence, reply.stamped_at)


def _take(
    reply: Reply, report: FileReport, meeting: Meeting, called: dict[str, Attendance], by: Person
) -> None:
    attendance = called.get(reply.email)
    if reply.uid.partition("@")[0].lower() != str(meeting.uid):
        report.refuse(_("The answer of %(email)s is to another meeting.") % {"email": reply.email})
    elif attendance is None:
        report.refuse(
            _("Nobody with the address %(email)s is called. Note the answer by hand.")
            % {"email": reply.email}
        )
    elif reply.sequence > meeting.sequence:
        report.refuse(
            _("%(name)s answers an invitation that was never sent.")
            % {"name": attendance.person.name}
        )
    else:
        attendance.meeting = meeting
        _note(reply, report, attendance, by)


def _note(reply: Reply, report: FileReport, attendance: Attendance, by: Person) -> None:
    values = {"name": attendance.person.name}
    taken = answer_by_file(
        attendance,
        by=by,
        answer=reply.partstat,
        apology=reply.comment,
        sequence=reply.sequence,
        stamp=reply.stamped_at,
        way=Way.CALENDAR if report.says_sender else Way.UNPROVEN,
    )
    if taken:
        values["answer"] = attendance.get_answer_display()
        sure, unsure = (
            _("%(name)s: %(answer)s."),
            _("%(name)s: %(answer)s. The file does not say who sent it, so that is uncertain."),
        )
        report.sentences.append((sure if report.says_sender else unsure) % values)
    elif reply.sequence < attendance.answer_sequence:
        report.refuse(_("The answer of %(name)s is to a former time of the meeting.") % values)
    else:
        report.refuse(_("A newer answer of %(name)s is known already, or this same one.") % values)


@transaction.atomic
def take_mailed_reply(reply: Reply, senders: tuple[str, ...], proof: str = "") -> Outcome:
    """Note the answer as its person's own; return what became of it.

    `senders` is who the mail says it is from, `proof` what the municipality's server found of
    that: what failed is nobody's answer, and without a word of it the answer is uncertain. Raises Refused when the meeting or the answer is
    changed at that moment: try again.
    """
    meeting = _meeting(reply.uid)
    if meeting is None:
        return Outcome.OTHER_MEETING
    if not _is_from(senders, reply) or proof not in NOT_FALSE:
        return Outcome.OTHER_SENDER
    called = meeting.attendances.select_related("person", "seat", "meeting__committee")
    attendance = called.filter(person__email__iexact=reply.email, person__is_active=True).first()
    if attendance is None:
        return Outcome.NOT_CALLED
    if not meeting.takes_answers:
        return Outcome.OVER
    if reply.sequence > meeting.sequence:
        return Outcome.NEVER_SENT
    way = Way.MAIL if proof == PASSED else Way.UNSURE
    return _noted(attendance, reply, way)


def _is_from(senders: tuple[str, ...], reply: Reply) -> bool:
    return [sender.lower() for sender in senders] == [reply.email]


def _meeting(uid: str) -> Meeting | None:
    try:
        key = UUID(uid.partition("@")[0])
    except ValueError:
        return None
    return Meeting.objects.filter(uid=key).first()


def _noted(attendance: Attendance, reply: Reply, way: str) -> Outcome:
    taken = answer_by_file(
        attendance,
        by=attendance.person,
        answer=reply.partstat,
        apology=reply.comment,
        sequence=reply.sequence,
        stamp=reply.stamped_at,
        way=way,
    )
    if taken:
        return Outcome.TAKEN
    return Outcome.FORMER if reply.sequence < attendance.answer_sequence else Outcome.KNOWN
