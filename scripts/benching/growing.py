"""Grow a demonstration to many times its size: `growing.py DATA TIMES`.

Once its size gives it a draft of a mandate alone, which the demonstration lacks. More copies what
grows over the years in a municipality: people and past holdings of seats, approved versions of
mandates, meetings with what they recorded and decided, tasks, the registers, and the events about
all of them.
Committees and seats stay as they are, and so does the next meeting. Rows are copied behind the
actions' back, for speed; the chain is written by its own functions and holds afterwards.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

os.environ["KOMMISSORIUM_DATA"] = sys.argv[1]
os.environ["DJANGO_SETTINGS_MODULE"] = "kommissorium.config.settings"

import django

# Run as a program of its own, it finds its neighbours one folder up.
sys.path.append(str(Path(__file__).resolve().parents[1]))
django.setup()

from allauth.account.models import EmailAddress  # noqa: E402
from django.apps import apps  # noqa: E402
from django.db import models, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from kommissorium.accounts.models import OrganisationRole, Person  # noqa: E402
from kommissorium.committees.actions.mandates import draft_mandate  # noqa: E402
from kommissorium.committees.models import Clause, Holding, Mandate  # noqa: E402
from kommissorium.committees.reader import builtin, read_text  # noqa: E402
from kommissorium.config.tests.rooms import brought  # noqa: E402
from kommissorium.core.evidence.actions import freeze, record  # noqa: E402
from kommissorium.core.evidence.models import Event, reference  # noqa: E402
from kommissorium.meetings.models import (  # noqa: E402
    Absence,
    Advice,
    AgendaItem,
    Attachment,
    Attendance,
    Decision,
    Dissent,
    Meeting,
    Proceedings,
)
from kommissorium.tasks.models import Ending, QuarterTask, Task  # noqa: E402

# Copies of a meeting registered afterwards are ordinary ones, numbered after those of the year.
OF_EARLIER = 50
SEALING = "core.record_frozen"  # only freeze() writes these
type Change = Callable[[Any, int], None]


@dataclass(frozen=True)
class Writer:
    """An actor of the chain."""

    pseudonym: UUID


class Growth:
    """Makes copies number 1 and up of the existing rows, and knows which is a copy of which."""

    def __init__(self, times: int) -> None:
        self.numbers = range(1, times)
        self.copy_of: dict[tuple[str, str, int], int] = {}

    def copy(self, rows: Iterable[models.Model], change: Change) -> list[Any]:
        """Insert copies of all rows; `change` sees each one and its number first."""
        olds, news = [], []
        for row in rows:
            for number in self.numbers:
                new = _twin(row)
                change(new, number)
                olds.append((*reference(row), number))
                news.append(new)
        if not news:
            return []
        made = type(news[0])._default_manager.bulk_create(news)  # noqa: SLF001 Django's API
        self.copy_of |= {old: new.pk for old, new in zip(olds, made, strict=True)}
        return list(made)

    def of(self, model: type[models.Model], key: int, number: int) -> int:
        """Return the key of that copy of a row."""
        return self.copy_of[model._meta.label_lower, str(key), number]  # noqa: SLF001 Django's API


def grow(times: int) -> None:
    growth = Growth(times)
    events = list(Event.objects.order_by("seq"))
    with transaction.atomic():
        if not Mandate.objects.filter(approved_at=None).exists():
            _draft()
        if not growth.numbers:
            return
        _people(growth)
        _mandates(growth)
        _meetings(growth)
        for register in brought("bench").values():
            if hasattr(register, "grow"):
                register.grow(growth)
        _events(growth, events)


def _draft() -> None:
    text = builtin("da")
    coordinator = Person.objects.with_role(OrganisationRole.Kind.COORDINATOR, timezone.localdate())[
        0
    ]
    meeting = Meeting.objects.coming()[0]
    draft_mandate(meeting.committee, read_text(text), by=coordinator, source_text=text)


def _people(growth: Growth) -> None:
    def person(row: Person, number: int) -> None:
        row.pseudonym = uuid4()
        row.name = f"{row.name} {number}"
        row.email = row.email and f"{number}.{row.email}"

    def belongs(row: Any, number: int, field: str = "person_id") -> None:
        setattr(row, field, growth.of(Person, getattr(row, field), number))

    def address(row: Any, number: int) -> None:
        belongs(row, number, "user_id")
        row.email = f"{number}.{row.email}"

    growth.copy(Person.objects.all(), person)
    growth.copy(EmailAddress.objects.all(), address)
    growth.copy(OrganisationRole.objects.all(), belongs)
    growth.copy(Holding.objects.filter(to_date__lt=timezone.localdate()), belongs)


def _mandates(growth: Growth) -> None:
    """Copy approved versions, each some weeks older, so that the one in force stays in force."""
    mandates = list(Mandate.objects.approved().order_by("version").select_related("record"))
    seals = [(mandate.approved_at, mandate.record) for mandate in mandates]
    versions = {one.committee_id: one.version for one in Mandate.objects.order_by("version")}

    def draft(row: Mandate, number: int) -> None:
        versions[row.committee_id] += 1
        row.version = versions[row.committee_id]
        if row.effective_from:
            row.effective_from -= timedelta(weeks=number)
        # A frozen one would take no clauses.
        row.approved_at = row.record = None

    def clause(row: Clause, number: int) -> None:
        row.mandate_id = growth.of(Mandate, row.mandate_id, number)

    copies = growth.copy(mandates, draft)
    growth.copy(Clause.objects.filter(mandate__in=mandates), clause)
    for place, made in enumerate(copies):
        made.approved_at, seal = seals[place // len(growth.numbers)]
        if seal is None:
            raise LookupError("an approved mandate has its record")
        made.record = freeze(seal.kind, made, by=None, content=json.loads(seal.content))
    Mandate.objects.bulk_update(copies, ["approved_at", "record"])


def _meetings(growth: Growth) -> None:
    now = timezone.now()
    meetings = list(Meeting.objects.all())

    def meeting(row: Meeting, number: int) -> None:
        # A week and a minute further from today each: no two begin at the same moment.
        away = number * timedelta(weeks=1, minutes=1) * (-1 if row.ends_at < now else 1)
        row.starts_at += away
        row.ends_at += away
        row.uid = uuid4()
        _renumber(row, number)

    def item(row: AgendaItem, number: int) -> None:
        row.meeting_id = growth.of(Meeting, row.meeting_id, number)
        row.carried_from = row.origin = None

    def of_item(row: Any, number: int) -> None:
        row.item_id = growth.of(AgendaItem, row.item_id, number)

    def of_meeting(row: Any, number: int) -> None:
        row.meeting_id = growth.of(Meeting, row.meeting_id, number)

    def at_item(row: Any, number: int) -> None:
        of_item(row, number)
        row.attendance_id = growth.of(Attendance, row.attendance_id, number)

    copies = growth.copy(meetings, meeting)
    growth.copy(AgendaItem.objects.all(), item)
    growth.copy(Attachment.objects.all(), of_item)
    growth.copy(Attendance.objects.all(), of_meeting)
    growth.copy(Proceedings.objects.all(), of_item)
    growth.copy(Advice.objects.all(), of_item)
    growth.copy(Absence.objects.all(), at_item)
    growth.copy(Dissent.objects.all(), at_item)
    _decisions(growth)
    _tasks(growth)
    # Nothing of the copies waits for anybody, and they have no minutes of their own.
    for made in copies:
        if made.number:
            made.state = Meeting.State.CONFIRMED
    Meeting.objects.bulk_update(copies, ["state"])


def _renumber(row: Meeting, number: int) -> None:
    """Give a copy a number of its own and a state in which it accepts items."""
    if row.number:
        row.number += 100 * number + (OF_EARLIER if row.registered_at else 0)
        row.registered_at = None
        # Closed ones would take no items; they are closed at the end.
        row.state = Meeting.State.HELD
    elif row.state == Meeting.State.CANCELLED:
        row.state = Meeting.State.PLANNED


def _decisions(growth: Growth) -> None:
    def decision(row: Decision, number: int) -> None:
        if row.item_id is None or row.meeting_id is None:
            row.number = f"{row.number}.{number}"
            return
        row.meeting_id = growth.of(Meeting, row.meeting_id, number)
        row.item_id = growth.of(AgendaItem, row.item_id, number)
        year, rest = row.number.split("/")
        of_year, of_meeting = rest.split("-")
        place = int(of_year.removeprefix("T")) + OF_EARLIER * of_year.startswith("T")
        row.number = f"{year}/{place + 100 * number}-{of_meeting}"

    growth.copy(Decision.objects.all(), decision)


def _tasks(growth: Growth) -> None:
    def task(row: Task, number: int) -> None:
        if row.born_kind == "meetings.agendaitem":
            row.born_id = str(growth.of(AgendaItem, int(row.born_id), number))

    def of_task(row: Any, number: int) -> None:
        row.task_id = growth.of(Task, row.task_id, number)

    growth.copy(Task.objects.all(), task)
    growth.copy(Ending.objects.all(), of_task)
    growth.copy(QuarterTask.objects.all(), of_task)


def _events(growth: Growth, events: list[Event]) -> None:
    told = [(event, json.loads(event.facts)) for event in events if event.act != SEALING]
    for number in growth.numbers:
        for event, facts in told:
            key = growth.copy_of.get((event.object_kind, event.object_id, number), event.object_id)
            subject = apps.get_model(event.object_kind)(pk=key)
            by = None if event.actor == "system" else Writer(UUID(event.actor))
            record(event.act, subject, by=by, facts=facts)


def _twin(row: models.Model) -> models.Model:
    fields = row._meta.concrete_fields  # noqa: SLF001 Django's API
    return type(row)(**{f.attname: getattr(row, f.attname) for f in fields if not f.primary_key})


if __name__ == "__main__":
    grow(int(sys.argv[2]))
