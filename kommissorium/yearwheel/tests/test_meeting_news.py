"""Duties that fall due at each meeting."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kommissorium.conftest import Cast, in_days, plan
from kommissorium.core.evidence.models import Event
from kommissorium.meetings.actions.calendar import cancel_meeting, move_meeting
from kommissorium.meetings.models import Meeting
from kommissorium.yearwheel.actions import finish, move, sync_all_meetings, sync_meetings
from kommissorium.yearwheel.models import Duty, Occurrence
from kommissorium.yearwheel.tests.conftest import Add, day
from kommissorium.yearwheel.wheel import Wheel

Browser = Callable[[str], Client]


@pytest.fixture
def each(add: Add) -> Duty:
    return add(rhythm="meeting", months=None, due=None, title="Hændelser til mødet")


def states(cast: Cast) -> list[tuple[str, bool]]:
    found = Wheel(cast.committee).entries(day(0), day(400))
    return [(entry.state, entry.occurrence is not None) for entry in found]


def test_a_meeting_is_reckoned_until_somebody_brings_it_in(
    cast: Cast, each: Duty, client_of: Browser
) -> None:
    meeting = plan(cast)
    assert states(cast) == [("projected", False)]
    assert not each.occurrences.exists()
    url = reverse("duty_meetings", args=[each.pk])
    assert client_of("member").post(url).status_code == 403
    assert client_of("head_of_it").post(url).status_code == 302
    row = each.occurrences.get()
    assert (row.meeting, row.due) == (meeting, timezone.localdate(meeting.starts_at))
    assert states(cast) == [("soon", True)]
    sync_all_meetings()
    assert each.occurrences.count() == 1
    with pytest.raises(PermissionDenied):
        sync_meetings(cast.committee, by=cast.member)


def test_a_meeting_planned_before_has_its_row_at_once(
    cast: Cast, meeting: Meeting, add: Add
) -> None:
    duty = add(rhythm="meeting", months=None, due=None)
    assert duty.occurrences.get().meeting == meeting
    finish(duty.occurrences.get(), by=cast.head_of_it, result="no_fault")
    assert sync_meetings(cast.committee, by=cast.coordinator) == 0


def test_rows_follow_their_meeting_unless_moved_by_hand(
    cast: Cast, meeting: Meeting, add: Add
) -> None:
    follows = add(rhythm="meeting", months=None, due=None).occurrences.get()
    own = add(rhythm="meeting", months=None, due=None).occurrences.get()
    move(own, by=cast.head_of_it, to=day(10), because="Skal med i god tid")
    move_meeting(
        meeting,
        by=cast.coordinator,
        starts_at=in_days(44, 13),
        ends_at=in_days(44, 15),
        place="Rådhuset",
        link="",
        edit_version=meeting.edit_version,
    )
    sync_meetings(cast.committee, by=None)
    follows.refresh_from_db()
    own.refresh_from_db()
    assert (follows.due, own.due, own.nominal) == (day(44), day(10), day(44))
    told = Event.objects.get(act="yearwheel.meetings_followed")
    assert sorted(json.loads(told.facts)["followed"]) == [follows.pk, own.pk]
    sync_meetings(cast.committee, by=None)
    assert Event.objects.latest("seq") == told


def test_a_cancelled_meetings_rows_are_skipped_and_done_ones_stay(
    cast: Cast, meeting: Meeting, add: Add
) -> None:
    waits = add(rhythm="meeting", months=None, due=None).occurrences.get()
    done = add(rhythm="meeting", months=None, due=None).occurrences.get()
    finish(done, by=cast.head_of_it, result="no_fault")
    cancel_meeting(meeting, by=cast.coordinator, because="For få")
    sync_meetings(cast.committee, by=None)
    waits.refresh_from_db()
    done.refresh_from_db()
    assert (waits.state, done.state) == ("skipped", "done")
    assert waits.skipped_because
    assert Occurrence.objects.count() == 2
