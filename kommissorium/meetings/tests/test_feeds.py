"""Calendars that fetch the meetings by themselves from a secret address."""

from __future__ import annotations

import re
from datetime import timedelta
from hashlib import sha256

import icalendar
import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from kommissorium.accounts.actions import close_login, reopen_login
from kommissorium.accounts.models import Person
from kommissorium.committees.actions.committee import found_committee
from kommissorium.committees.actions.seats import leave_seat
from kommissorium.conftest import LATE, in_days
from kommissorium.core.refusals import Refused
from kommissorium.meetings.actions.calendar import cancel_meeting, plan_meeting
from kommissorium.meetings.actions.calendar_programs import MOST_FEEDS, open_feed, revoke_feed
from kommissorium.meetings.actions.call import call_meeting
from kommissorium.meetings.models import CalendarFeed


@pytest.fixture
def url(cast, meeting) -> str:
    _feed, secret = open_feed(cast.member, None, by=cast.member)
    return f"/calendar/{secret}.ics"


def events(response) -> list[icalendar.Event]:
    assert response.status_code == 200
    return list(icalendar.Calendar.from_ical(response.content).events)


def test_a_calendar_gets_time_and_place_without_people_and_agenda(cast, meeting, url):
    call_meeting(meeting, by=cast.coordinator)
    response = Client().get(url)
    (event,) = events(response)
    assert b"METHOD:PUBLISH" in response.content
    assert event["LOCATION"] == meeting.place
    assert event["DTSTART"].dt == meeting.starts_at
    unfolded = response.content.replace(b"\r\n ", b"").decode()
    assert "ATTENDEE" not in unfolded and "ORGANIZER" not in unfolded
    assert "mailto:" not in unfolded.lower()
    assert not [item.title for item in meeting.items.all() if item.title in unfolded]


def test_a_cancelled_meeting_is_shown_as_cancelled(cast, meeting, url):
    cancel_meeting(meeting, by=cast.coordinator, because="Sygdom")
    (event,) = events(Client().get(url))
    assert event["STATUS"] == "CANCELLED" and event["SEQUENCE"] == meeting.sequence


def test_only_the_hash_of_the_secret_is_kept(cast):
    feed, secret = open_feed(cast.member, None, by=cast.member)
    assert len(secret) >= 43
    assert feed.secret_hash == sha256(secret.encode()).hexdigest()


def test_unknown_revoked_and_of_who_has_left_are_all_not_found(cast, url):
    assert Client().get("/calendar/x.ics").status_code == 404
    Person.objects.filter(pk=cast.member.pk).update(is_active=False)
    assert Client().get(url).status_code == 404
    Person.objects.filter(pk=cast.member.pk).update(is_active=True)
    assert Client().get(url).status_code == 200
    revoke_feed(CalendarFeed.objects.get(), by=cast.member)
    assert Client().get(url).status_code == 404


def test_who_loses_the_seat_sees_nothing_more(cast, url):
    assert len(events(Client().get(url))) == 1
    yesterday = timezone.localdate() - timedelta(days=1)
    leave_seat(cast.member.holdings.get(), by=cast.coordinator, to_date=yesterday, because=LATE)
    assert events(Client().get(url)) == []


def test_a_feed_of_one_committee_holds_that_alone(cast, meeting):
    other = found_committee(name="Beredskabsudvalget", by=cast.coordinator)
    plan_meeting(
        other, by=cast.coordinator, starts_at=in_days(10, 9), ends_at=in_days(10, 10), place="A"
    )
    _feed, secret = open_feed(cast.coordinator, other, by=cast.coordinator)
    (event,) = events(Client().get(f"/calendar/{secret}.ics"))
    assert event["SUMMARY"] == "Beredskabsudvalget"
    with pytest.raises(PermissionDenied):
        open_feed(cast.member, other, by=cast.member)


def test_what_has_not_changed_is_not_sent_again(cast, meeting, url):
    first = Client().get(url)
    again = Client().get(url, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304 and again.content == b""
    cancel_meeting(meeting, by=cast.coordinator, because="Sygdom")
    assert Client().get(url, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_a_fetch_costs_few_questions(url, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        Client().get(url)


def test_the_address_is_shown_once(cast, meeting, client_of):
    client = client_of("member")
    response = client.post("/calendar-feeds/add/", {"meetings": "all"})
    shown = re.search(r'value="[^"]*(/calendar/[\w-]+\.ics)"', response.content.decode())
    assert Client().get(shown[1]).status_code == 200
    assert shown[1] not in client.get("/calendar-feeds/").content.decode()


def test_a_person_sees_and_closes_their_own_alone(cast, url, client_of):
    feed = CalendarFeed.objects.get()
    address = f"/calendar-feeds/{feed.pk}/revocation/"
    assert client_of("chair").get(address).status_code == 404
    assert address in client_of("member").get("/calendar-feeds/").content.decode()
    assert client_of("member").get(address).status_code == 200
    assert client_of("member").post(address).status_code == 302
    assert Client().get(url).status_code == 404
    with pytest.raises(PermissionDenied):
        open_feed(cast.member, None, by=cast.coordinator)


def test_a_committee_one_may_not_follow_cannot_be_chosen(cast, client_of):
    sent = {"meetings": cast.committee.pk}
    assert client_of("employee").post("/calendar-feeds/add/", sent).status_code == 400
    assert client_of("member").post("/calendar-feeds/add/", sent).status_code == 200


def test_there_is_an_end_to_addresses(cast):
    for _number in range(MOST_FEEDS):
        open_feed(cast.member, None, by=cast.member)
    with pytest.raises(Refused):
        open_feed(cast.member, None, by=cast.member)


def test_the_page_of_meetings_leads_there(meeting, client_of):
    assert "/calendar-feeds/" in client_of("member").get("/meetings/").content.decode()


def test_a_reopened_login_brings_no_old_address_back(cast, url):
    close_login(cast.member, by=cast.coordinator)
    reopen_login(Person.objects.get(pk=cast.member.pk), by=cast.coordinator)
    assert Client().get(url).status_code == 404
    _feed, secret = open_feed(cast.member, None, by=cast.member)
    assert Client().get(f"/calendar/{secret}.ics").status_code == 200
