"""Drafts for an agenda from minutes, tasks, the calendar and the year wheel, case by case."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.utils import timezone, translation

from kommissorium.accounts.models import Person
from kommissorium.conftest import Cast, in_days
from kommissorium.core.richtext import plain_text
from kommissorium.core.ui.localised import day as day_of
from kommissorium.meetings.actions.calendar import plan_meeting
from kommissorium.meetings.models import Meeting
from kommissorium.registers.agenda import AgendaContext, Draft, Sentence, Source, Weight
from kommissorium.secretariat.agenda_drafts import OWN, drafts_of
from kommissorium.secretariat.agenda_drafts import _texts as texts_of
from kommissorium.secretariat.tests.test_wheel_facts import duty, late
from kommissorium.tasks.actions import choose_for_quarter, finish_task, give_task
from kommissorium.tasks.models import Task
from kommissorium.tasks.quarters import next_quarter, quarter_of
from kommissorium.yearwheel.actions import finish, skip


@pytest.fixture
def cast(cast: Cast) -> Iterator[Cast]:
    Person.objects.update(language="en")
    with translation.override("en"):
        yield cast


def today(days: int = 0) -> date:
    return timezone.localdate() + timedelta(days=days)


def said(meeting: Meeting, measure: str) -> tuple[str, str]:
    """Return the presentation and the recommendation of an item as plain text."""
    item = meeting.items.get(clause__measure=measure)
    found = drafts_of(meeting).get(item.pk)
    return (plain_text(found.presentation), plain_text(found.recommendation)) if found else ("", "")


def task(cast: Cast, title: str, due: date) -> Task:
    given = give_task(
        by=cast.coordinator,
        committee=cast.committee,
        title=title,
        owner=cast.member,
        due=max(due, today(1)),
    )
    Task.objects.filter(pk=given.pk).update(due=due)
    given.refresh_from_db()
    return given


def held(cast: Cast, days_ago: int = 20) -> Meeting:
    begun = timezone.localtime() - timedelta(days=days_ago)
    fields = {"starts_at": begun, "ends_at": begun + timedelta(hours=2), "state": "held"}
    return Meeting.objects.create(
        committee=cast.committee, year=2020, number=100 + days_ago, **fields
    )


def test_tasks_none_one_and_several(cast: Cast, meeting: Meeting) -> None:
    held(cast)
    assert said(meeting, "agenda_ongoing") == ("There is nothing new about the tasks.", "")
    task(cast, "Åben", today(9))
    assert said(meeting, "agenda_ongoing")[0] == "There is nothing new about the tasks."
    one = task(cast, "Gammel", today(-4))
    name, when = cast.member.name, day_of(today(-4))
    assert said(meeting, "agenda_ongoing") == (
        (
            f"The task “Gammel” is overdue: {name} should have done it by {when}. "
            "2 tasks are open; none has been done since the last meeting."
        ),
        (
            "It is recommended that the committee asks whoever has the overdue task to finish it "
            "before the next meeting, or to ask for a new day."
        ),
    )
    finish_task(one, by=cast.member, word="Gjort")
    assert said(meeting, "agenda_ongoing") == (
        "One task has been done since the last meeting; one is open.",
        "It is recommended that the committee takes note of this.",
    )
    for number in (5, 6, 7):
        task(cast, f"Opgave {number}", today(-number))
    told = said(meeting, "agenda_ongoing")[0]
    open_now = Task.objects.filter(state="open")
    overdue = [one for one in open_now if one.due < today()]
    assert told.startswith(f"{len(overdue)} tasks are overdue. The longest overdue is “Opgave 7”")
    assert told.endswith(
        f"One task has been done since the last meeting; {len(open_now)} are open."
    )


def test_coming_tasks_none_one_several_and_those_chosen(cast: Cast, meeting: Meeting) -> None:
    quarter = next_quarter(quarter_of(timezone.localdate(meeting.starts_at)))
    assert said(meeting, "agenda_coming_tasks")[0].startswith("There is no open task to choose")
    assert said(meeting, "agenda_coming_tasks")[1] == ""
    one = task(cast, "Første", today(3))
    told, recommended = said(meeting, "agenda_coming_tasks")
    assert told.startswith("One open task is due before the end of Quarter")
    assert "chooses the tasks of Quarter" in recommended
    task(cast, "Anden", today(5))
    assert "2 open tasks are due" in said(meeting, "agenda_coming_tasks")[0]
    choose_for_quarter(cast.committee, quarter, [one], by=cast.coordinator)
    told = said(meeting, "agenda_coming_tasks")[0]
    assert told.startswith("One open task is due")
    assert "One task has been chosen for Quarter" in told


def test_the_next_meeting_is_named_with_its_place(cast: Cast, meeting: Meeting) -> None:
    told = "No meeting after this one is planned."
    assert said(meeting, "agenda_any_other_business") == (told, "")
    plan_meeting(
        cast.committee,
        by=cast.coordinator,
        starts_at=in_days(90, 13),
        ends_at=in_days(90, 15),
        place="Rådhuset",
    )
    told, recommended = said(meeting, "agenda_any_other_business")
    assert told == f"The next meeting is on {day_of(in_days(90, 13))} at 13:00 (Rådhuset)."
    assert recommended == "", "nothing is decided under any other business"


def test_an_empty_wheel_is_not_spoken_of(meeting: Meeting) -> None:
    assert said(meeting, "agenda_year_wheel") == ("", "")


def test_the_wheel_puts_what_is_long_overdue_before_faults_and_what_was_done(
    cast: Cast, meeting: Meeting
) -> None:
    by = cast.head_of_it
    finish(duty(cast, "gjort", today(3)).occurrences.get(), by=by, result="no_fault")
    told, recommended = said(meeting, "agenda_year_wheel")
    assert told == "One task of the year wheel has been done without faults since the last meeting."
    assert recommended == "It is recommended that the committee takes note of this."
    faulty = duty(cast, "fejl", today(3)).occurrences.get()
    finish(faulty, by=by, result="critical", conclusion="To nøgler mangler")
    skip(duty(cast, "sprunget", today(3)).occurrences.get(), by=by, because="Intet at se")
    late(cast, "lidt sen", 4)
    late(cast, "meget sen", 40)
    told, recommended = said(meeting, "agenda_year_wheel")
    assert told.startswith("2 tasks of the year wheel are at least 30 days overdue")
    assert "“meget sen”, which was due on" in told and by.name in told
    assert told.endswith(
        "“fejl” was done and showed critical faults. One task of the year wheel has been done "
        "without faults since the last meeting. One was skipped."
    )
    assert recommended.splitlines()[1:] == [
        (
            "1. asks those who have the 2 tasks that are at least 30 days overdue to do them before the "
            "next meeting"
        ),
        "2. discusses the faults that were found",
    ]


def test_a_wheel_that_is_only_a_little_late_says_so(cast: Cast, meeting: Meeting) -> None:
    times = {"starts_at": in_days(5, 13), "ends_at": in_days(5, 15)}
    Meeting.objects.filter(pk=meeting.pk).update(**times)
    meeting.refresh_from_db()
    late(cast, "lidt sen", 2)
    told, _recommended = said(meeting, "agenda_year_wheel")
    assert told.startswith("One task of the year wheel is overdue: “lidt sen”")
    late(cast, "også sen", 3)
    assert "2 tasks of the year wheel are overdue." in said(meeting, "agenda_year_wheel")[0]


def test_what_duties_feed_stands_under_their_item(cast: Cast, meeting: Meeting) -> None:
    held(cast)
    measure = "agenda_incidents"
    assert said(meeting, measure) == ("", "")
    due = duty(cast, "kommer", today(20), feeds=measure, lead_days=30).occurrences.get().due
    told, recommended = said(meeting, measure)
    assert told == f"“kommer” is due on {day_of(due)} ({cast.head_of_it.name})."
    assert recommended == "", "it is nothing new"
    late(cast, "sen", 4, feeds=measure)
    late(cast, "senere", 3, feeds=measure)
    done = duty(cast, "gjort", today(3), feeds=measure).occurrences.get()
    finish(done, by=cast.head_of_it, result="minor", conclusion="Lidt")
    told = said(meeting, measure)[0]
    assert "“sen” is overdue" in told and "One other task is overdue." in told
    assert f"“gjort” was done on {day_of(today())}: minor faults." in told


def draft(*weights: Weight, about: str = "", points: tuple[str, ...] = ()) -> Draft:
    sentences = tuple(Sentence(f"{one.name} {place}.", one) for place, one in enumerate(weights))
    return Draft(sentences, points, (Source("Kilde", "/kilde/"),), about)


def test_what_matters_comes_first_and_what_is_nothing_new_is_one_line(
    cast: Cast, meeting: Meeting
) -> None:
    item = meeting.items.select_related("clause").get(clause__measure="agenda_ongoing")
    w = Weight
    found = texts_of(
        item,
        [
            draft(w.STATE, about="risks"),
            draft(w.STATE, w.BETTER, w.NEWS, about="assets"),
            draft(w.STATE, about="objectives"),
            draft(w.WORSE, w.DECIDE, points=("decides A", "decides B")),
        ],
    )
    assert plain_text(found.presentation).splitlines() == [
        "- DECIDE 1.",
        "- WORSE 0.",
        "- NEWS 2.",
        "BETTER 1. STATE 0. There is nothing new about risks and objectives.",
    ]
    assert plain_text(found.recommendation).splitlines()[1:] == ["1. decides A", "2. decides B"]
    most = texts_of(item, [draft(*[w.NEWS] * 20)])
    assert len(most.sentences) == 6


def test_every_drafter_says_something_or_nothing_in_both_languages(meeting: Meeting) -> None:
    for language in ("da", "en"):
        with translation.override(language):
            for drafter in OWN.values():
                found = drafter(AgendaContext(meeting))
                assert found is None or all(one.text for one in found.sentences)
