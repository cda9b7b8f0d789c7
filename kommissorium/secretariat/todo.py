"""To-do lines of the overview: meetings, minutes, tasks, registers and committees."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.accounts import waiting as access
from kommissorium.accounts.models import Person
from kommissorium.committees import seats_waiting
from kommissorium.core.ui.localised import day
from kommissorium.core.ui.todo import Todo
from kommissorium.meetings.actions.call import last_day_of_call
from kommissorium.meetings.models import AgendaItem, Attendance, Comment, Meeting, Review
from kommissorium.meetings.overdue_minutes import forgotten_of
from kommissorium.registers.register import proposal_kinds, registers
from kommissorium.secretariat.committee_status import CommitteeStatus
from kommissorium.tasks.models import Delegation, Task

CALL_SHOWN = 14  # days before the last day of the call
SHOWN_SEATS = 3


def asked_of(person: Person, meeting: Meeting | None, *, prepares: bool) -> list[Todo]:
    """Return what the person should do, the most pressing first.

    `meeting` is the next one; `prepares` says whether the person works on its agenda.
    """
    today = timezone.localdate()
    things = _next_step(meeting, today) if meeting and prepares else []
    return [
        *things,
        *access.todos(person),
        *seats_waiting.todos(person),
        *_meetings(person),
        *_tasks(person, today),
        *_registers(person, today),
    ]


def left_undone(meetings: Iterable[Meeting], committees: Collection[int]) -> list[Todo]:
    """Return what was forgotten of the minutes of these committees (keys); no query.

    `meetings` are fetched as meetings.waiting.forgotten_of wants them.
    """
    own = [meeting for meeting in meetings if meeting.committee_id in committees]
    return [Todo(one.text, one.action, one.url, urgent=one.urgent) for one in forgotten_of(own)]


def _next_step(meeting: Meeting, today: date) -> list[Todo]:
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
        return [Todo(text % {"day": day(last)}, _("Call the meeting"), url, urgent=True)]
    if meeting.state == Meeting.State.CALLED and timezone.localdate(meeting.starts_at) == today:
        url = reverse("conduct", args=[meeting.pk])
        return [Todo(_("The meeting is today."), _("Hold the meeting"), url, urgent=True)]
    return []


def _meetings(person: Person) -> list[Todo]:
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


def _invitation(attendance: Attendance) -> Todo:
    text = _("Say whether you come to the meeting on %(day)s.")
    when = day(timezone.localdate(attendance.meeting.starts_at))
    url = reverse("attendance_answer", args=[attendance.pk])
    return Todo(text % {"day": when}, _("Answer"), url)


def _reading(attendance: Attendance) -> Todo:
    meeting = attendance.meeting
    text = _("Read the minutes of meeting %(number)s. Comments are welcome until %(day)s.")
    told = {"number": meeting.label, "day": day(meeting.minutes.review_until)}
    return Todo(text % told, _("Read the minutes"), reverse("minutes", args=[meeting.pk]))


def _registers(person: Person, today: date) -> Iterator[Todo]:
    """Yield what the person is to decide on, and what the registers ask."""
    for kind in proposal_kinds().values():
        for proposal in kind.undecided(person) if kind.asked else ():
            url = reverse("proposal", args=[kind.slug, proposal.pk])
            text = str(kind.asked) % {"title": kind.title_of(proposal)}
            yield Todo(text, _("Look and decide"), url)
    for register in registers():
        yield from register.todos(person, today)


def _tasks(person: Person, today: date) -> list[Todo]:
    """Return the tasks somebody hands over and those overdue, in one query."""
    asked = Delegation.objects.open().filter(task=OuterRef("pk"), to_person=person)
    found = Task.objects.open().annotate(asked_by=Subquery(asked.values("from_person__name")[:1]))
    own = found.filter(Q(owner=person, due__lt=today) | Q(asked_by__isnull=False))
    tasks = list(own.order_by("due", "pk"))
    return [*_handed_over(tasks), *_overdue(tasks, person)]


def _handed_over(tasks: Iterable[Any]) -> list[Todo]:
    return [
        Todo(
            _("%(name)s asks you to take over a task: %(task)s.")
            % {"name": task.asked_by, "task": task.title},
            _("Answer"),
            task.get_absolute_url(),
        )
        for task in tasks
        if task.asked_by
    ]


def _overdue(tasks: Iterable[Any], person: Person) -> list[Todo]:
    own = [task for task in tasks if task.owner_id == person.pk]
    if not own:
        return []
    if len(own) == 1:
        text = _("Your task is overdue: %(task)s.") % {"task": own[0].title}
        return [Todo(text, _("Open the task"), own[0].get_absolute_url(), urgent=True)]
    text = ngettext(
        "%(number)d of your tasks is overdue.", "%(number)d of your tasks are overdue.", len(own)
    )
    url = reverse("tasks")
    return [Todo(text % {"number": len(own)}, _("See your tasks"), url, urgent=True)]


def waiting_for(
    found: Sequence[CommitteeStatus], meeting: Meeting | None, items: Sequence[AgendaItem]
) -> list[Todo]:
    """Return what waits for who follows these committees, the most urgent first.

    `meeting` is the next one, `items` its agenda. Only those who prepare are asked for anything.
    """
    things: list[Todo] = []
    for status in found:
        if status.reach.may_plan:
            things += _draft(status)
            things += lacks(status)
            if meeting and meeting.committee_id == status.committee.pk:
                things += _unwritten(meeting, items)
    return sorted(things, key=lambda thing: not thing.urgent)


def lacks(status: CommitteeStatus) -> list[Todo]:
    """Return what a committee lacks: mandate, seats, people in them, and a calendar (K2)."""
    committee = status.committee
    things = []
    if status.mandate is None and status.draft is None:
        url = reverse("mandate_read", args=[committee.pk])
        text = _("%(name)s has no approved mandate.") % {"name": committee.name}
        things.append(Todo(text, _("Read in the mandate"), url, urgent=True))
    things += _vacancies(status)
    if status.reach.warning:
        url = reverse("meetings_plan", args=[committee.pk])
        text = f"{committee.name}: {status.reach.warning}"
        things.append(Todo(text, _("Plan the year"), url, urgent=True))
    return things


def _vacancies(status: CommitteeStatus) -> list[Todo]:
    url = status.committee.get_absolute_url()
    if not status.seats:
        text = _("%(name)s has no seats.") % {"name": status.committee.name}
        return [Todo(text, _("Make the seats"), url)]
    vacant = status.vacant
    if not vacant:
        return []
    shown = [str(seat.function or seat.get_role_display()) for seat in vacant[:SHOWN_SEATS]]
    names = ", ".join(shown) + (" …" if len(vacant) > SHOWN_SEATS else "")
    number = ngettext("%(number)d seat is vacant: ", "%(number)d seats are vacant: ", len(vacant))
    return [Todo(number % {"number": len(vacant)} + names, _("Fill the seats"), url)]


def _draft(status: CommitteeStatus) -> list[Todo]:
    if status.draft is None:
        return []
    text = _("A draft of the mandate waits: %(title)s.") % {"title": status.draft.title}
    url = reverse("mandate_edit", args=[status.draft.pk])
    return [Todo(text, _("Look at it"), url, urgent=True)]


def _unwritten(meeting: Meeting, items: Sequence[AgendaItem]) -> list[Todo]:
    empty = [
        item
        for item in items
        if item.type == AgendaItem.Type.DECISION and not (item.presentation or item.recommendation)
    ]
    if not empty:
        return []
    text = ngettext(
        "%(number)d item for decision has no text for the next meeting.",
        "%(number)d items for decision have no text for the next meeting.",
        len(empty),
    ) % {"number": len(empty)}
    return [Todo(text, _("Open the agenda"), meeting.get_absolute_url())]
