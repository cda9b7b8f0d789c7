"""Duties the committee decides: tied to its meetings, done by nobody's click; and evidence asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kommissorium.accounts.actions import end_role, give_role
from kommissorium.conftest import LATE, Cast, in_days, plan, time_is
from kommissorium.core.refusals import Refused
from kommissorium.meetings.actions.calendar import cancel_meeting, move_meeting, plan_meeting
from kommissorium.meetings.models import AgendaItem, Meeting
from kommissorium.yearwheel.actions import (
    CadenceValues,
    DutyValues,
    adopt_duties,
    ask_for_decision,
    change_duty,
    finish,
    finish_many,
    move,
    skip,
    sync_all_meetings,
)
from kommissorium.yearwheel.duty_proposals import propose_duties
from kommissorium.yearwheel.models import Occurrence
from kommissorium.yearwheel.tests.conftest import Add, again, day
from kommissorium.yearwheel.wheel import Wheel

Browser = Callable[[str], Client]


def second(cast: Cast) -> Meeting:
    return plan_meeting(
        cast.committee,
        by=cast.coordinator,
        starts_at=in_days(55, 13),
        ends_at=in_days(55, 15),
        place="Rådhuset",
    )


@pytest.fixture
def decided(cast: Cast, meeting: Meeting, add: Add) -> Occurrence:
    """Due in twenty days by the wheel, and at the meeting in thirty."""
    return add(by_decision=True, feeds="agenda_ongoing", months=3).occurrences.get()


def test_it_is_due_at_the_meeting_and_moves_with_it(
    cast: Cast, meeting: Meeting, decided: Occurrence
) -> None:
    assert (decided.meeting, decided.due, decided.nominal) == (meeting, day(30), day(20))
    entries = Wheel(cast.committee).entries(day(0), day(60))
    assert [(one.due, one.was_moved) for one in entries] == [(day(30), False)]
    move_meeting(
        meeting,
        by=cast.coordinator,
        starts_at=in_days(44, 13),
        ends_at=in_days(44, 15),
        place="Rådhuset",
        link="",
        edit_version=meeting.edit_version,
    )
    sync_all_meetings()
    decided.refresh_from_db()
    assert (decided.due, decided.nominal, decided.was_moved) == (day(44), day(20), False)


def test_a_cancelled_meeting_hands_it_to_the_next_and_none_leaves_it_its_own_day(
    cast: Cast, meeting: Meeting, decided: Occurrence
) -> None:
    other = second(cast)
    cancel_meeting(meeting, by=cast.coordinator, because="For få")
    sync_all_meetings()
    decided.refresh_from_db()
    assert (decided.state, decided.meeting, decided.due) == ("open", other, day(55))
    cancel_meeting(other, by=cast.coordinator, because="For få")
    sync_all_meetings()
    decided.refresh_from_db()
    assert (decided.state, decided.meeting, decided.due) == ("open", None, day(20))
    new = plan(cast)
    sync_all_meetings()
    decided.refresh_from_db()
    assert decided.meeting == new


def test_nobody_marks_it_as_done_or_moves_it(
    cast: Cast, decided: Occurrence, client_of: Browser
) -> None:
    for person in (cast.head_of_it, cast.coordinator, cast.chair):
        with pytest.raises(Refused):
            finish(decided, by=person, result="no_fault")
        with pytest.raises(PermissionDenied):
            move(decided, by=person, to=day(90), because="Senere")
    with pytest.raises(Refused):
        finish_many([decided], by=cast.coordinator, result="no_fault")
    browser = client_of("head_of_it")
    page = browser.get(decided.get_absolute_url()).text
    for name in ("occurrence_completion", "occurrence_move"):
        url = reverse(name, args=[decided.pk])
        assert url not in page
        assert browser.get(url).status_code == 403
        assert browser.post(url, {"result": "no_fault"}).status_code == 403
    assert reverse("occurrence_skipping", args=[decided.pk]) in page
    listed = browser.get(reverse("wheel_year", args=[cast.committee.pk, decided.due.year]))
    assert not listed.context["selectable"]
    skip(decided, by=cast.head_of_it, because="Udgår")


def test_a_duty_that_is_decided_no_longer_leaves_its_meeting(
    cast: Cast, decided: Occurrence
) -> None:
    duty = again(decided.duty)
    values = {"title": duty.title, "responsible_person": cast.head_of_it, "feeds": duty.feeds}
    given: dict[str, Any] = {"cadence": CadenceValues("interval", 3, day(20)), "by": cast.chair}
    for by_decision, due in ((False, day(20)), (True, day(30))):
        version = again(duty).edit_version
        wanted = DutyValues(**values, by_decision=by_decision)
        change_duty(again(duty), values=wanted, edit_version=version, **given)
        decided.refresh_from_db()
        assert (decided.due, decided.meeting is not None) == (due, by_decision)


def test_the_decision_is_the_evidence_and_no_other_is_asked_for(cast: Cast, add: Add) -> None:
    with pytest.raises(Refused) as refused:
        add(by_decision=True, evidence_wanted="Referatet")
    assert "evidence_wanted" in refused.value.errors


def test_what_asks_for_evidence_is_not_done_without(
    cast: Cast, add: Add, client_of: Browser
) -> None:
    asked = add(evidence_wanted="Ejernes svar").occurrences.get()
    free = add(title="Uden bevis").occurrences.get()
    browser = client_of("head_of_it")
    url = reverse("occurrence_completion", args=[asked.pk])
    sent = {"result": "no_fault", "conclusion": "Alle har svaret", "links": ""}
    page = browser.post(url, sent)
    assert page.status_code == 400
    assert "Ejernes svar" in page.context["form"].errors["documents"][0]
    assert "Alle har svaret" in page.text
    with pytest.raises(Refused) as refused:
        finish_many([asked, free], by=cast.coordinator, result="no_fault")
    assert list(refused.value.errors) == [f"occurrence_{asked.pk}"]
    assert browser.post(url, {**sent, "links": "https://havneby.example/1"}).status_code == 302
    assert "Ingen. Det er nok" in browser.get(free.get_absolute_url()).text
    assert "Ingen. Det er nok" in browser.get(free.duty.get_absolute_url()).text
    finish(free, by=cast.head_of_it, result="no_fault")


def test_it_can_have_an_item_of_its_own_once(
    cast: Cast, meeting: Meeting, decided: Occurrence, client_of: Browser
) -> None:
    url = reverse("occurrence_item", args=[decided.pk])
    assert client_of("member").post(url).status_code == 403
    assert url in client_of("coordinator").get(decided.get_absolute_url()).text
    assert client_of("coordinator").post(url).status_code == 302
    item = AgendaItem.objects.get(subject_kind="yearwheel.occurrence")
    assert (item.meeting, item.title, item.type) == (meeting, decided.title, "decision")
    page = client_of("coordinator").get(decided.get_absolute_url()).text
    assert url not in page
    assert item.get_absolute_url() in page
    with pytest.raises(Refused):
        ask_for_decision(decided, by=cast.coordinator)


def test_the_report_follows_who_sits_in_the_committee(cast: Cast) -> None:
    (proposal,) = [one for one in propose_duties(cast.committee) if one.key == "executive_report"]
    (duty,) = adopt_duties(cast.committee, [proposal], by=cast.coordinator)

    def months() -> list[int | None]:
        return [one.interval_months for one in duty.cadences.order_by("pk")]

    sync_all_meetings()
    assert months() == [3]
    with time_is(timezone.localtime() + timedelta(days=10)):
        role = give_role(cast.chair, "executive", by=None, from_date=day(0))
        sync_all_meetings()
        sync_all_meetings()
        assert months() == [3, 12]
        # More often than the mandate asks is the committee's own choice.
        change_duty(
            again(duty),
            by=cast.coordinator,
            values=DutyValues(title=duty.title),
            cadence=CadenceValues("interval", 6, day(40)),
            edit_version=again(duty).edit_version,
        )
        sync_all_meetings()
        assert months() == [3, 12, 6]
    with time_is(timezone.localtime() + timedelta(days=20)):
        end_role(role, by=cast.administrator, to_date=day(-1), because=LATE)
        sync_all_meetings()
        assert months() == [3, 12, 6, 3]
        (waiting,) = duty.occurrences.open()
        assert waiting.due <= day(95)
