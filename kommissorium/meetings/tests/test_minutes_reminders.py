"""Reminders of minutes: who gets them, when, and whom the minutes wait for."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kommissorium.committees.actions.seats import leave_seat
from kommissorium.conftest import Cast, in_days
from kommissorium.core.ui.todo import Todo
from kommissorium.meetings.actions.calendar import plan_meeting
from kommissorium.meetings.actions.review import comment, mark_read
from kommissorium.meetings.models import Meeting
from kommissorium.meetings.tests.minutes_cases import (
    approved,
    held,
    in_review,
    shows_canary,
)
from kommissorium.meetings.todo import SEND_WITHIN, late_since, reminders, todos_of
from kommissorium.meetings.year_plan import is_working_day


def told(on: date) -> set[str]:
    """Return the e-mails of those who are reminded on the day."""
    return {str(reminder.person.email) for reminder in reminders(on)}


def keys(on: date) -> set[str]:
    return {reminder.key for reminder in reminders(on)}


@pytest.fixture
def later(cast: Cast, meeting: Meeting) -> Meeting:
    return plan_meeting(
        cast.committee,
        by=cast.coordinator,
        starts_at=in_days(120, 13),
        ends_at=in_days(120, 15),
        place="Rådhuset",
    )


def test_readers_are_reminded_two_days_before_and_on_the_day(cast, meeting):
    minutes = in_review(cast, meeting)
    until = minutes.review_until
    everybody = {p.email for p in (cast.chair, cast.coordinator, cast.dpo, cast.member)}
    assert told(until - timedelta(days=3)) == set()
    assert told(until - timedelta(days=2)) == everybody
    before, after = keys(until - timedelta(days=2)), keys(until)
    assert keys(until - timedelta(days=1)) == before  # caught up with, and told once
    assert told(until) == everybody and not before & after


def test_who_has_answered_is_left_in_peace(cast, meeting):
    minutes = in_review(cast, meeting)
    mark_read(minutes, by=cast.member)
    comment(minutes, by=cast.dpo, item=None, text="Godt")
    assert told(minutes.review_until) == {cast.chair.email, cast.coordinator.email}


def test_the_chair_is_reminded_weekly_when_the_time_is_over(cast, meeting):
    minutes = in_review(cast, meeting)
    first = minutes.review_until + timedelta(days=1)
    assert told(first) == {cast.chair.email}
    assert keys(first) == keys(first + timedelta(days=6))
    assert keys(first) != keys(first + timedelta(days=7))


def test_the_secretary_is_reminded_while_comments_are_in_the_way(cast, meeting):
    minutes = in_review(cast, meeting)
    comment(minutes, by=cast.member, item=None, text="Ret det")
    late = minutes.review_until + timedelta(days=1)
    assert told(late) == {cast.chair.email, cast.coordinator.email}


def test_the_deputy_chair_is_reminded_where_nobody_is_chair(cast, meeting):
    minutes = in_review(cast, meeting)
    today = timezone.localdate()
    leave_seat(cast.chair.holdings.get(), by=cast.coordinator, to_date=today)
    assert told(minutes.review_until + timedelta(days=1)) == {cast.deputy.email}


def test_the_secretary_is_reminded_of_minutes_not_sent(cast, meeting):
    held(cast, meeting)
    late = late_since(meeting)
    day = timezone.localdate(meeting.closed_at)
    between = [day + timedelta(days=n) for n in range(1, (late - day).days + 1)]
    assert sum(map(is_working_day, between)) == SEND_WITHIN + 1
    assert told(late - timedelta(days=1)) == set()
    assert told(late) == {cast.coordinator.email}
    assert keys(late) != keys(late + timedelta(days=7))


def test_nobody_is_reminded_of_approved_minutes(cast, meeting):
    approved(cast, meeting)
    assert list(reminders(timezone.localdate() + timedelta(days=60))) == []


def test_a_reminder_holds_nothing_of_the_items_and_is_in_the_persons_language(cast, meeting):
    cast.member.language = "en"
    cast.member.save()
    minutes = in_review(cast, meeting)
    for reminder in reminders(minutes.review_until):
        assert not shows_canary(reminder.text)
        assert reminder.url == minutes.get_absolute_url()
    text = next(r.text for r in reminders(minutes.review_until) if r.person == cast.member)
    assert text == f"Minutes of meeting {meeting.label}: comment on them today at the latest"


# On the list of what waits


def waits(cast: Cast, on: date | None = None, *, leads: bool = False) -> list[Todo]:
    """Return what waits of whoever keeps the committee's papers, or leads it."""
    own, on = {cast.committee.pk}, on or timezone.localdate()
    return list(todos_of(cast.employee, on, led=own if leads else (), kept=() if leads else own))


def test_minutes_not_sent_wait_for_who_keeps_the_papers(cast, meeting):
    assert waits(cast) == []
    held(cast, meeting)
    [thing] = waits(cast)
    assert thing.due == late_since(meeting) - timedelta(days=1)
    assert meeting.label in thing.text
    assert waits(cast, leads=True) == []
    assert list(todos_of(cast.employee, timezone.localdate())) == []


def test_minutes_past_their_date_wait_for_who_leads(cast, meeting):
    minutes = in_review(cast, meeting)
    assert waits(cast, minutes.review_until, leads=True) == []
    late = minutes.review_until + timedelta(days=1)
    [thing] = waits(cast, late, leads=True)
    assert thing.urgent and thing.url == reverse("minutes_approval", args=[meeting.pk])
    assert waits(cast, late) == [], "the secretary has nothing to settle"
    comment(minutes, by=cast.member, text="Mangler", item=None)
    [thing] = waits(cast, late)
    assert thing.urgent and "1" in thing.text


def test_approved_minutes_wait_for_nobody(cast, meeting):
    approved(cast, meeting)
    assert waits(cast) == waits(cast, leads=True) == []


def test_what_waits_is_asked_for_in_few_queries(cast, meeting, later, django_assert_num_queries):
    held(cast, meeting)
    with django_assert_num_queries(4):  # invitations, questions to the agenda, and roles
        waits(cast)
