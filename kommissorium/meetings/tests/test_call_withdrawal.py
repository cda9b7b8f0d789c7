"""A call that is withdrawn: what was sent stays, and the meeting is planned again as it stood."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from kommissorium.conftest import Cast, address, time_is
from kommissorium.core.evidence.chain_check import check_database
from kommissorium.core.mail.models import OutboxMail
from kommissorium.core.refusals import Refused
from kommissorium.meetings.actions.advice import give_advice
from kommissorium.meetings.actions.agenda import add_item, attach
from kommissorium.meetings.actions.answers import answer
from kommissorium.meetings.actions.automatic_items import fill_agenda
from kommissorium.meetings.actions.call import add_late_item, call_meeting, withdraw_item
from kommissorium.meetings.actions.call_withdrawal import withdraw_call
from kommissorium.meetings.actions.open_and_close import open_meeting
from kommissorium.meetings.actions.reading import ask_question, write_note
from kommissorium.meetings.models import AgendaItem, Meeting, PrivateNote

Browser = Callable[[str], Client]
WHY = "Det forkerte udkast var vedhæftet"


@pytest.fixture
def called(cast: Cast, meeting: Meeting) -> Meeting:
    item = add_item(meeting, by=cast.coordinator, title="Ny aftale", type="decision")
    attach(item, by=cast.coordinator, name="aftale.txt", data=b"udkast")
    call_meeting(meeting, by=cast.coordinator)
    return meeting


def titles(meeting: Meeting) -> list[str]:
    return [item.title for item in meeting.items.standing()]


def test_the_called_meeting_stays_under_its_number_and_another_stands_as_it_stood(
    cast: Cast, called: Meeting
) -> None:
    before, sent, number = titles(called), called.call.record_id, called.number
    again = withdraw_call(called, by=cast.coordinator, because=f" {WHY} ")
    called.refresh_from_db()
    assert (called.state, called.cancelled_because) == (Meeting.State.CANCELLED, WHY)
    assert (called.number, called.call.record_id) == (number, sent)
    assert (again.state, again.number) == (Meeting.State.PLANNED, None)
    assert (again.starts_at, again.place) == (called.starts_at, called.place)
    assert titles(called) == titles(again) == before
    assert again.items.get(title="Ny aftale").attachments.get().name == "aftale.txt"
    assert check_database().holds
    call_meeting(again, by=cast.coordinator)
    again.refresh_from_db()
    assert again.number == number + 1


def test_what_came_late_is_late_no_more_and_what_was_withdrawn_does_not_come_again(
    cast: Cast, called: Meeting
) -> None:
    late = {"late_because": "Kom i går", "title": "Sent punkt", "type": "information"}
    add_late_item(called, by=cast.coordinator, **late)
    item = called.items.get(title="Ny aftale")
    withdraw_item(item, by=cast.coordinator, because="Løst")
    again = withdraw_call(called, by=cast.coordinator, because=WHY)
    assert "Ny aftale" not in titles(again)
    assert not again.items.get(title="Sent punkt").late_because
    places = list(again.items.values_list("position", flat=True))
    assert places == list(range(1, len(places) + 1))
    fill_agenda(again, by=cast.coordinator)
    assert len(titles(again)) == len(set(titles(again)))


def test_what_others_wrote_to_the_items_goes_along(cast: Cast, called: Meeting) -> None:
    item = called.items.get(title="Ny aftale")
    give_advice(item, by=cast.dpo, text="Lav en konsekvensanalyse først")
    ask_question(item, by=cast.member, text="Hvad koster det?")
    write_note(item, by=cast.member, text="Spørg om prisen")
    again = withdraw_call(called, by=cast.coordinator, because=WHY)
    copy = again.items.get(title="Ny aftale")
    assert copy.advice.get().text == item.advice.get().text == "Lav en konsekvensanalyse først"
    assert copy.questions.get().text == "Hvad koster det?"
    assert PrivateNote.objects.get().item == copy
    assert check_database().holds


def test_all_who_were_called_are_told_and_their_calendar_lets_go(
    cast: Cast, called: Meeting
) -> None:
    withdraw_call(called, by=cast.coordinator, because=WHY)
    row = OutboxMail.objects.get(kind="meetings.cancelled", recipient=address("member"))
    assert WHY in row.body
    assert "METHOD:CANCEL" in bytes(row.calendar).decode()
    people = called.attendances.count()
    assert OutboxMail.objects.filter(kind="meetings.cancelled").count() == people


def test_an_answer_to_the_former_call_is_no_answer_to_the_next(cast: Cast, called: Meeting) -> None:
    answer(
        called.attendances.get(person=cast.member), by=cast.member, answer="accepted", way="page"
    )
    again = withdraw_call(called, by=cast.coordinator, because=WHY)
    call_meeting(again, by=cast.coordinator)
    assert not again.attendances.get(person=cast.member).answer


def test_only_a_meeting_that_is_called_and_has_not_begun(cast: Cast, meeting: Meeting) -> None:
    with pytest.raises(PermissionDenied):
        withdraw_call(meeting, by=cast.coordinator, because=WHY)
    call_meeting(meeting, by=cast.coordinator)
    for who in (cast.member, cast.dpo, cast.auditor):
        with pytest.raises(PermissionDenied):
            withdraw_call(meeting, by=who, because=WHY)
    with pytest.raises(Refused):
        withdraw_call(meeting, by=cast.coordinator, because="  ")
    seen_before = Meeting.objects.get(pk=meeting.pk)
    with time_is(meeting.starts_at):
        open_meeting(meeting, by=cast.chair)
        with pytest.raises(Refused):
            withdraw_call(seen_before, by=cast.coordinator, because=WHY)
        meeting.refresh_from_db()
        with pytest.raises(PermissionDenied):
            withdraw_call(meeting, by=cast.coordinator, because=WHY)
    assert Meeting.objects.count() == 1


def test_a_second_press_makes_no_second_meeting(cast: Cast, called: Meeting) -> None:
    seen_before = Meeting.objects.get(pk=called.pk)
    withdraw_call(called, by=cast.coordinator, because=WHY)
    with pytest.raises(Refused):
        withdraw_call(seen_before, by=cast.coordinator, because=WHY)
    assert Meeting.objects.count() == 2
    assert AgendaItem.objects.filter(title="Ny aftale").count() == 2


def test_the_page_asks_why_and_leads_to_the_meeting_planned_again(
    called: Meeting, client_of: Browser
) -> None:
    browser, url = client_of("coordinator"), reverse("call_withdrawal", args=[called.pk])
    assert url in browser.get(called.get_absolute_url()).text
    assert url not in client_of("member").get(called.get_absolute_url()).text
    refused = browser.post(url, {"because": " "})
    assert refused.status_code == 400
    assert "Skriv hvorfor" in refused.text
    told = browser.post(url, {"because": WHY})
    again = Meeting.objects.get(state=Meeting.State.PLANNED)
    assert told.headers["Location"] == again.get_absolute_url()
    page = client_of("member").get(called.get_absolute_url()).text
    assert WHY in page
    assert "Indkaldelsen er trukket tilbage" in page
    assert again.get_absolute_url() in page
    for meeting, words in [(called, "trukket tilbage"), (again, "planlagt igen")]:
        assert words in browser.get(reverse("meeting_history", args=[meeting.pk])).text
    assert browser.get(url).status_code == 400
