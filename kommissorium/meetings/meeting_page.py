"""The page of a meeting: how far it has come, what to do next, and the lines of its agenda."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import Count, OuterRef, Prefetch, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Seat
from kommissorium.core.evidence.models import Event
from kommissorium.core.richtext import in_a_line
from kommissorium.meetings.minutes_builder import ITEM
from kommissorium.meetings.models import (
    AgendaItem,
    Attachment,
    Attendance,
    Meeting,
    Minutes,
    Proceedings,
)
from kommissorium.tasks.models import Task

State = Meeting.State
WAY: tuple[tuple[State, Promise | str], ...] = (
    (State.PLANNED, gettext_lazy("Planned")),
    (State.CALLED, gettext_lazy("Called")),
    (State.HELD, gettext_lazy("Held")),
    (State.IN_REVIEW, gettext_lazy("Minutes in review")),
    (State.APPROVED, gettext_lazy("Minutes sent out")),
    (State.CONFIRMED, gettext_lazy("Minutes approved")),
)


@dataclass(frozen=True)
class ProgressStep:
    """One step of a meeting's way, and whether it is behind, here or ahead."""

    label: str
    state: Literal["done", "current", "todo"]


@dataclass(frozen=True)
class Button:
    """A button: what it says and where it leads."""

    label: str
    url: str


@dataclass(frozen=True)
class MeetingReader:
    """Relation of the person looking at a meeting to that meeting.

    `keeps` says whether they may prepare it, `leads` how they lead the committee today ("" for
    not at all; asked only while minutes are in review), `own` is their own place at the meeting.
    """

    keeps: bool
    leads: str
    own: Attendance | None


def steps_of(meeting: Meeting) -> list[ProgressStep]:
    """Return the meeting's way; nothing for a cancelled one."""
    states = [state for state, _label in WAY]
    if meeting.state not in states:
        return []
    here = states.index(State(meeting.state))
    return [
        ProgressStep(str(label), "done" if place < here else "current" if place == here else "todo")
        for place, (_state, label) in enumerate(WAY)
    ]


def planned_again(meeting: Meeting) -> Meeting | None:
    """Return the meeting that was planned in its place when its call was withdrawn."""
    if meeting.state != State.CANCELLED or not meeting.number:
        return None
    told = Event.objects.about(meeting).filter(act="meetings.meeting_cancelled").last()
    key = json.loads(told.facts).get("again") if told else None
    return Meeting.objects.filter(pk=key).first() if key else None


def buttons_of(meeting: Meeting, reader: MeetingReader) -> list[Button]:
    """Return the buttons of the meeting's page, the next step first."""
    return _BY_STATE[State(meeting.state)](meeting, reader)


def _planned(meeting: Meeting, reader: MeetingReader) -> list[Button]:
    if not reader.keeps:
        return [_read(meeting), _agenda(meeting)]
    doors = [_door(_("Call the meeting"), "meeting_call", meeting)]
    if meeting.is_in_preparation:
        doors.append(_door(_("Add an item"), "item_add", meeting))
        doors.append(_door(_("Change time and place"), "meeting_edit", meeting))
    return doors


def _called(meeting: Meeting, reader: MeetingReader) -> list[Button]:
    answer = _answer(meeting, reader.own)
    if not reader.keeps:
        return [answer, _read(meeting)] if answer else [_read(meeting), _agenda(meeting)]
    doors = [_next_for_keeper(meeting), _door(_("Add a late item"), "late_item_add", meeting)]
    if meeting.is_movable:
        doors.append(_door(_("Change time and place"), "meeting_edit", meeting))
    if answer is None:
        return doors
    # Who leads the meeting is asked first of all whether they come.
    return [answer, *doors] if _leads(reader.own) else [doors[0], answer, *doors[1:]]


def _next_for_keeper(meeting: Meeting) -> Button:
    if timezone.localdate() < timezone.localdate(meeting.starts_at):
        return _door(_("See the answers"), "meeting_answers", meeting)
    return _door(_("Hold the meeting"), "conduct", meeting)


def _answer(meeting: Meeting, own: Attendance | None) -> Button | None:
    """Return the way to the person's own answer while it is awaited."""
    if own is None or own.answer or meeting.is_over:
        return None
    if own.capacity == Attendance.Capacity.DEPUTY and not own.stands_in:
        return None
    return Button(_("Answer the invitation"), reverse("attendance_answer", args=[own.pk]))


def _leads(own: Attendance | None) -> bool:
    return own is not None and own.seat is not None and own.seat.role in Seat.CHAIRING


def _in_review(meeting: Meeting, reader: MeetingReader) -> list[Button]:
    was_there = reader.own is not None and reader.own.is_present
    doors = []
    if was_there or reader.keeps:
        doors.append(_door(_("Read the minutes and comment"), "minutes", meeting))
    if reader.leads == "chair":
        doors.insert(0, _door(_("Send out the minutes"), "minutes_approval", meeting))
    elif reader.leads:
        label = _("Send out in the chair's absence")
        doors.append(_door(label, "minutes_approval", meeting))
    return doors or [_agenda(meeting)]


def _held(meeting: Meeting, reader: MeetingReader) -> list[Button]:
    if not reader.keeps:
        return [_agenda(meeting)]
    send = _door(_("Send the minutes to review"), "minutes_review", meeting)
    return [send, _door(_("Go on writing"), "conduct", meeting)]


def _approved(meeting: Meeting, _reader: MeetingReader) -> list[Button]:
    return [_door(_("Read the minutes"), "minutes", meeting)]


def _cancelled(_meeting: Meeting, _reader: MeetingReader) -> list[Button]:
    return []


def _read(meeting: Meeting) -> Button:
    return _door(_("Read the meeting"), "meeting_read", meeting)


def _agenda(meeting: Meeting) -> Button:
    return Button(_("Get the agenda as PDF"), reverse("meeting_pack", args=[meeting.pk, "pdf"]))


def _door(label: str, name: str, meeting: Meeting) -> Button:
    return Button(label, reverse(name, args=[meeting.pk]))


_BY_STATE: Mapping[State, Callable[[Meeting, MeetingReader], list[Button]]] = {
    State.PLANNED: _planned,
    State.CALLED: _called,
    State.HELD: _held,
    State.IN_REVIEW: _in_review,
    State.APPROVED: _approved,
    State.CONFIRMED: _approved,
    State.CANCELLED: _cancelled,
}


LONG = ("presentation", "recommendation", "facts")  # what lists do not show
SHORT = 200  # characters of a decision


@dataclass(frozen=True)
class AgendaLine:
    """One item on the list; of a closed one that is not `shown` the page says only that.

    `told` is what the meeting recorded, `tasks` what it gave to do, for whom may read it.
    `before` and `after` are the items it was carried from and to; a link leads there only when
    `before_shown` and `after_shown`. `minutes` are those it asks the committee to confirm.
    """

    item: AgendaItem
    number: int
    shown: bool
    files: int
    before: AgendaItem | None
    before_shown: bool
    after: AgendaItem | None
    after_shown: bool
    minutes: Sequence[Minutes]
    told: Proceedings | None
    tasks: Sequence[Task]

    @property
    def is_result(self) -> bool:
        """Return whether something came of the item: a decision, or a task."""
        return bool(self.told and self.told.is_decided) or bool(self.tasks)

    @property
    def decision(self) -> str:
        """Return how the decision begins."""
        text = in_a_line(self.told.decision) if self.told else ""
        return text if len(text) <= SHORT else f"{text[:SHORT].rsplit(' ', 1)[0]} …"


def items_of(meeting: Meeting) -> list[Any]:
    """Return the agenda with all that its list shows, in two or three queries."""
    counted = Attachment.objects.filter(item=OuterRef("pk")).order_by().values("item")
    number = Subquery(counted.annotate(number=Count("pk")).values("number"))
    items = meeting.items.select_related(
        "clause", "proceedings", "carried_from__meeting", "carried_from__proceedings"
    )
    items = items.prefetch_related(
        Prefetch("presents_minutes", Minutes.objects.select_related("meeting"))
    )
    if meeting.took_place:
        later = AgendaItem.objects.exclude(meeting__state=Meeting.State.CANCELLED)
        later = later.select_related("meeting").defer(*LONG)
        items = items.prefetch_related(Prefetch("carried_to", later))
    hidden = [f"carried_from__{name}" for name in LONG]
    hidden += ["proceedings__discussion", "carried_from__proceedings__discussion"]
    hidden += ["carried_from__proceedings__decision"]
    return list(items.annotate(files=Coalesce(number, 0)).defer(*LONG, *hidden))


def lines_of(
    items: Sequence[Any], person: Person, *, shows_closed: bool, is_told: bool
) -> list[AgendaLine]:
    """Return the lines of the items of `items_of`; numbered by their place before the call.

    What the meeting recorded is shown where `is_told`: to whom may read its minutes.
    """
    tasks = tasks_of(items, person) if is_told else {}
    return [
        _line(item, place, tasks, shows_closed=shows_closed, is_told=is_told)
        for place, item in enumerate(items, 1)
    ]


def tasks_of(items: Sequence[AgendaItem], person: Person) -> Mapping[int, list[Task]]:
    """Return the tasks the items gave birth to and `person` may read, by item; one query."""
    found: dict[int, list[Task]] = defaultdict(list)
    born = Task.objects.visible_to(person).born_at(ITEM, [str(item.pk) for item in items])
    for task in born.select_related("owner").order_by("due", "pk"):
        found[int(task.born_id)].append(task)
    return found


def _line(
    item: Any,
    place: int,
    tasks: Mapping[int, list[Task]],
    *,
    shows_closed: bool,
    is_told: bool,
) -> AgendaLine:
    before = item.carried_from
    after = next(iter(item.carried_to.all()), None) if item.meeting.took_place else None
    shown = shows_closed or not item.is_closed
    return AgendaLine(
        item=item,
        number=item.number or place,
        shown=shown,
        files=item.files,
        before=before,
        before_shown=before is not None and (shows_closed or not before.is_closed),
        after=after,
        after_shown=after is not None and (shows_closed or not after.is_closed),
        minutes=item.presents_minutes.all(),
        told=item.recorded if is_told and shown else None,
        tasks=tasks.get(item.pk, []) if shown else [],
    )
