"""A whole quarter by the actions alone: call, hold, review, approve, confirm."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from kommissorium.committees.actions.seats import leave_seat
from kommissorium.conftest import LATE, Cast, in_days, time_is
from kommissorium.core.evidence.models import Event
from kommissorium.core.refusals import Refused
from kommissorium.meetings.actions.calendar import cancel_meeting, plan_meeting
from kommissorium.meetings.actions.decisions import decide_as_chair
from kommissorium.meetings.actions.minutes import send_to_review
from kommissorium.meetings.actions.proceedings import save_field
from kommissorium.meetings.models import AgendaItem, Attendance, Decision, Meeting, Minutes
from kommissorium.secretariat.actions.cycle import approve, call, end


def hold(cast: Cast, meeting: Meeting, outcomes: dict[int, str]) -> None:
    """Hold a called meeting at its time: the chair comes, items get the outcomes by number."""
    with time_is(meeting.starts_at + timedelta(minutes=90)):
        meeting.attendances.filter(person=cast.chair).update(presence=Attendance.Presence.PRESENT)
        for item in meeting.items.select_related("clause", "meeting__committee"):
            if outcome := outcomes.get(item.number):
                save_field(item, "outcome", outcome, by=cast.coordinator, version=0)
            elif item.type == AgendaItem.Type.DECISION:
                save_field(item, "not_discussed", True, by=cast.coordinator, version=0)
        end(meeting, by=cast.coordinator)
    meeting.refresh_from_db()


def approved(cast: Cast, meeting: Meeting) -> Minutes:
    with time_is(meeting.starts_at + timedelta(days=1)):
        minutes = send_to_review(meeting, by=cast.coordinator)
        approve(minutes, by=cast.chair)
    minutes.meeting.refresh_from_db()
    return minutes


@pytest.fixture
def later(cast: Cast, meeting: Meeting) -> Meeting:
    return plan_meeting(
        cast.committee,
        by=cast.coordinator,
        starts_at=in_days(120, 13),
        ends_at=in_days(120, 15),
        place="Rådhuset",
    )


def test_an_item_with_nothing_new_is_done_with(cast, meeting, later):
    call(meeting, by=cast.coordinator)
    for item in meeting.items.select_related("clause", "meeting__committee"):
        item.meeting.refresh_from_db()
        save_field(item, "nothing_new", True, by=cast.coordinator, version=0)
    with time_is(meeting.starts_at + timedelta(minutes=90)):
        meeting.attendances.filter(person=cast.chair).update(presence=Attendance.Presence.PRESENT)
        end(meeting, by=cast.coordinator)
    meeting.refresh_from_db()
    minutes = approved(cast, meeting)
    assert meeting.decisions.count() == 0
    assert not later.items.exclude(carried_from=None).exists()
    content = minutes.approval.record.content
    assert content.count('"nothing_new":"Intet nyt."') == 7
    assert '"nothing_new":"Ingen nye opgaver."' in content


def test_a_quarter_runs_from_call_to_confirmation(cast, meeting, later):
    called = call(meeting, by=cast.coordinator)
    assert called.record.pdf and meeting.label == f"{meeting.starts_at.year}/1"
    hold(cast, meeting, {5: "approved", 6: "deferred"})
    minutes = approved(cast, meeting)
    assert meeting.decisions.count() == 2
    assert minutes.approval.record.pdf and minutes.approval.open_record.pdf
    carried = {item.carried_from.number for item in later.items.exclude(carried_from=None)}
    assert carried == {1, 6, 7}  # not discussed, deferred, not discussed
    minutes.refresh_from_db()
    assert minutes.presented_at.meeting_id == later.pk
    told = Event.objects.about(later).get(act="meetings.minutes_presented")
    assert json.loads(told.facts) == {"item": minutes.presented_at_id, "minutes": [minutes.pk]}
    call(later, by=cast.coordinator)
    item = minutes.presented_at
    assert item.refresh_from_db() is None and item.facts["tables"][0]["rows"]
    first = later.items.get(number=1)
    save_text = "<p>Punkt 3: Jens deltog ikke.</p>"
    save_field(first, "decision", save_text, by=cast.coordinator, version=0)
    hold(cast, later, {1: "with_changes", 5: "approved", 6: "approved", 7: "rejected"})
    minutes.meeting.refresh_from_db()
    assert minutes.meeting.state == Meeting.State.CONFIRMED
    assert minutes.confirmation.has_changes and minutes.confirmation.record.pdf


def test_a_meeting_closes_only_when_every_decision_is_taken(cast, meeting):
    call(meeting, by=cast.coordinator)
    with time_is(meeting.starts_at + timedelta(hours=1)), pytest.raises(Refused) as refused:
        end(meeting, by=cast.coordinator)
    text = str(refused.value)
    assert f"{meeting.label}-5" in text
    assert f"{meeting.label}-1" not in text  # there are no minutes to confirm yet


def test_who_was_replaced_yesterday_cannot_approve_and_the_attempt_is_kept(cast, meeting):
    call(meeting, by=cast.coordinator)
    hold(cast, meeting, {})
    minutes = send_to_review(meeting, by=cast.coordinator)
    holding = cast.chair.holdings.get()
    leave_seat(
        holding, by=cast.coordinator, to_date=timezone.localdate() - timedelta(days=1), because=LATE
    )
    with pytest.raises(PermissionDenied):
        approve(minutes, by=cast.chair)
    assert Event.objects.filter(act="meetings.approval_refused").exists()
    assert not hasattr(Minutes.objects.get(), "approval")


def test_the_chairs_decision_stands_on_the_next_agenda(cast, meeting):
    weighing = {
        "security": "stronger",
        "usability": "unchanged",
        "economy": "costs",
        "proportion": "fitting",
    }
    decision = decide_as_chair(
        cast.committee,
        by=cast.chair,
        title="Ny procedure for adgang",
        text="<p>Proceduren gælder fra i dag.</p>",
        why_now="Et udbud venter.",
        is_impartial=True,
        weighing=weighing,
    )
    assert decision.number.endswith("/F1")
    assert decision.told_at().get().meeting == meeting
    cancel_meeting(meeting, by=cast.coordinator, because="Sygdom")
    assert not decision.told_at().exists()
    assert Decision.objects.unreported().get() == decision
