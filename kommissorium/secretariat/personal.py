"""What the committee's cycle asks of one person: answers, minutes to read and approve, tasks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.accounts.models import Person
from kommissorium.assets.waiting import waiting_of
from kommissorium.core.ui.wording import day
from kommissorium.meetings.actions.calling import last_day_of_call
from kommissorium.meetings.models import Attendance, Comment, Meeting, Review
from kommissorium.meetings.waiting import forgotten_of
from kommissorium.secretariat.waiting import Waiting
from kommissorium.tasks.models import Delegation, Task

CALL_SHOWN = 14  # days before the last day of the call


def asked_of(person: Person, meeting: Meeting | None, *, prepares: bool) -> list[Waiting]:
    """Return what the person should do, the most pressing first; three queries.

    `meeting` is the next one; `prepares` says whether the person works on its agenda.
    """
    today = timezone.localdate()
    things = _next_step(meeting, today) if meeting and prepares else []
    return [*things, *_meetings(person), *_tasks(person, today), *_registers(person, today)]


def left_undone(meetings: Iterable[Meeting], committees: Collection[int]) -> list[Waiting]:
    """Return what was forgotten of the minutes of these committees (keys); no query.

    `meetings` are fetched as meetings.waiting.forgotten_of wants them.
    """
    own = [meeting for meeting in meetings if meeting.committee_id in committees]
    return [Waiting(one.text, one.action, one.url, urgent=one.urgent) for one in forgotten_of(own)]


def _next_step(meeting: Meeting, today: date) -> list[Waiting]:
    """Return the step the secretary takes next with a coming meeting."""
    if meeting.state == Meeting.State.PLANNED:
        last = last_day_of_call(meeting)
        if (last - today).days > CALL_SHOWN:
            return []
        text = (
            _("The meeting must be called no later than %(day)s.")
            if last >= today
            else _("The meeting should have been called on %(day)s.")
        )
        url = reverse("meeting_call", args=[meeting.pk])
        return [Waiting(text % {"day": day(last)}, _("Call the meeting"), url, urgent=True)]
    if meeting.state == Meeting.State.CALLED and timezone.localdate(meeting.starts_at) == today:
        url = reverse("conduct", args=[meeting.pk])
        return [Waiting(_("The meeting is today."), _("Hold the meeting"), url, urgent=True)]
    return []


def _meetings(person: Person) -> list[Waiting]:
    """Return the invitations to answer and the minutes to read, in one query."""
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
    rows = rows.select_related("meeting__minutes").order_by("meeting__starts_at")
    return [
        _reading(one) if one.meeting.state == Meeting.State.IN_REVIEW else _invitation(one)
        for one in rows
    ]


def _invitation(attendance: Attendance) -> Waiting:
    text = _("Say whether you come to the meeting on %(day)s.")
    when = day(timezone.localdate(attendance.meeting.starts_at))
    url = reverse("attendance_answer", args=[attendance.pk])
    return Waiting(text % {"day": when}, _("Answer"), url)


def _reading(attendance: Attendance) -> Waiting:
    meeting = attendance.meeting
    text = _("Read the minutes of meeting %(number)s. Comments are welcome until %(day)s.")
    told = {"number": meeting.label, "day": day(meeting.minutes.review_until)}
    return Waiting(text % told, _("Read the minutes"), reverse("minutes", args=[meeting.pk]))


def _tasks(person: Person, today: date) -> list[Waiting]:
    """Return the tasks somebody hands over and those overdue, in one query."""
    asked = Delegation.objects.open().filter(task=OuterRef("pk"), to_person=person)
    found = Task.objects.open().annotate(asked_by=Subquery(asked.values("from_person__name")[:1]))
    rows: list[Any] = list(found.filter(Q(owner=person, due__lt=today) | Q(asked_by__isnull=False)))
    things = [
        Waiting(
            _("%(name)s asks you to take over a task: %(task)s.")
            % {"name": task.asked_by, "task": task.title},
            _("Answer"),
            task.get_absolute_url(),
        )
        for task in rows
        if task.asked_by
    ]
    return things + _overdue([task for task in rows if task.owner_id == person.pk])


def _registers(person: Person, today: date) -> list[Waiting]:
    """Return what the registers ask of the person, in one query."""
    return [Waiting(*one) for one in waiting_of(person, today)]


def _overdue(tasks: Sequence[Task]) -> list[Waiting]:
    if not tasks:
        return []
    if len(tasks) == 1:
        text = _("Your task is overdue: %(task)s.") % {"task": tasks[0].title}
        return [Waiting(text, _("Open the task"), tasks[0].get_absolute_url(), urgent=True)]
    text = ngettext(
        "%(number)d of your tasks is overdue.", "%(number)d of your tasks are overdue.", len(tasks)
    )
    url = reverse("tasks")
    return [Waiting(text % {"number": len(tasks)}, _("See your tasks"), url, urgent=True)]
