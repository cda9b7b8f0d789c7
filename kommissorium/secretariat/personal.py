"""What the committee's cycle asks of one person: answers, minutes to read and approve, tasks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery, TextField, Value
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.accounts.models import Person
from kommissorium.assets import waiting as assets
from kommissorium.core.ui.wording import day
from kommissorium.meetings.actions.calling import last_day_of_call
from kommissorium.meetings.models import Attendance, Comment, Meeting, Review
from kommissorium.meetings.waiting import forgotten_of
from kommissorium.risks import waiting as risks
from kommissorium.secretariat.risk_waiting import undecided_in_words, undecided_rows
from kommissorium.secretariat.waiting import Waiting
from kommissorium.tasks.models import Delegation, Task

TASK = "task"  # the kind of row that tells of one
CALL_SHOWN = 14  # days before the last day of the call


def asked_of(person: Person, meeting: Meeting | None, *, prepares: bool) -> list[Waiting]:
    """Return what the person should do, the most pressing first; three queries.

    `meeting` is the next one; `prepares` says whether the person works on its agenda.
    """
    today = timezone.localdate()
    things = _next_step(meeting, today) if meeting and prepares else []
    return [
        *things,
        *_meetings(person),
        *_tasks_and_risks(person, today),
        *_registers(person, today),
    ]


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


def _tasks_and_risks(person: Person, today: date) -> list[Waiting]:
    """Return the tasks somebody hands over and those overdue, and what of the risks waits for
    the person, in one query."""
    asked = Delegation.objects.open().filter(task=OuterRef("pk"), to_person=person)
    found = Task.objects.open().annotate(asked_by=Subquery(asked.values("from_person__name")[:1]))
    own = found.filter(Q(owner=person, due__lt=today) | Q(asked_by__isnull=False))
    told = own.order_by().annotate(
        _told=Value(TASK, TextField()),
        _row=JSONObject(key="pk", title="title", due="due", owner="owner", asked_by="asked_by"),
    )
    tasks = told.values_list("_told", "_row")
    of_others = [*risks.waiting_rows(person, today), *undecided_rows(person)]
    rows = list(tasks.union(*of_others, all=True).order_by())
    tasks_told = [row for kind, row in rows if kind == TASK]
    tasks_told.sort(key=lambda row: (row["due"], row["key"]))
    of_risks = [Waiting(*one) for one in risks.in_words(rows)]
    of_tasks = [*_handed_over(tasks_told), *_overdue(tasks_told, person)]
    return [*of_tasks, *undecided_in_words(rows), *of_risks]


def _registers(person: Person, today: date) -> list[Waiting]:
    """Return what the registers ask of the person, in one query."""
    return [Waiting(*one) for one in assets.waiting_of(person, today)]


def _handed_over(tasks: Iterable[Mapping[str, Any]]) -> list[Waiting]:
    return [
        Waiting(
            _("%(name)s asks you to take over a task: %(task)s.")
            % {"name": task["asked_by"], "task": task["title"]},
            _("Answer"),
            _address(task),
        )
        for task in tasks
        if task["asked_by"]
    ]


def _overdue(tasks: Iterable[Mapping[str, Any]], person: Person) -> list[Waiting]:
    own = [task for task in tasks if task["owner"] == person.pk]
    if not own:
        return []
    if len(own) == 1:
        text = _("Your task is overdue: %(task)s.") % {"task": own[0]["title"]}
        return [Waiting(text, _("Open the task"), _address(own[0]), urgent=True)]
    text = ngettext(
        "%(number)d of your tasks is overdue.", "%(number)d of your tasks are overdue.", len(own)
    )
    url = reverse("tasks")
    return [Waiting(text % {"number": len(own)}, _("See your tasks"), url, urgent=True)]


def _address(task: Mapping[str, Any]) -> str:
    return reverse("task", args=[task["key"]])
