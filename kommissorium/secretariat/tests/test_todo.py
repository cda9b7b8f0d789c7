"""What the first page asks of each person as a meeting goes its way."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kommissorium.conftest import PEOPLE, time_is
from kommissorium.meetings.actions.answers import answer
from kommissorium.meetings.actions.minutes import send_to_review
from kommissorium.meetings.actions.proceedings import save_field
from kommissorium.meetings.actions.review import mark_read
from kommissorium.meetings.models import AgendaItem, Attendance
from kommissorium.secretariat.actions.cycle import call, end
from kommissorium.secretariat.committee_status import committee_statuses
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
    with time_is(timezone.now() - timedelta(days=20)):
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


@pytest.mark.parametrize("auditors", [False, True])
def test_a_standing_shows_closed_items_to_just_those_its_committee_does(cast, auditors):
    type(cast.committee).objects.filter(pk=cast.committee.pk).update(auditors_see_closed=auditors)
    cast.committee.refresh_from_db()
    for name in PEOPLE:
        person = cast.who(name)
        told = [one.shows_closed_to(person) for one in committee_statuses(person)]
        assert any(told) == cast.committee.shows_closed_to(person), name
