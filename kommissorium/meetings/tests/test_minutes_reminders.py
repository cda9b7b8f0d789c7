"""Who is reminded of minutes, when, and what is pointed out as forgotten."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from kommissorium.committees.actions.seats import leave_seat
from kommissorium.conftest import Cast, in_days
from kommissorium.meetings.actions.calendar import plan_meeting
from kommissorium.meetings.actions.minutes import send_to_review
from kommissorium.meetings.actions.review import comment, mark_read
from kommissorium.meetings.models import Meeting
from kommissorium.meetings.overdue_minutes import SEND_WITHIN, forgotten, late_since
from kommissorium.meetings.reminders import reminders
from kommissorium.meetings.tests.minutes_cases import (
    approved,
    call_meeting,
    confirmed,
    end,
    held,
    in_review,
    shows_canary,
)
from kommissorium.meetings.working_days import is_working_day


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


# Forgotten


def texts(cast: Cast, on: date | None = None) -> list[tuple[bool, str]]:
    return [(thing.urgent, thing.text) for thing in forgotten([cast.committee.pk], on)]


def test_minutes_not_sent_are_pointed_out_and_urgent_when_late(cast, meeting):
    assert texts(cast) == []
    held(cast, meeting)
    late = late_since(meeting)
    assert [urgent for urgent, _text in texts(cast, late - timedelta(days=1))] == [False]
    [(urgent, text)] = texts(cast, late)
    assert urgent and meeting.label in text
    assert forgotten([], late) == []


def test_minutes_past_their_date_are_pointed_out(cast, meeting):
    minutes = in_review(cast, meeting)
    assert texts(cast, minutes.review_until) == []
    [(urgent, text)] = texts(cast, minutes.review_until + timedelta(days=1))
    assert urgent and meeting.label in text


def test_minutes_the_next_meeting_forgot_to_confirm_are_pointed_out(cast, meeting, later):
    approval = approved(cast, meeting)
    assert texts(cast) == []
    call_meeting(later, by=cast.coordinator)
    later.refresh_from_db()
    end(cast, later)  # held, and the minutes not confirmed by it
    send_to_review(later, by=cast.coordinator)
    [(_urgent, text)] = texts(cast)
    assert meeting.label in text and approval.minutes.meeting_id == meeting.pk


def test_confirmed_minutes_are_done_with(cast, meeting, later):
    approval = approved(cast, meeting)
    confirmed(cast, approval.minutes, later)
    assert texts(cast) == []


def test_what_is_forgotten_is_asked_for_in_one_query(
    cast, meeting, later, django_assert_num_queries
):
    held(cast, meeting)
    with django_assert_num_queries(1):
        forgotten([cast.committee.pk])
