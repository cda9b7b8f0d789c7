"""To-do lines of meetings and reminders of minutes: to answer, to read, to send, to approve."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.accounts.models import OrganisationRole, Person
from kommissorium.committees.models import Clause, Committee
from kommissorium.core.mail.digest import Reminder
from kommissorium.core.ui.localised import day
from kommissorium.core.ui.todo import Press, Todo
from kommissorium.meetings.emails import answer_token
from kommissorium.meetings.entitled_people import reviewers
from kommissorium.meetings.models import Attendance, Comment, Meeting, Minutes, Review
from kommissorium.meetings.year_plan import is_working_day

SEND_WITHIN: Final = 3  # working days from the meeting until its minutes are in review


def late_since(meeting: Meeting) -> date:
    """Return the first day on which minutes not yet sent are late."""
    found = timezone.localdate(meeting.closed_at or meeting.starts_at)
    left = SEND_WITHIN + 1
    while left:
        found += timedelta(days=1)
        left -= is_working_day(found)
    return found


def todos_of(
    person: Person, today: date, *, led: Collection[int] = (), kept: Collection[int] = ()
) -> Iterator[Todo]:
    """Yield what of meetings waits for the person; three queries.

    `led` are the committees (keys) the person leads, `kept` those whose papers they keep.
    """
    yield from _of_meetings(person)
    yield from _of_minutes(today, led, kept)
    yield from _of_questions(kept)


def _of_meetings(person: Person) -> Iterator[Todo]:
    called = Q(answer="", meeting__state=Meeting.State.CALLED) & (
        ~Q(capacity=Attendance.Capacity.DEPUTY) | Q(stands_in_since__isnull=False)
    )
    minutes = OuterRef("meeting__minutes")
    unread = Q(presence=Attendance.Presence.PRESENT, meeting__state=Meeting.State.IN_REVIEW) & ~(
        Exists(Review.objects.filter(minutes=minutes, person=person))
        | Exists(Comment.objects.filter(minutes=minutes, person=person))
    )
    rows = Attendance.objects.filter(
        called & Q(meeting__starts_at__gt=timezone.now()) | unread, person=person
    )
    seen: Any = Meeting.objects.visible_to(person).filter(pk=OuterRef("meeting"))
    found: Any = rows.annotate(is_seen=Exists(seen)).order_by("meeting__starts_at", "pk")
    for one in found.select_related("person", "meeting__minutes", "meeting__committee"):
        if one.meeting.state != Meeting.State.IN_REVIEW:
            yield _invitation(one)
        elif one.is_seen and one.capacity != Attendance.Capacity.GUEST:
            yield _reading(one)


def _invitation(attendance: Any) -> Todo:
    meeting = attendance.meeting
    when = timezone.localdate(meeting.starts_at)
    text = _("Say whether you come to the meeting on %(day)s.") % {"day": day(when)}
    if not attendance.is_seen:  # a guest answers as by the link in the mail
        url = reverse("answer_by_link", args=[answer_token(attendance)])
        return Todo(text, _("Answer"), url, due=when)
    url = reverse("attendance_answer", args=[attendance.pk])
    return Todo(
        text,
        _("I come"),
        url,
        due=when,
        note=_("%(committee)s · you can also send apologies") % {"committee": meeting.committee},
        press=Press(url, (("answer", Attendance.Answer.ACCEPTED.value),)),
        minutes=1,
    )


def _reading(attendance: Attendance) -> Todo:
    meeting = attendance.meeting
    until = meeting.minutes.review_until
    text = _("Read the minutes of meeting %(number)s. Comments are welcome until %(day)s.")
    told = {"number": meeting.label, "day": day(until)}
    url = reverse("minutes", args=[meeting.pk])
    due = until if until >= timezone.localdate() else None  # comments are late, reading is not
    return Todo(text % told, _("Read the minutes"), url, due=due, note=str(meeting.committee))


def _of_questions(kept: Collection[int]) -> Iterator[Todo]:
    """Yield the meetings to come with questions that whoever keeps the papers has not answered."""
    if not kept:
        return
    waiting = Count("items__questions", filter=Q(items__questions__answered_at=None))
    rows: Any = Meeting.objects.coming().filter(committee__in=kept).annotate(waiting=waiting)
    for meeting in rows.filter(waiting__gt=0).select_related("committee"):
        text = ngettext(
            "%(number)d question before the meeting on %(day)s is not answered.",
            "%(number)d questions before the meeting on %(day)s are not answered.",
            meeting.waiting,
        )
        when = timezone.localdate(meeting.starts_at)
        told = {"number": meeting.waiting, "day": day(when)}
        url = reverse("meeting_read", args=[meeting.pk])
        line = Todo(text % told, _("Answer"), url, due=when, note=str(meeting.committee))
        yield line._replace(minutes=10 * meeting.waiting)


def _of_minutes(today: date, led: Collection[int], kept: Collection[int]) -> Iterator[Todo]:
    """Yield what minutes of held meetings want of the committee's leader or keeper of papers."""
    if not led and not kept:
        return
    open_ones = Q(committee__in=kept, state=Meeting.State.HELD)
    open_ones |= Q(committee__in={*led, *kept}, state=Meeting.State.IN_REVIEW)
    unsettled = Count("minutes__comments", filter=Q(minutes__comments__settled_at=None))
    rows: Any = Meeting.objects.filter(open_ones, registered_at=None)
    rows = rows.annotate(unsettled=unsettled).select_related("minutes", "committee")
    for meeting in rows.order_by("starts_at", "pk"):
        if meeting.state == Meeting.State.HELD:
            yield _to_send(meeting)
            continue
        if not meeting.minutes.is_overdue(today):
            continue
        if meeting.committee_id in led:
            yield _to_approve(meeting)
        if meeting.committee_id in kept and meeting.unsettled:
            yield _to_settle(meeting)


def _to_send(meeting: Meeting) -> Todo:
    text = _("The minutes of meeting %(number)s have not been sent to review.")
    return Todo(
        text % {"number": meeting.label},
        _("Open the draft"),
        reverse("minutes", args=[meeting.pk]),
        due=late_since(meeting) - timedelta(days=1),
        note=str(meeting.committee),
        minutes=60,
    )


def _to_approve(meeting: Meeting) -> Todo:
    until = meeting.minutes.review_until
    text = _("The minutes of meeting %(number)s wait for you to send them out.")
    note = _("Comments were due on %(day)s.") % {"day": day(until)}
    url = reverse("minutes_approval", args=[meeting.pk])
    number = {"number": meeting.label}
    return Todo(text % number, _("Approve"), url, urgent=True, note=note)


def _to_settle(meeting: Any) -> Todo:
    text = ngettext(
        "Minutes of meeting %(number)s: %(count)d comment is not settled",
        "Minutes of meeting %(number)s: %(count)d comments are not settled",
        meeting.unsettled,
    ) % {"number": meeting.label, "count": meeting.unsettled}
    url = reverse("minutes", args=[meeting.pk])
    line = Todo(text, _("Open the minutes"), url, urgent=True, note=str(meeting.committee))
    return line._replace(minutes=10 * meeting.unsettled)


DAYS_BEFORE = 2  # of the deadline for comments; told again on the day itself
WEEK = 7  # days from one reminder of what is late to the next


def reminders(on: date) -> Iterator[Reminder]:
    """Yield whom to remind of minutes on the date: readers, then chairs, then secretaries."""
    in_review = Minutes.objects.filter(meeting__state=Meeting.State.IN_REVIEW)
    for minutes in in_review.select_related("meeting__committee").order_by("review_until", "pk"):
        if not minutes.is_overdue(on):
            yield from _to_read(minutes, on)
        else:
            yield from _reminded_to_approve(minutes, on)
    held = Meeting.objects.filter(state=Meeting.State.HELD).select_related("committee")
    for meeting in held.order_by("starts_at", "pk"):
        if on >= late_since(meeting):
            yield from _reminded_to_send(meeting, on)


def _to_read(minutes: Minutes, on: date) -> Iterator[Reminder]:
    days = (minutes.review_until - on).days
    if days > DAYS_BEFORE:
        return
    stage = 0 if days == 0 else -DAYS_BEFORE
    key = f"minutes-review:{minutes.pk}:{stage}"
    for reviewer in reviewers(minutes.meeting, on, minutes):
        if reviewer.has_answered:
            continue
        with translation.override(reviewer.person.language):
            values = {"number": minutes.meeting.label, "day": day(minutes.review_until)}
            text = (
                _("Minutes of meeting %(number)s: comment on them today at the latest")
                if stage == 0
                else _("Minutes of meeting %(number)s: comment on them no later than %(day)s")
            ) % values
            heading = _("Minutes to read")
        yield Reminder(reviewer.person, key, text, minutes.get_absolute_url(), heading)


def _reminded_to_approve(minutes: Minutes, on: date) -> Iterator[Reminder]:
    """Remind the chair weekly; the secretary too while comments are in the way."""
    week = _weeks(minutes.review_until + timedelta(days=1), on)
    key = f"minutes-approval:{minutes.pk}:{week}"
    url = minutes.get_absolute_url()
    for person in _chairs(minutes.meeting.committee, on):
        with translation.override(person.language):
            text = _("Minutes of meeting %(number)s: they wait for you to send them out")
            heading = _("Minutes to send out")
            text %= {"number": minutes.meeting.label}
        yield Reminder(person, key, text, url, heading)
    unsettled = minutes.comments.filter(settled_at=None).count()
    if not unsettled:
        return
    for person in _secretaries(minutes.meeting.committee, on):
        with translation.override(person.language):
            text = ngettext(
                "Minutes of meeting %(number)s: %(count)d comment is not settled",
                "Minutes of meeting %(number)s: %(count)d comments are not settled",
                unsettled,
            ) % {"number": minutes.meeting.label, "count": unsettled}
            heading = _("Minutes to send out")
        yield Reminder(person, f"minutes-comments:{minutes.pk}:{week}", text, url, heading)


def _reminded_to_send(meeting: Meeting, on: date) -> Iterator[Reminder]:
    key = f"minutes-unsent:{meeting.pk}:{_weeks(late_since(meeting), on)}"
    for person in _secretaries(meeting.committee, on):
        with translation.override(person.language):
            text = _("Minutes of meeting %(number)s: they have not been sent to review")
            heading = _("Minutes to send")
            text %= {"number": meeting.label}
        yield Reminder(person, key, text, reverse("minutes", args=[meeting.pk]), heading)


def _weeks(first: date, on: date) -> int:
    """Return how many whole weeks lie between the first late day and today."""
    return (on - first).days // WEEK


def _chairs(committee: Committee, on: date) -> list[Person]:
    """Return the chair; where nobody is chair today, the deputy chair."""
    return _holders(committee, on, Clause.Role.CHAIR) or _holders(
        committee, on, Clause.Role.DEPUTY_CHAIR
    )


def _secretaries(committee: Committee, on: date) -> list[Person]:
    """Return who sits as secretary; where nobody does, the coordinators."""
    sitting = _holders(committee, on, Clause.Role.SECRETARY)
    coordinators = Person.objects.active().with_role(OrganisationRole.Kind.COORDINATOR, on)
    return sitting or list(coordinators)


def _holders(committee: Committee, on: date, role: str) -> list[Person]:
    seats = committee.seats.on(on).filter(role=role).with_holders(on)
    return [seat.holder for seat in seats if seat.holder]
