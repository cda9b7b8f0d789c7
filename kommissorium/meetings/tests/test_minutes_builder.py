"""The sources of the minutes: each thing once, at its own item, in order."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from kommissorium.conftest import Cast, in_days
from kommissorium.core.ui.localised import day
from kommissorium.meetings.actions.advice import answer_advice, note_advice
from kommissorium.meetings.actions.attendance import note_absence
from kommissorium.meetings.actions.proceedings import choose_at, give_task_at, note_dissent
from kommissorium.meetings.facts import Facts, FactTable, facts_html, from_json, to_json
from kommissorium.meetings.minutes import ProtocolAbsence, ProtocolAdvice, ProtocolDissent
from kommissorium.meetings.minutes_builder import protocol_of, recorded_of
from kommissorium.meetings.models import AgendaItem, Attendance, Meeting
from kommissorium.meetings.tests.minutes_cases import held
from kommissorium.tasks.actions import give_task
from kommissorium.tasks.models import Task

QUARTER, NEXT = date(2027, 1, 1), date(2027, 4, 1)


def test_hints_are_for_who_prepares_and_in_no_document():
    told = FactTable("x", "Forslag", "Tre er åbne.", hint="Vælg blandt dem.")
    kept = to_json(Facts(timezone.now(), (told,)))
    assert from_json(kept).tables == (told,)
    assert "Tre er åbne." in facts_html(kept) and "Vælg" not in facts_html(kept)
    del kept["tables"][0]["hint"]  # of facts that were kept before there were hints
    assert from_json(kept).tables[0].hint == ""


def items_of(meeting: Meeting) -> list[AgendaItem]:
    return list(meeting.items.select_related("clause", "meeting__committee", "proceedings"))


def row_of(cast: Cast, meeting: Meeting, who: str) -> Attendance:
    return meeting.attendances.get(person=cast.who(who))


def give(cast: Cast, item: AgendaItem, title: str, *, days: int) -> Task:
    due = in_days(days, 0).date()
    return give_task_at(item, by=cast.coordinator, title=title, owner=cast.member, due=due)


def test_what_was_said_stands_at_its_own_item_in_the_order_it_was_written(
    cast: Cast, meeting: Meeting
) -> None:
    held(cast, meeting)
    first, second = items_of(meeting)[:2]
    dissent: dict[str, Any] = {"by": cast.coordinator, "kind": "dissent", "text": "For dyrt"}
    note_dissent(first, row_of(cast, meeting, "member"), **dissent)
    reserve = dissent | {"kind": "reservation", "text": "Ikke set"}
    note_dissent(first, row_of(cast, meeting, "chair"), **reserve)
    note_absence(
        second, row_of(cast, meeting, "member"), by=cast.coordinator, ground="left", note="Kl. 14"
    )
    advice = note_advice(second, by=cast.coordinator, person=cast.dpo, text="Vent")
    answer_advice(advice, by=cast.coordinator, followed=False, because="Det haster")
    shown = protocol_of(meeting).items
    assert shown[0].dissents == (
        ProtocolDissent(cast.member.name, "dissent", "For dyrt"),
        ProtocolDissent(cast.chair.name, "reservation", "Ikke set"),
    )
    assert (shown[0].advice, shown[0].absences, shown[1].dissents) == ((), (), ())
    assert shown[1].absences == (ProtocolAbsence(cast.member.name, "left", "Kl. 14"),)
    assert shown[1].advice == (ProtocolAdvice(cast.dpo.name, "Vent", False, "Det haster"),)


def test_tasks_born_at_an_item_come_before_those_it_chose_and_each_stands_once(
    cast: Cast, meeting: Meeting
) -> None:
    held(cast, meeting)
    first, second = items_of(meeting)[:2]
    late, soon = give(cast, first, "Sent", days=90), give(cast, first, "Snart", days=10)
    other = give(cast, second, "Andet", days=50)
    due = in_days(5, 0).date()
    give_task(by=cast.coordinator, title="Uden for", owner=cast.coordinator, due=due)
    choose_at(second, QUARTER, [late, other], by=cast.coordinator)
    choose_at(second, NEXT, [late], by=cast.coordinator)
    shown = protocol_of(meeting).items
    assert [task.title for task in shown[0].tasks] == [soon.title, late.title]
    since = f"{late.title} (givet {day(timezone.localdate())})"
    assert [task.title for task in shown[1].tasks] == [other.title, since]
    assert not any(item.tasks for item in shown[2:])


def test_gathering_asks_no_more_however_much_there_is(
    cast: Cast, meeting: Meeting, django_assert_num_queries: Any
) -> None:
    held(cast, meeting)
    found = Meeting.objects.select_related("committee").get(pk=meeting.pk)
    with django_assert_num_queries(5):
        recorded = recorded_of(found)
    with django_assert_num_queries(0):
        protocol_of(found, recorded, municipality="Tryllerup Kommune")
