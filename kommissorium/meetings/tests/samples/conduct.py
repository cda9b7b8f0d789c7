"""Notes taken while a meeting is held, on open items and on the closed one."""

from __future__ import annotations

from dataclasses import dataclass

from kommissorium.conftest import Cast
from kommissorium.core.tests.samples import Samples, secret
from kommissorium.meetings.actions.advice import answer_advice, give_advice, note_advice
from kommissorium.meetings.actions.attendance import note_absence, note_presence
from kommissorium.meetings.actions.proceedings import note_dissent, save_field
from kommissorium.meetings.conduct_page import coming_quarter
from kommissorium.meetings.models import Absence, Advice, AgendaItem, Dissent, Meeting
from kommissorium.meetings.tests.samples import born_task
from kommissorium.tasks.actions import choose_for_quarter
from kommissorium.tasks.models import QuarterTask, Task

TEXTS = ("discussion", "decision", "security_text")
ADDING = (
    "recommendation_use",
    "absence_add",
    "dissent_add",
    "item_task_add",
    "choice_add",
    "row_choices",
    "spoken_advice_add",
    "advice_add",
)


@dataclass(frozen=True)
class Noted:
    """Notes on an item."""

    absence: Absence
    dissent: Dissent
    advice: Advice


def add(samples: Samples, cast: Cast, meeting: Meeting) -> None:
    """Name what is done at a called meeting with three closed items: two new, one carried."""
    first, second, third = meeting.items.filter(number__in=[1, 2, 3]).order_by("number")
    noted, spare, carried = _closed(meeting)
    names = "conduct meeting_opening all_present meeting_screen meeting_screen_part meeting_end"
    samples.add(names, pk=meeting.pk)
    samples.add("conduct_item", pk=meeting.pk, number=first.number)
    samples.add("conduct_item/closed", pk=meeting.pk, number=noted.number)
    samples.add("attendance_presence", pk=meeting.attendances.get(person=cast.deputy).pk)
    samples.add("field_save", pk=first.pk, field="discussion")
    samples.add("field_save/closed", pk=noted.pk, field="discussion")
    for name in ADDING:
        samples.add(name, pk=first.pk)
        samples.add(f"{name}/closed", pk=carried.pk)
    _name(samples, "", note(cast, second, "Åbent"))
    _name(samples, "/closed", note(cast, noted, secret("ord")))
    for variant, item in (("", third), ("/closed", spare)):
        word = secret("råd") if item.is_closed else "Et råd"
        spoken = note_advice(item, by=cast.coordinator, person=cast.dpo, text=word)
        samples.add(f"spoken_advice_removal{variant}", pk=spoken.pk)
    _choices(samples, cast, meeting, noted)


def _closed(meeting: Meeting) -> tuple[AgendaItem, AgendaItem, AgendaItem]:
    standing = meeting.items.standing().filter(is_closed=True).order_by("number")
    new = standing.filter(carried_from=None)
    carried = standing.filter(carried_from__isnull=False, title=secret("udsat"))
    return new[0], new[1], carried[0]


def _name(samples: Samples, variant: str, noted: Noted) -> None:
    samples.add(f"absence_removal{variant}", pk=noted.absence.pk)
    samples.add(f"dissent_removal{variant}", pk=noted.dissent.pk)
    for name in ("advice_edit", "advice_withdrawal", "advice_answer"):
        samples.add(f"{name}{variant}", pk=noted.advice.pk)


def note(cast: Cast, item: AgendaItem, words: str) -> Noted:
    """Note of an item what was said, who was away, who dissented, and the advice of the DPO."""
    by = cast.coordinator
    people = {one.person_id: one for one in item.meeting.attendances.all()}
    for person in (cast.member, cast.head_of_it):
        note_presence(people[person.pk], by=by, presence="present")
    for field in TEXTS:
        save_field(item, field, words, by=by, version=0)
    advice = give_advice(item, by=cast.dpo, text=words)
    answer_advice(advice, by=by, followed=False, because=words)
    return Noted(
        absence=note_absence(
            item, people[cast.head_of_it.pk], by=by, ground="conflict", note=words
        ),
        dissent=note_dissent(item, people[cast.member.pk], by=by, kind="dissent", text=words),
        advice=advice,
    )


def choose(cast: Cast, meeting: Meeting, tasks: list[Task]) -> list[QuarterTask]:
    """Choose tasks for the coming quarter at the item for that, which is open."""
    item = meeting.items.get(clause__measure="agenda_coming_tasks")
    quarter = coming_quarter(meeting)
    return choose_for_quarter(cast.committee, quarter, tasks, by=cast.coordinator, born=item)


def _choices(samples: Samples, cast: Cast, meeting: Meeting, closed: AgendaItem) -> None:
    """Let a task of an open and one of a closed item be chosen at the item for that."""
    item = meeting.items.get(clause__measure="agenda_coming_tasks")
    tasks = [born_task(cast, item, "Ryd op"), born_task(cast, closed, secret("ny"))]
    chosen, hidden = choose(cast, meeting, tasks)
    samples.add("choice_removal", pk=item.pk, choice=chosen.pk)
    samples.add("choice_removal/closed", pk=closed.pk, choice=hidden.pk)
