"""Register a meeting that was held without the program, and take that back.

What was registered is settled at once, as approved minutes are. A mistake is taken back with a
reason and registered anew: nothing is changed or lost, and the chain tells of both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person, held_on
from kommissorium.committees.models import Clause, Committee, Holding
from kommissorium.core.cleaning import clean_line, clean_reason
from kommissorium.core.evidence.actions import freeze, record
from kommissorium.core.evidence.models import Record
from kommissorium.core.files.file_types import MAGIC, OFFICE, clean_name
from kommissorium.core.files.models import StoredFile
from kommissorium.core.refusals import Refused
from kommissorium.core.richtext import is_empty, one_line, sanitise
from kommissorium.meetings.actions.agenda import MOST_ITEMS, refuse_no_ground
from kommissorium.meetings.actions.calendar import TITLE_LENGTH, item_title
from kommissorium.meetings.actions.committee_lock import lock_committee, next_earlier_number
from kommissorium.meetings.actions.decisions import write_decisions
from kommissorium.meetings.earlier_record import record_content, registered_facts
from kommissorium.meetings.models import (
    AgendaItem,
    Attendance,
    Meeting,
    Outcome,
    Proceedings,
    Registration,
    Weighing,
)
from kommissorium.tasks.actions import give_task
from kommissorium.tasks.models import Task

KIND = "meetings.earlier_meeting"  # the kind of record
FIRST_DAY = date(1990, 1, 1)
MINUTES_TYPES = (MAGIC["pdf"][1], OFFICE["docx"][0])
Type = AgendaItem.Type


@dataclass(frozen=True, slots=True)
class EarlierItem:
    """One item: of the mandate or with a title of its own, and what was decided, if anything."""

    clause: Clause | None = None
    title: str = ""
    outcome: str = ""
    text: str = ""  # rich text, or as typed
    is_closed: bool = False
    closed_ground: str = ""
    weighing: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EarlierTask:
    """A task that was given at the meeting and is still to be done."""

    title: str
    owner: Person | None
    due: date


@dataclass(frozen=True, slots=True)
class EarlierMeeting:
    """A meeting that was held earlier: its day and minutes, and whatever else is known of it."""

    day: date
    file: StoredFile
    file_name: str
    start: time | None = None
    place: str = ""
    own_number: str = ""
    present: Sequence[Person] = ()
    others_present: str = ""
    items: Sequence[EarlierItem] = ()
    tasks: Sequence[EarlierTask] = ()


@transaction.atomic
def register_earlier_meeting(committee: Committee, held: EarlierMeeting, *, by: Person) -> Meeting:
    """Register a meeting of a day that is over: its minutes, who was there, what was decided.

    Nobody is called, invited or told. Raises Refused for a day to come, before 1990 or with a
    meeting already, for minutes that are neither PDF nor Word, for an item without a title or of
    another mandate, and for what is decided without an outcome.
    """
    if not committee.can_be_prepared_by(by):
        raise PermissionDenied
    _refuse_day(held.day)
    _refuse_file(held.file)
    number = next_earlier_number(committee, held.day.year)  # locks the committee
    _refuse_second(committee, held.day)
    meeting = _begin(committee, held)
    _write_items(meeting, held.items)
    _write_present(meeting, held)
    meeting = _register(meeting, number)
    _give_tasks(meeting, held.tasks, by)
    frozen = _freeze(meeting, held, by)
    Registration.objects.create(
        meeting=meeting,
        by=by,
        own_number=clean_line(held.own_number, "own_number", 40),
        others_present=clean_line(held.others_present, "others_present", 500),
        file=held.file,
        file_name=clean_name(held.file_name),
        record=frozen,
    )
    write_decisions(meeting, frozen, by=by)
    told = registered_facts(meeting)
    record("meetings.earlier_meeting_registered", meeting, by=by, facts=told)
    return meeting


@transaction.atomic
def withdraw_earlier_meeting(registration: Registration, *, by: Person, because: str) -> None:
    """Take a registration back with a reason: its decisions no longer stand, all can still be read.

    The day can then be registered anew. Raises Refused without a reason, and while a task that
    was given with it is open.
    """
    if not registration.can_be_withdrawn_by(by):
        raise PermissionDenied
    because = clean_reason(because)
    meeting = registration.meeting
    lock_committee(meeting.committee)
    if tasks_of(meeting).open().exists():
        text = _("A task that was given with the meeting is open. Finish or drop it first.")
        raise Refused(because=text)
    row = Meeting.objects.filter(pk=meeting.pk, state=Meeting.State.REGISTERED)
    values = {"state": Meeting.State.CANCELLED, "cancelled_because": because[:300]}
    if not row.update(**values, edit_version=F("edit_version") + 1):
        raise Refused(_("Somebody else has taken it back meanwhile."))
    meeting.refresh_from_db()
    told = {"number": meeting.label, "because": because}
    record("meetings.earlier_meeting_withdrawn", meeting, by=by, facts=told)


def tasks_of(meeting: Meeting) -> Any:
    """Return the tasks that were given with an earlier meeting."""
    return Task.objects.born_at("meetings.meeting", [str(meeting.pk)])


def _refuse_day(day: date) -> None:
    if day >= timezone.localdate():
        raise Refused(day=_("Only a meeting that has been held can be registered."))
    if day < FIRST_DAY:
        raise Refused(day=_("Choose a day after 1989."))


def _refuse_file(file: StoredFile) -> None:
    if file.media_type not in MINUTES_TYPES:
        raise Refused(file=_("The minutes must be a PDF or Word file (.docx)."))


def _refuse_second(committee: Committee, day: date) -> None:
    kept = committee.meetings.exclude(state=Meeting.State.CANCELLED)
    there = kept.filter(starts_at__date=day).first()
    if there:
        text = _("The committee has a meeting on %(day)s already. Choose another day.")
        raise Refused(day=text % {"day": date_format(day)})


def _begin(committee: Committee, held: EarlierMeeting) -> Meeting:
    """Make the row. It is settled last: a settled meeting takes no items any more."""
    starts_at = timezone.make_aware(datetime.combine(held.day, held.start or time.min))
    return Meeting.objects.create(
        committee=committee,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=committee.minutes),
        place=clean_line(held.place, "place", 200),
    )


def _register(meeting: Meeting, number: int) -> Meeting:
    Meeting.objects.filter(pk=meeting.pk).update(
        state=Meeting.State.REGISTERED,
        registered_at=timezone.now(),
        year=timezone.localdate(meeting.starts_at).year,
        number=number,
    )
    return Meeting.objects.select_related("committee").get(pk=meeting.pk)


def _write_items(meeting: Meeting, items: Sequence[EarlierItem]) -> None:
    if len(items) > MOST_ITEMS:
        raise Refused(_("An agenda can hold 100 items. Remove one first."))
    for number, given in enumerate(items, 1):
        _refuse_item(meeting.committee, given)
        title = one_line(given.title) or item_title(given.clause.text if given.clause else "")
        item = AgendaItem.objects.create(
            meeting=meeting,
            clause=given.clause,
            position=number,
            number=number,
            title=title[:TITLE_LENGTH],
            type=Type.DECISION if given.outcome else Type.INFORMATION,
            is_closed=given.is_closed,
            closed_ground=one_line(given.closed_ground) if given.is_closed else "",
        )
        if given.outcome:
            weighing = {name: given.weighing.get(name, "") for name in WEIGHED}
            text = "" if is_empty(given.text) else sanitise(given.text)
            values = {"outcome": given.outcome, "decision": text, **weighing}
            Proceedings.objects.create(item=item, **values)


WEIGHED = [name for aspect in Weighing.ASPECTS for name in (aspect, f"{aspect}_text")]


def _refuse_item(committee: Committee, given: EarlierItem) -> None:
    clause = given.clause
    refuse_no_ground(is_closed=given.is_closed, ground=given.closed_ground)
    if clause is None and not one_line(given.title):
        raise Refused(title=_("Choose an item of the mandate, or write a title."))
    if clause and (clause.kind != Clause.Kind.AGENDA or not _is_of(clause, committee)):
        raise Refused(clause=_("The mandate has no such agenda item."))
    if given.outcome and given.outcome not in Outcome.values:
        raise Refused(outcome=_("Choose one of the options."))
    if not given.outcome and not is_empty(given.text):
        raise Refused(outcome=_("Choose one of the options."))
    if given.outcome and clause and not AgendaItem(clause=clause).takes_decisions:
        raise Refused(outcome=_("Nothing can be decided under any other business. Add an item."))
    for aspect in Weighing.ASPECTS:
        choices = {value for value, _label in Proceedings.aspect(aspect).flatchoices}
        if given.weighing.get(aspect, "") not in {"", *choices}:
            raise Refused(**{aspect: _("Choose one of the options.")})


def _is_of(clause: Clause, committee: Committee) -> bool:
    return clause.mandate.committee_id == committee.pk and clause.mandate.is_approved


def _write_present(meeting: Meeting, held: EarlierMeeting) -> None:
    """Note who was there, each with the seat of that day, else with the one held since."""
    holdings = Holding.objects.filter(seat__committee=meeting.committee_id, person__in=held.present)
    then = set(holdings.filter(held_on(held.day)).values_list("pk", flat=True))
    held_by: dict[int, Holding] = {}
    for one in sorted(holdings, key=lambda one: (one.pk not in then, -one.from_date.toordinal())):
        held_by.setdefault(one.person_id, one)
    for person in dict.fromkeys(held.present):
        found = held_by.get(person.pk)
        Attendance.objects.create(
            meeting=meeting,
            person=person,
            seat_id=found.seat_id if found else None,
            capacity=found.capacity if found else Attendance.Capacity.GUEST,
            presence=Attendance.Presence.PRESENT,
        )


def _give_tasks(meeting: Meeting, tasks: Sequence[EarlierTask], by: Person) -> None:
    # A task may tell of any of the items: with a closed one among them it is not for all.
    is_closed = meeting.items.filter(is_closed=True).exists()
    for given in tasks:
        give_task(
            by=by,
            title=given.title,
            owner=given.owner,
            due=given.due,
            committee=meeting.committee,
            born=meeting,
            born_link=meeting.get_absolute_url(),
            is_closed=is_closed,
        )


def _freeze(meeting: Meeting, held: EarlierMeeting, by: Person) -> Record:
    content = record_content(
        meeting,
        own_number=one_line(held.own_number),
        others_present=one_line(held.others_present),
        file=held.file,
        file_name=clean_name(held.file_name),
        tasks=held.tasks,
    )
    return freeze(KIND, meeting, by=by, content=content)
