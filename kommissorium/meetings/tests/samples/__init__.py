"""A planned meeting, and what closed items are made of."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from kommissorium.conftest import Cast, in_days, plan
from kommissorium.core.tests.samples import Samples, secret
from kommissorium.meetings.actions.agenda import add_item, attach
from kommissorium.meetings.actions.calendar import plan_meeting
from kommissorium.meetings.actions.reading import ask_question, mark_item, write_note
from kommissorium.meetings.models import AgendaItem, Meeting
from kommissorium.tasks.actions import give_task
from kommissorium.tasks.models import Task


def add(samples: Samples, cast: Cast) -> None:
    """Name a planned meeting, and an open and a closed item of it with a file each."""
    meeting = plan(cast)
    opened = meeting.items.get(position=1)
    closed = closed_item(cast, meeting)
    one = attach(opened, by=cast.coordinator, name="bilag.txt", data=b"open")
    other = closed.attachments.get()
    samples.add(
        "meeting meeting_edit meeting_cancellation meeting_call meeting_changes meeting_registers "
        "meeting_answers meeting_calendar meeting_history items_order item_add",
        pk=meeting.pk,
    )
    samples.add("meeting_pack", pk=meeting.pk, form="pdf")
    samples.add("late_item_add/planned minutes/planned meeting_handover/planned", pk=meeting.pk)
    samples.add("item_restore", pk=meeting.pk, clause=opened.clause_id)
    samples.add("agenda_item item_edit item_removal item_position", pk=opened.pk)
    for name in ("agenda_item", "item_edit", "item_removal", "item_position"):
        samples.add(f"{name}/closed", pk=closed.pk)
    samples.add("meeting_read meeting_read_copy meeting_worker", pk=meeting.pk)
    read(samples, cast, opened, "", "Hvad koster det?")
    read(samples, cast, closed, "/closed", secret("spørgsmål"))
    samples.add("attachment attachment_removal", pk=one.pk)
    samples.add("attachment/closed attachment_removal/closed", pk=other.pk)


def read(samples: Samples, cast: Cast, item: AgendaItem, variant: str, words: str) -> None:
    """Name what is done by who reads an item: the member has read it, asked, and noted something."""
    mark_item(item, by=cast.member, mark="read")
    write_note(item, by=cast.member, text=words)
    question = ask_question(item, by=cast.member, text=words)
    for name in ("item_mark", "item_note", "item_question_add"):
        samples.add(f"{name}{variant}", pk=item.pk)
    samples.add(f"item_question_answer{variant}", pk=question.pk)


def planned(cast: Cast, days: int) -> Meeting:
    """Plan a meeting in so many days."""
    return plan_meeting(
        cast.committee,
        by=cast.coordinator,
        starts_at=in_days(days, 13),
        ends_at=in_days(days, 15),
        place="Rådhuset, mødelokale 2",
    )


def closed_item(cast: Cast, meeting: Meeting) -> AgendaItem:
    """Put a closed item on the agenda of a planned meeting, with a file."""
    item = add_item(
        meeting,
        by=cast.coordinator,
        title=secret("titel"),
        type="decision",
        presentation=f"<p>{secret('fremstilling')}</p>",
        recommendation=f"<p>{secret('indstilling')}</p>",
        is_closed=True,
        closed_ground=secret("grund"),
    )
    attach(item, by=cast.coordinator, name=f"{secret('bilag')}.txt", data=secret("fil").encode())
    return item


def born_task(cast: Cast, item: AgendaItem, title: str) -> Task:
    """Give the member a task that comes from the item."""
    return give_task(
        by=cast.coordinator,
        title=title,
        description=title,
        owner=cast.member,
        due=timezone.localdate() + timedelta(days=20),
        committee=cast.committee,
        born=item,
        born_link=item.get_absolute_url(),
        is_closed=item.is_closed,
    )
