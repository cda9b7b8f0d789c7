"""The page of answers: one's own answer, the secretary's notes, guests and newcomers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kommissorium.accounts.actions import add_person
from kommissorium.accounts.models import Person
from kommissorium.committees.actions.seats import add_seat, leave_seat, take_seat
from kommissorium.conftest import in_days, time_is
from kommissorium.meetings.actions.answers import answer
from kommissorium.meetings.actions.call import call_meeting
from kommissorium.meetings.actions.call_list import add_guest
from kommissorium.meetings.models import Attendance, Meeting


@pytest.fixture
def called(cast, meeting) -> Meeting:
    call_meeting(meeting, by=cast.coordinator)
    return meeting


@pytest.fixture
def url(called) -> str:
    return f"/meetings/{called.pk}/answers/"


def of(meeting: Meeting, person: Person) -> Attendance:
    return meeting.attendances.select_related("person", "meeting__committee").get(person=person)


def text(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_who_has_not_answered_stands_first(cast, called, url, client_of):
    answer(of(called, cast.chair), by=cast.chair, answer="accepted", way="page")
    html = text(client_of("coordinator"), url).split("<tbody>")[1]
    assert html.index(cast.member.name) < html.index(cast.chair.name)


def test_members_read_it_and_answer_for_themselves_alone(cast, called, url, client_of):
    html = text(client_of("member"), url)
    assert f"/attendances/{of(called, cast.member).pk}/answer/" in html
    assert f"/attendances/{of(called, cast.chair).pk}/answer/" not in html
    assert "/guests/add/" not in html
    assert client_of("employee").get(url).status_code == 404


def test_it_says_who_leads(cast, called, url, client_of):
    shown = text(client_of("member"), url)
    assert f"{cast.chair.name} " in shown.split("<table")[0]
    answer(of(called, cast.chair), by=cast.chair, answer="declined", way="page")
    assert cast.deputy.name in text(client_of("member"), url).split("<table")[0]


def test_it_says_who_has_no_e_mail(cast, called, url, client_of):
    Person.objects.filter(pk=cast.member.pk).update(email=None)
    html = text(client_of("coordinator"), url).split("<table")[0]
    assert cast.member.name in html


def test_a_planned_meeting_has_nobody_yet(meeting, client_of):
    assert "empty-title" in text(client_of("member"), f"/meetings/{meeting.pk}/answers/")


def test_the_page_asks_twelve_questions_whatever_the_committee(
    cast, called, url, client_of, django_assert_max_num_queries
):
    today = timezone.localdate()
    for number in range(8):
        seat = add_seat(
            cast.committee, by=cast.coordinator, role="member", function="", from_date=today
        )
        person = add_person(by=None, name=f"Medlem {number}", email=None)
        take_seat(seat, by=None, person=person, from_date=today)
        add_guest(called, add_person(by=None, name=f"Gæst {number}"), by=cast.coordinator)
    client = client_of("coordinator")
    with django_assert_max_num_queries(12):
        client.get(url)


# One's own answer


def test_a_member_answers_on_the_page(cast, called, url, client_of):
    own = of(called, cast.member)
    response = client_of("member").post(
        f"/attendances/{own.pk}/answer/", {"answer": "declined", "apology": "Ferie"}
    )
    assert response.status_code == 302 and response.url == url
    own.refresh_from_db()
    assert (own.answer, own.apology, own.answered_by_way) == ("declined", "Ferie", "page")
    for reader in ("chair", "coordinator", "member"):
        assert "Ferie" in text(client_of(reader), url)
    for reader in ("dpo", "auditor", "executive"):
        assert "Ferie" not in text(client_of(reader), url)


def test_the_secretary_notes_an_answer_and_others_may_not(cast, called, client_of):
    own = of(called, cast.member)
    address = f"/attendances/{own.pk}/answer/"
    sent = {"answer": "accepted"}
    assert client_of("head_of_it").post(address, sent).status_code == 403
    assert client_of("employee").post(address, sent).status_code == 404
    assert client_of("coordinator").post(address, sent).status_code == 302
    own.refresh_from_db()
    assert (own.answer, own.answered_by_way) == ("accepted", "secretary")


def test_an_answer_must_be_chosen(cast, called, client_of):
    own = of(called, cast.member)
    assert client_of("member").post(f"/attendances/{own.pk}/answer/", {}).status_code == 400


def test_a_deputy_is_named_on_the_page(cast, meeting, client_of):
    deputy = add_person(by=cast.coordinator, name="Signe Dalgaard")
    seat = cast.member.holdings.get().seat
    today = timezone.localdate()
    take_seat(seat, by=None, person=deputy, from_date=today, capacity="deputy")
    call_meeting(meeting, by=cast.coordinator)
    address = f"/attendances/{of(meeting, cast.member).pk}/answer/"
    client = client_of("member")
    assert "Signe Dalgaard" in text(client, address)
    sent = {"answer": "declined", "deputy": "on"}
    html = client.post(address, sent, follow=True).content.decode()
    assert "alert-warning" in html  # the deputy has no e-mail address
    assert of(meeting, deputy).stands_in


def test_after_the_meeting_answers_are_refused_in_words(cast, called, client_of):
    own = of(called, cast.member)
    with time_is(called.ends_at + timedelta(minutes=1)):
        response = client_of("member").get(f"/attendances/{own.pk}/answer/")
        assert response.status_code == 400


# Guests and newcomers


def test_a_guest_is_invited_and_taken_off_again(cast, called, url, client_of):
    client = client_of("coordinator")
    address = f"/meetings/{called.pk}/guests/add/"
    assert client.post(address, {}).status_code == 400
    assert client.post(address, {"person": cast.member.pk}).status_code == 400
    assert client.post(address, {"person": cast.system_owner.pk}).status_code == 302
    assert cast.system_owner.name in text(client, url)
    guest = of(called, cast.system_owner)
    removal = f"/attendances/{guest.pk}/removal/"
    assert client_of("member").get(removal).status_code == 403
    assert client.get(removal).status_code == 200
    assert client.post(removal).status_code == 302
    assert not called.attendances.filter(person=cast.system_owner).exists()


def test_a_member_is_not_taken_off_by_the_address_for_guests(cast, called, client_of):
    removal = f"/attendances/{of(called, cast.member).pk}/removal/"
    assert client_of("coordinator").post(removal).status_code == 400
    assert called.attendances.filter(person=cast.member).exists()


def test_who_takes_a_seat_after_the_call_is_offered_and_invited(cast, called, url, client_of):
    today = timezone.localdate()
    seat = cast.member.holdings.get().seat
    leave_seat(cast.member.holdings.get(), by=cast.coordinator, to_date=today)
    tomorrow = today + timedelta(days=1)
    take_seat(seat, by=None, person=cast.employee, from_date=tomorrow)
    address = f"/meetings/{called.pk}/newcomers/{cast.employee.pk}/"
    assert address in text(client_of("coordinator"), url)
    assert client_of("head_of_it").post(address).status_code == 403
    assert client_of("coordinator").post(address).status_code == 302
    people = set(called.attendances.values_list("person_id", flat=True))
    assert cast.employee.pk in people and cast.member.pk not in people
    assert address not in text(client_of("coordinator"), url)


def test_the_history_words_what_happened(cast, called, client_of):
    guest = add_guest(called, cast.system_owner, by=cast.coordinator)
    answer(guest, by=cast.coordinator, answer="accepted", way="secretary")
    html = text(client_of("coordinator"), f"/meetings/{called.pk}/history/")
    assert html.count(cast.system_owner.name) == 2


def test_a_meeting_in_the_past_is_read_only(cast, called, url, client_of):
    with time_is(in_days(60, 12)):
        html = text(client_of("coordinator"), url)
    assert "/answer/" not in html and "/guests/add/" not in html
