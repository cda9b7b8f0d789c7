"""The page of a meeting: how far it is, the next step, the agenda and who comes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone, translation

from kommissorium.accounts.models import Person
from kommissorium.conftest import MOST_OF_PARTS, Cast, in_days, queries_of, time_is
from kommissorium.meetings.actions.agenda import add_item
from kommissorium.meetings.actions.automatic_items import fill_agenda
from kommissorium.meetings.actions.calendar import cancel_meeting, plan_meeting
from kommissorium.meetings.actions.call import (
    add_late_item,
    attach_late,
    call_meeting,
    withdraw_item,
)
from kommissorium.meetings.actions.minutes import approve_minutes
from kommissorium.meetings.actions.proceedings import give_task_at
from kommissorium.meetings.meeting_page import MeetingReader, buttons_of, steps_of
from kommissorium.meetings.models import AgendaItem, Attendance, Meeting, Proceedings
from kommissorium.meetings.tests.minutes_cases import OPEN_WORD, in_review, shows_canary

Browser = Callable[[str], Client]
SECRET = "Kanariefuglens hemmelighed"
State = Meeting.State


@pytest.fixture
def cast(cast: Cast) -> Iterator[Cast]:
    Person.objects.update(language="en")
    with translation.override("en"):
        yield cast


@pytest.fixture
def called(cast: Cast, meeting: Meeting) -> Meeting:
    call_meeting(meeting, by=cast.coordinator)
    return meeting


def put(meeting: Meeting, state: Meeting.State) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(state=state)
    meeting.refresh_from_db()


def primary(client_of: Browser, who: str, meeting: Meeting) -> str:
    door = client_of(who).get(meeting.get_absolute_url()).context["primary"]
    return door.url if door else ""


def named(name: str, pk: int) -> str:
    try:
        return reverse(name, args=[pk])
    except NoReverseMatch:
        pytest.skip(f"{name} has no address yet")


def test_the_way_is_told_in_words_and_says_where_the_meeting_is(
    meeting: Meeting, client_of: Browser
) -> None:
    page = client_of("member").get(meeting.get_absolute_url()).text
    assert page.count('aria-current="step"') == 1
    at = page.index('aria-current="step"')
    assert "Planned" in page[at : at + 400]
    for state, done in [(State.PLANNED, 0), (State.CALLED, 1), (State.IN_REVIEW, 3)]:
        meeting.state = state
        states = [step.state for step in steps_of(meeting)]
        assert states == ["done"] * done + ["current"] + ["todo"] * (5 - done)


def test_a_cancelled_meeting_says_so_and_offers_no_step(
    meeting: Meeting, cast: Cast, client_of: Browser
) -> None:
    cancel_meeting(meeting, by=cast.coordinator, because="Sygdom")
    response = client_of("coordinator").get(meeting.get_absolute_url())
    assert "The meeting is cancelled" in response.text
    assert "Sygdom" in response.text
    assert response.context["steps"] == []
    assert response.context["primary"] is None


def test_a_planned_meeting_is_called_next_by_who_keeps_it(
    meeting: Meeting, client_of: Browser
) -> None:
    for who in ("coordinator", "chair", "deputy"):
        assert primary(client_of, who, meeting) == reverse("meeting_call", args=[meeting.pk])
    cards = reverse("meeting_read", args=[meeting.pk])
    for who in ("member", "dpo", "auditor"):
        assert primary(client_of, who, meeting) == cards


def test_called_people_answer_and_the_secretary_sees_answers(
    called: Meeting, cast: Cast, client_of: Browser
) -> None:
    answers = named("meeting_answers", called.pk)
    assert primary(client_of, "coordinator", called) == answers
    for who in ("member", "dpo", "chair"):
        own = called.attendances.get(person=cast.who(who))
        assert primary(client_of, who, called) == named("attendance_answer", own.pk)
    called.attendances.update(answer=Attendance.Answer.ACCEPTED)
    assert primary(client_of, "chair", called) == answers
    assert primary(client_of, "member", called) == named("meeting_read", called.pk)
    with time_is(called.starts_at - timedelta(hours=2)):
        assert primary(client_of, "coordinator", called) == named("conduct", called.pk)


def test_the_steps_after_the_meeting_lead_to_the_minutes(called: Meeting) -> None:
    keeper = MeetingReader(keeps=True, leads="", own=None)
    chair = MeetingReader(keeps=True, leads="chair", own=None)
    stand_in = MeetingReader(keeps=True, leads="deputy_chair", own=None)
    present = Attendance(presence=Attendance.Presence.PRESENT)
    member = MeetingReader(keeps=False, leads="", own=present)
    stranger = MeetingReader(keeps=False, leads="", own=None)
    expected = [
        (State.HELD, keeper, "minutes_review"),
        (State.HELD, member, "meeting_pack"),
        (State.IN_REVIEW, chair, "minutes_approval"),
        (State.IN_REVIEW, stand_in, "minutes"),
        (State.IN_REVIEW, keeper, "minutes"),
        (State.IN_REVIEW, member, "minutes"),
        (State.IN_REVIEW, stranger, "meeting_pack"),
        (State.APPROVED, stranger, "minutes"),
        (State.CONFIRMED, chair, "minutes"),
    ]
    for state, reader, name in expected:
        called.state = state
        address = (
            reverse(name, args=[called.pk, "pdf"])
            if name == "meeting_pack"
            else named(name, called.pk)
        )
        assert buttons_of(called, reader)[0].url == address, (state, reader)


def test_a_page_has_one_primary_button_in_every_state(called: Meeting, client_of: Browser) -> None:
    for state in (State.CALLED, State.HELD, State.IN_REVIEW, State.APPROVED):
        put(called, state)
        for who in ("coordinator", "chair", "deputy", "member", "auditor"):
            page = client_of(who).get(called.get_absolute_url()).text
            assert page.count("button-primary") == 1, (state, who)


def test_items_carry_number_lateness_and_withdrawal_with_reasons(
    called: Meeting, cast: Cast, client_of: Browser
) -> None:
    late = add_late_item(
        called, by=cast.chair, late_because="Bruddet skete i går", title="Brud", type="decision"
    )
    first = called.items.get(number=1)
    withdraw_item(first, by=cast.chair, because="Bilaget mangler")
    page = client_of("member").get(called.get_absolute_url()).text
    assert late.label == f"{called.label}-9"
    for words in (late.label, "Bruddet skete i går", "Bilaget mangler", f"<s>{first.title}</s>"):
        assert words in page


def test_what_a_closed_item_says_is_nowhere_for_others(
    meeting: Meeting, cast: Cast, client_of: Browser
) -> None:
    def closed(title: str) -> dict[str, Any]:
        return {"title": title, "type": "decision", "is_closed": True, "closed_ground": "Hul"}

    add_item(meeting, by=cast.coordinator, **closed(f"{SECRET} 1"))
    call_meeting(meeting, by=cast.coordinator)
    late = add_late_item(
        meeting, by=cast.coordinator, late_because=f"{SECRET} 2", **closed(f"{SECRET} 3")
    )
    attach_late(late, by=cast.coordinator, name="x.txt", data=b"x", late_because=f"{SECRET} 4")
    withdraw_item(late, by=cast.coordinator, because=f"{SECRET} 5")
    pages = [meeting.get_absolute_url(), reverse("meeting_history", args=[meeting.pk])]
    for url in pages:
        for who in ("auditor", "executive"):
            page = client_of(who).get(url)
            assert page.status_code == 200
            assert SECRET not in page.text, (who, url)
    assert f"{SECRET} 3" in client_of("member").get(pages[0]).text
    assert client_of("auditor").get(late.get_absolute_url()).status_code == 404


def test_a_carried_item_leads_back_and_forth(
    called: Meeting, cast: Cast, client_of: Browser
) -> None:
    later = plan_meeting(
        cast.committee,
        by=cast.coordinator,
        starts_at=in_days(90, 13),
        ends_at=in_days(90, 15),
        place="Rådhuset",
    )
    source, target = called.items.get(number=4), later.items.all()[3]
    AgendaItem.objects.filter(pk=target.pk).update(carried_from=source, origin=source)
    put(called, State.HELD)
    assert source.get_absolute_url() in client_of("member").get(later.get_absolute_url()).text
    assert target.get_absolute_url() in client_of("member").get(called.get_absolute_url()).text
    assert target.get_absolute_url() in client_of("member").get(source.get_absolute_url()).text
    assert source.get_absolute_url() in client_of("member").get(target.get_absolute_url()).text


def test_answers_stand_in_numbers_and_who_leads_instead_of_the_chair(
    called: Meeting, cast: Cast, client_of: Browser
) -> None:
    rows = called.attendances
    rows.filter(person=cast.chair).update(answer=Attendance.Answer.DECLINED)
    rows.filter(person__in=[cast.member, cast.dpo]).update(answer=Attendance.Answer.ACCEPTED)
    response = client_of("member").get(called.get_absolute_url())
    assert response.context["answers"] == "2 come, 1 apology, 3 have not answered."
    assert cast.deputy.name in response.context["leader"]
    rows.filter(person=cast.deputy).update(answer=Attendance.Answer.DECLINED)
    response = client_of("member").get(called.get_absolute_url())
    assert "nobody is there to lead" in response.context["leader"]


def test_time_and_place_can_change_after_the_call_and_the_agenda_cannot(
    called: Meeting, client_of: Browser
) -> None:
    browser = client_of("coordinator")
    for name in ("meeting_edit", "meeting_cancellation"):
        assert browser.get(reverse(name, args=[called.pk])).status_code == 200
    assert browser.get(reverse("item_add", args=[called.pk])).status_code == 403
    put(called, State.HELD)
    for name in ("meeting_edit", "meeting_cancellation"):
        assert browser.get(reverse(name, args=[called.pk])).status_code == 403


@pytest.mark.parametrize("state", ["planned", "called", "held", "in_review", "approved"])
def test_the_page_asks_few_questions_however_long_the_agenda(
    meeting: Meeting,
    cast: Cast,
    client_of: Browser,
    state: str,
) -> None:
    asked: list[dict[str, int]] = []
    other = plan_meeting(
        cast.committee,
        by=cast.coordinator,
        starts_at=in_days(30, 16),
        ends_at=in_days(30, 17),
        place="Rådhuset",
    )
    for one, items in ((meeting, 2), (other, 30)):
        for number in range(items):
            add_item(one, by=cast.coordinator, title=f"Punkt {number}", type="information")
        closed = {"is_closed": True, "closed_ground": "Hul"}
        add_item(one, by=cast.coordinator, title="Lukket", type="decision", **closed)
        if state != "planned":
            call_meeting(one, by=cast.coordinator)
            put(one, State(state))
        asked.append({})
        for who in ("coordinator", "chair", "member", "auditor"):
            look = partial(client_of(who).get, one.get_absolute_url())
            assert look().status_code == 200
            asked[-1][who] = queries_of(look)
    assert asked[0] == asked[1]
    assert max(asked[1].values()) <= MOST_OF_PARTS


def test_the_list_shows_number_and_state_and_is_narrowed_by_both(
    called: Meeting, cast: Cast, client_of: Browser
) -> None:
    url = reverse("meetings")
    page = client_of("member").get(url).text
    assert f"Meeting {called.label}" in page
    assert "Called" in page
    with time_is(called.ends_at + timedelta(days=1)):
        year = timezone.localdate(called.starts_at).year
        rows = [
            ("", 1),
            (f"?year={year}", 1),
            (f"?year={year}&state=called", 1),
            ("?state=held", 0),
            ("?year=1999", 1),  # makes no sense: all are shown
            ("?state=nonsense", 1),
        ]
        for query, number in rows:
            response = client_of("member").get(url + query)
            assert len(response.context["past"].object_list) == number, query
            assert response.context["has_past"]


def test_a_held_meeting_says_first_what_was_decided_and_to_whom_it_may(
    cast: Cast, meeting: Meeting, client_of: Browser
) -> None:
    minutes = in_review(cast, meeting)
    first = meeting.items.select_related("meeting__committee").get(number=1)
    task = give_task_at(
        first, by=cast.coordinator, title="Ring", owner=cast.member, due=in_days(200, 0).date()
    )
    for state in ("in_review", "approved"):
        if state == "approved":
            approve_minutes(minutes, by=cast.chair)
        for who in ("coordinator", "member"):
            page = client_of(who).get(meeting.get_absolute_url()).text
            results = page[page.index('id="results"') : page.index('id="agenda"')]
            assert OPEN_WORD in results and task.title in results, (state, who)
            item = client_of(who).get(first.get_absolute_url()).text
            assert OPEN_WORD in item and task.title in item, (state, who)
        stranger = client_of("auditor")
        shown = state == "approved"
        for url in (meeting.get_absolute_url(), first.get_absolute_url()):
            text = stranger.get(url).text
            assert (OPEN_WORD in text) == shown and not shows_canary(text), (state, url)


def test_what_is_decided_is_followed_up_and_what_is_put_off_goes_on(
    cast: Cast, meeting: Meeting, client_of: Browser
) -> None:
    minutes = in_review(cast, meeting)
    decided, deferred = (
        meeting.items.select_related("meeting__committee")
        .exclude(clause__measure="agenda_minutes")
        .filter(is_closed=False)[:2]
    )
    for item, outcome in ((decided, "approved"), (deferred, "deferred")):
        Proceedings.objects.update_or_create(item=item, defaults={"outcome": outcome})
    give_task_at(
        decided, by=cast.coordinator, title="Ring", owner=cast.member, due=in_days(200, 0).date()
    )
    approve_minutes(minutes, by=cast.chair)
    later = plan_meeting(
        cast.committee,
        by=cast.coordinator,
        starts_at=in_days(120, 13),
        ends_at=in_days(120, 15),
        place="Rådhuset",
    )
    fill_agenda(later, by=cast.coordinator)
    page = client_of("member").get(meeting.get_absolute_url()).text
    assert "Followed up at the meeting on" in page and "Goes on at the meeting on" in page
    assert "Follows up item" in client_of("member").get(later.get_absolute_url()).text
