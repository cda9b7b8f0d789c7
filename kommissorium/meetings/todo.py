"""To-do items of meetings: invitations, minutes to read, to send and to approve."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.accounts.models import Person
from kommissorium.core.ui.localised import day
from kommissorium.core.ui.todo import Press, Todo
from kommissorium.meetings.answer_links import answer_token
from kommissorium.meetings.models import Attendance, Comment, Meeting, Review
from kommissorium.meetings.overdue_minutes import late_since


def todos_of(
    person: Person, today: date, *, led: Collection[int] = (), kept: Collection[int] = ()
) -> Iterator[Todo]:
    """Yield what of meetings waits for the person; two queries.

    `led` are the committees (keys) the person leads, `kept` those whose papers they keep.
    """
    yield from _of_meetings(person)
    yield from _of_minutes(today, led, kept)


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
        _("I am coming"),
        url,
        due=when,
        note=_("%(committee)s · you can also send apologies") % {"committee": meeting.committee},
        press=Press(url, (("answer", Attendance.Answer.ACCEPTED.value),)),
    )


def _reading(attendance: Attendance) -> Todo:
    meeting = attendance.meeting
    until = meeting.minutes.review_until
    text = _("Read the minutes of meeting %(number)s. Comments are welcome until %(day)s.")
    told = {"number": meeting.label, "day": day(until)}
    url = reverse("minutes", args=[meeting.pk])
    due = until if until >= timezone.localdate() else None  # comments are late, reading is not
    return Todo(text % told, _("Read the minutes"), url, due=due, note=str(meeting.committee))


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
    return Todo(text, _("Open the minutes"), url, urgent=True, note=str(meeting.committee))
