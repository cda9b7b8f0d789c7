"""To-do items on the first page of each person as a meeting goes its way."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kommissorium.accounts.models import OrganisationRole
from kommissorium.committees.models import Holding
from kommissorium.conftest import PEOPLE, time_is
from kommissorium.core.ui.todo import Todo, in_order
from kommissorium.meetings.actions.answers import answer
from kommissorium.meetings.actions.minutes import send_to_review
from kommissorium.meetings.actions.proceedings import save_field
from kommissorium.meetings.actions.review import mark_read
from kommissorium.meetings.models import AgendaItem, Attendance
from kommissorium.secretariat.actions.cycle import call, end
from kommissorium.secretariat.committee_status import committee_statuses
from kommissorium.secretariat.daily_reminders import lines_of
from kommissorium.secretariat.todo import waits_for
from kommissorium.tasks.actions import delegate_task, give_task


@pytest.fixture
def asked(client_of):
    """Return the addresses that the first page asks somebody to go to."""
    return lambda who: [thing.url for thing in client_of(who).get("/").context["waiting"]]


def test_the_secretary_is_told_to_call_when_the_time_comes(cast, meeting, asked):
    url = reverse("meeting_call", args=[meeting.pk])
    assert url not in asked("coordinator")
    with time_is(meeting.starts_at - timedelta(days=9)):
        assert url in asked("coordinator")
        assert url not in asked("member")


def test_who_is_called_is_asked_until_they_answer(cast, meeting, asked):
    call(meeting, by=cast.coordinator)
    own = meeting.attendances.get(person=cast.member)
    url = reverse("attendance_answer", args=[own.pk])
    assert url in asked("member")
    answer(own, by=cast.member, answer="accepted", way="page")
    assert url not in asked("member")


def test_who_was_there_is_asked_to_read_the_minutes(cast, meeting, asked):
    call(meeting, by=cast.coordinator)
    with time_is(meeting.starts_at + timedelta(hours=1)):
        there = meeting.attendances.filter(person__in=[cast.chair, cast.member])
        there.update(presence=Attendance.Presence.PRESENT)
        for item in meeting.items.filter(type=AgendaItem.Type.DECISION):
            save_field(item, "not_discussed", True, by=cast.coordinator, version=0)
        end(meeting, by=cast.coordinator)
        url = reverse("minutes", args=[meeting.pk])
        assert url in asked("coordinator"), "they are not sent yet"
        minutes = send_to_review(meeting, by=cast.coordinator)
        assert url in asked("member")
        assert url not in asked("dpo"), "was not there"
        mark_read(minutes, by=cast.member)
        assert url not in asked("member")


def test_tasks_overdue_and_handed_over_wait_for_their_people(cast, asked):
    today = timezone.localdate()
    with time_is(timezone.localtime() - timedelta(days=20)):
        late = give_task(
            by=cast.coordinator,
            title="Ryd op i rettigheder",
            owner=cast.member,
            due=today - timedelta(days=3),
            committee=cast.committee,
        )
    assert late.get_absolute_url() in asked("member")
    assert late.get_absolute_url() not in asked("employee")
    delegate_task(late, by=cast.member, to=cast.employee)
    assert late.get_absolute_url() in asked("employee")


def test_the_chair_is_asked_to_call_where_nobody_else_is_to(cast, meeting, asked):
    url = reverse("meeting_call", args=[meeting.pk])
    with time_is(meeting.starts_at - timedelta(days=9)):
        assert url not in asked("chair"), "there is a secretary"
        Holding.objects.filter(person=cast.coordinator).delete()
        assert url in asked("coordinator"), "and where there is none a coordinator"
        assert url not in asked("chair")
        OrganisationRole.objects.filter(person=cast.coordinator).delete()
        assert url in asked("chair") and url in asked("deputy")


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "javascript:x", ""])
def test_a_press_leads_to_no_foreign_page(cast, client_of, back):
    task = _task(cast)
    url = reverse("task_completion", args=[task.pk])
    answer = client_of("member").post(url, {"word": "Udført", "back": back})
    assert answer.url == task.get_absolute_url()


def test_a_closed_task_has_a_title_on_the_page_and_none_in_the_mail(cast):
    _task(cast, is_closed=True)
    [thing] = waits_for(cast.member)
    [line] = lines_of(cast.member)
    assert "Ryd op" in thing.text and "Ryd op" not in line.text


def test_a_task_far_ahead_does_not_wait_yet(cast):
    task = _task(cast, days=15)
    assert waits_for(cast.member) == []
    with time_is(timezone.localtime() + timedelta(days=1)):
        assert [one.url for one in waits_for(cast.member)] == [task.get_absolute_url()]


def test_one_page_is_one_line_and_what_cannot_be_done_is_none():
    first, same = Todo("A", "x", "/a/"), Todo("B", "x", "/a/")
    late = Todo("C", "x", "/c/", due=timezone.localdate() - timedelta(days=1))
    soon, urgent = Todo("D", "x", "/d/", due=timezone.localdate()), Todo("E", "x", "/e/", True)
    things = in_order([first, same, soon, urgent, late, Todo("F", "x", "/f/")], gone=["/f/"])
    assert "".join(one.text for one in things) == "CEDA"


def _task(cast, *, days=5, is_closed=False):
    return give_task(
        by=cast.coordinator,
        title="Ryd op i rettigheder",
        owner=cast.member,
        due=timezone.localdate() + timedelta(days=days),
        committee=cast.committee,
        is_closed=is_closed,
    )


@pytest.mark.parametrize("auditors", [False, True])
def test_a_standing_shows_closed_items_to_just_those_its_committee_does(cast, auditors):
    type(cast.committee).objects.filter(pk=cast.committee.pk).update(auditors_see_closed=auditors)
    cast.committee.refresh_from_db()
    for name in PEOPLE:
        person = cast.who(name)
        told = [one.shows_closed_to(person) for one in committee_statuses(person)]
        assert any(told) == cast.committee.shows_closed_to(person), name
