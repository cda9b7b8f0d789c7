"""Builds the minutes of a meeting from the database, with the notes beside its decisions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import BooleanField, Exists, F, FilteredRelation, OuterRef, Prefetch, Q, Value
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Municipality
from kommissorium.committees.models import Clause
from kommissorium.core.ui.localised import day
from kommissorium.meetings.entitled_people import quorum_text
from kommissorium.meetings.facts import facts_html
from kommissorium.meetings.minutes import (
    Protocol,
    ProtocolAbsence,
    ProtocolAdvice,
    ProtocolDissent,
    ProtocolFile,
    ProtocolItem,
    ProtocolPerson,
    ProtocolTask,
    ProtocolWeighing,
)
from kommissorium.meetings.models import (
    Absence,
    Advice,
    AgendaItem,
    Attachment,
    Attendance,
    Dissent,
    Meeting,
    Proceedings,
    Review,
    Weighing,
)
from kommissorium.tasks.models import Task

ADVICE, DISSENT, ABSENCE = "advice", "dissent", "absence"


@dataclass(frozen=True, slots=True)
class ItemNotes:
    """Notes on one item, each kind in the order in which it was written down."""

    advice: list[ProtocolAdvice] = field(default_factory=list)
    dissents: list[ProtocolDissent] = field(default_factory=list)
    absences: list[ProtocolAbsence] = field(default_factory=list)


def said_by_item(meeting: Meeting) -> Mapping[int, ItemNotes]:
    """Return what was said of each item, by its key; one query for all three kinds."""
    found: dict[int, ItemNotes] = defaultdict(ItemNotes)
    for kind, _pk, item, name, text, followed, word in sorted(_rows(meeting), key=_order):
        said = found[item]
        if kind == ADVICE:
            said.advice.append(ProtocolAdvice(name, text, followed, word))
        elif kind == DISSENT:
            said.dissents.append(ProtocolDissent(name, word, text))
        else:
            said.absences.append(ProtocolAbsence(name, word, text))
    return found


def _rows(meeting: Meeting) -> Any:
    """Return kind, key, item, name, text, whether it was followed, and why or of which sort."""
    unknown = Value(None, output_field=BooleanField())
    own = {"item__meeting": meeting}
    advice = Advice.objects.filter(**own).order_by()
    dissents = Dissent.objects.filter(**own).order_by()
    absences = Absence.objects.filter(**own).order_by()
    who = "attendance__person__name"
    return advice.values_list(
        Value(ADVICE), "pk", "item", "person__name", "text", "followed", "because"
    ).union(
        dissents.values_list(Value(DISSENT), "pk", "item", who, "text", unknown, "kind"),
        absences.values_list(Value(ABSENCE), "pk", "item", who, "note", unknown, "ground"),
        all=True,
    )


def _order(row: tuple[Any, ...]) -> tuple[str, int]:
    return row[0], row[1]


ITEM = "meetings.agendaitem"  # how the chain and the tasks name an agenda item


@dataclass(frozen=True, slots=True)
class Recorded:
    """Everything recorded of a meeting, as rows; `said` and `tasks` by the item's key.

    Each attendance knows whether its person `has_read` the minutes in review.
    """

    attendances: Sequence[Attendance]
    items: Sequence[AgendaItem]
    said: Mapping[int, ItemNotes]
    tasks: Mapping[int, list[Task]]


def recorded_of(meeting: Meeting) -> Recorded:
    """Fetch everything recorded of the meeting; five queries, however long it was."""
    read = Review.objects.filter(minutes__meeting=meeting, person=OuterRef("person"))
    attendances = meeting.attendances.annotate(has_read=Exists(read))
    items = list(_items_of(meeting))
    return Recorded(
        attendances=list(attendances.select_related("person", "seat")),
        items=items,
        said=said_by_item(meeting),
        tasks=_tasks_by_item(items),
    )


def protocol_of(
    meeting: Meeting, recorded: Recorded | None = None, *, municipality: str = ""
) -> Protocol:
    """Return everything of the meeting's minutes, closed items too, as recorded now.

    Six queries; none where the rows and the name of the municipality are given.
    """
    recorded = recorded or recorded_of(meeting)
    attendances = recorded.attendances
    leader = next((one for one in attendances if one.person_id == meeting.led_by_id), None)
    return Protocol(
        municipality=municipality or Municipality.current().name,
        committee=meeting.committee.name,
        number=meeting.label,
        starts_at=timezone.localtime(meeting.starts_at),
        ends_at=timezone.localtime(meeting.ends_at),
        made_at=timezone.localtime(),
        opened_at=timezone.localtime(meeting.opened_at) if meeting.opened_at else None,
        closed_at=timezone.localtime(meeting.closed_at) if meeting.closed_at else None,
        place=meeting.place,
        link=meeting.link,
        led_by=leader.person.name if leader else "",
        led_by_capacity=_role(leader) if leader else "",
        secretary=_secretary(attendances),
        quorum_text=quorum_text(meeting, attendances),
        people=_people(attendances),
        items=tuple(_item(item, recorded) for item in recorded.items),
        status="in_review" if meeting.state == Meeting.State.IN_REVIEW else "draft",
        case_number=meeting.case_number,
        kle_number=meeting.kle_number,
        language=get_language() or "da",
    )


def _items_of(meeting: Meeting) -> Any:
    files = Prefetch("attachments", Attachment.objects.select_related("file"))
    rows = meeting.items.select_related("clause", "meeting", "proceedings").select_related(
        "carried_from__meeting", "carried_from__proceedings"
    )
    return rows.prefetch_related(files)


def _tasks_by_item(items: Sequence[AgendaItem]) -> Mapping[int, list[Task]]:
    """Return the tasks born at each item, then those it chose for a quarter; one query."""
    keys = [str(item.pk) for item in items]
    here = Q(quarters__born_kind=ITEM, quarters__born_id__in=keys)
    rows = Task.objects.annotate(choice=FilteredRelation("quarters", condition=here))
    rows = rows.annotate(chosen_at=F("choice__born_id"))
    concerned = rows.filter(Q(born_kind=ITEM, born_id__in=keys) | Q(chosen_at__isnull=False))
    tasks: list[Any] = list(concerned.select_related("owner").order_by("due", "pk"))
    found: dict[int, dict[int, Task]] = defaultdict(dict)
    for task in tasks:
        if task.born_kind == ITEM and task.born_id in keys:
            found[int(task.born_id)][task.pk] = task
    for task in tasks:
        if task.chosen_at:
            found[int(task.chosen_at)].setdefault(task.pk, task)
    return {key: list(own.values()) for key, own in found.items()}


def _secretary(attendances: Sequence[Attendance]) -> str:
    there = [one for one in attendances if one.is_present and one.seat]
    secretary = (one for one in there if one.seat and one.seat.role == Clause.Role.SECRETARY)
    found = next(secretary, None)
    return found.person.name if found else ""


def _role(attendance: Attendance) -> str:
    role = str(attendance.seat.get_role_display()) if attendance.seat else ""
    if attendance.capacity == Attendance.Capacity.DEPUTY:
        return _("Deputy for: %(role)s") % {"role": role}
    return role


def _people(attendances: Sequence[Attendance]) -> tuple[ProtocolPerson, ...]:
    holders = {
        one.seat_id: one.person.name
        for one in attendances
        if one.capacity == Attendance.Capacity.HOLDER
    }
    shown = [
        one
        for one in attendances
        if one.capacity != Attendance.Capacity.DEPUTY or one.is_present or one.stands_in
    ]
    return tuple(_person(one, holders) for one in shown)


def _person(attendance: Attendance, holders: Mapping[int | None, str]) -> ProtocolPerson:
    is_deputy = attendance.capacity == Attendance.Capacity.DEPUTY
    capacities: dict[str, Any] = {"deputy": "deputy", "guest": "guest"}
    apologised = attendance.answer == Attendance.Answer.DECLINED
    presence: Any = "present" if attendance.is_present else "apology" if apologised else "absent"
    return ProtocolPerson(
        name=attendance.person.name,
        function=attendance.seat.function if attendance.seat else attendance.person.job_title,
        role=str(attendance.seat.get_role_display()) if attendance.seat else "",
        capacity=capacities.get(attendance.capacity, ""),
        stands_in_for=holders.get(attendance.seat_id, "") if is_deputy else "",
        presence=presence,
        has_vote=attendance.has_vote,
    )


def _item(item: AgendaItem, of_meeting: Recorded) -> ProtocolItem:
    recorded = item.recorded or Proceedings(item=item)
    said = of_meeting.said.get(item.pk, ItemNotes())
    tasks = of_meeting.tasks.get(item.pk, [])
    return ProtocolItem(
        number=item.label or str(item.position),
        title=item.title,
        type_label=str(item.get_type_display()),
        recommendation_html=item.recommendation,
        presentation_html=item.told_presentation,
        register_html=facts_html(item.facts),
        discussion_html=recorded.discussion,
        outcome=str(recorded.get_outcome_display()) if recorded.outcome else "",
        decision_html=recorded.decision,
        weighings=weighings_of(recorded),
        advice=tuple(said.advice),
        dissents=tuple(said.dissents),
        absences=tuple(said.absences),
        tasks=tuple(_task(task, item) for task in tasks),
        attachments=tuple(
            ProtocolFile(one.name, one.file.sha256, one.file.size, one.file.media_type)
            for one in item.attachments.all()
        ),
        is_closed=item.is_closed,
        closed_ground=item.closed_ground,
        late_because=item.late_because,
        withdrawn_because=item.withdrawn_because,
        carried=_carried(item),
        not_discussed=recorded.not_discussed,
        nothing_new=f"{item.nothing_new_label}." if recorded.nothing_new else "",
    )


def _task(task: Task, item: AgendaItem) -> ProtocolTask:
    """Return the task as the item's readers may know it: one of a closed item has no title, and
    one that it only chose, and that was there before the meeting, says since when."""
    if task.is_closed and not item.is_closed:
        return ProtocolTask(_("A task from a closed item"), "–", task.due)
    title, given = task.title, timezone.localdate(task.created_at)
    is_own = (task.born_kind, task.born_id) == (ITEM, str(item.pk))
    if not is_own and given < timezone.localdate(item.meeting.starts_at):
        title = _("%(title)s (given on %(day)s)") % {"title": title, "day": day(given)}
    return ProtocolTask(title, task.owner.name, task.due)


def weighings_of(recorded: Weighing) -> tuple[ProtocolWeighing, ...]:
    """Return the aspects that were weighed, worded."""
    rows = []
    for aspect in recorded.ASPECTS:
        choice = getattr(recorded, aspect)
        text = getattr(recorded, f"{aspect}_text")
        if choice or text:
            label = str(recorded.aspect(aspect).verbose_name)
            shown = str(getattr(recorded, f"get_{aspect}_display")()) if choice else ""
            rows.append(ProtocolWeighing(label, shown, text))
    return tuple(rows)


def _carried(item: AgendaItem) -> str:
    earlier = item.carried_from
    if earlier is None:
        return ""
    number = {"number": earlier.label or str(earlier.meeting)}
    if earlier.goes_on:
        return _("Continued from item %(number)s") % number
    return _("Follows up item %(number)s") % number
