"""The page behind the link in the mail: one press, no sign-in, nobody else's name."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kommissorium.accounts.actions import add_person, close_login, reopen_login
from kommissorium.accounts.models import Person
from kommissorium.committees.actions.seats import take_seat
from kommissorium.conftest import PEOPLE, in_days, time_is
from kommissorium.core.evidence.models import Event
from kommissorium.core.mail.models import OutboxMail
from kommissorium.meetings.actions.calendar import cancel_meeting, move_meeting
from kommissorium.meetings.actions.call import call_meeting
from kommissorium.meetings.emails import answer_token
from kommissorium.meetings.models import Attendance, Meeting


@pytest.fixture
def own(cast, meeting) -> Attendance:
    """The attendance of a member who is called; the seat has a deputy."""
    deputy = add_person(by=cast.coordinator, name="Signe Dalgaard", email="signe@tryllerup.example")
    seat = cast.member.holdings.get().seat
    today = timezone.localdate()
    take_seat(seat, by=None, person=deputy, from_date=today, capacity="deputy")
    call_meeting(meeting, by=cast.coordinator)
    return meeting.attendances.select_related("meeting").get(person=cast.member)


@pytest.fixture
def url(own) -> str:
    return f"/answer/{answer_token(own)}/"


def press(url: str, answer: str, **more):
    client = Client(enforce_csrf_checks=True)
    html = client.get(url).content.decode()
    fields = dict(re.findall(r'name="(csrfmiddlewaretoken|moment)" value="([^"]*)"', html))
    return client.post(url, {**fields, "answer": answer, **more})


def move(meeting: Meeting, by: Person) -> None:
    meeting.refresh_from_db()
    move_meeting(
        meeting,
        by=by,
        starts_at=in_days(33, 9),
        ends_at=in_days(33, 11),
        place="Kantinen",
        link="",
        edit_version=meeting.edit_version,
    )


def test_the_link_in_the_mail_opens_the_page_with_the_answer_chosen(cast, own):
    (row,) = OutboxMail.objects.filter(recipient=cast.member.email)
    address = re.search(r"http://[^/]+(/answer/\S+\?answer=tentative)", row.body)
    html = Client().get(address[1]).content.decode()
    (chosen,) = re.findall(r'<button class="button button-primary"[^>]*value="(\w+)"', html)
    assert chosen == "tentative"


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_looking_at_it_changes_nothing(own, url, method):
    before = Event.objects.count()
    getattr(Client(), method)(f"{url}?answer=accepted")
    own.refresh_from_db()
    assert own.answer == "" and Event.objects.count() == before


@pytest.mark.parametrize("chosen", ["accepted", "tentative", "declined"])
def test_one_press_answers_without_sign_in(own, url, chosen):
    assert press(url, chosen).status_code == 302
    own.refresh_from_db()
    assert (own.answer, own.answered_by_way) == (chosen, "link")


def test_the_page_names_nobody_else_and_shows_no_agenda(cast, own, url):
    press(url, "declined")
    html = Client().get(url).content.decode()
    assert cast.member.name in html
    others = [name for who, (name, *_rest) in PEOPLE.items() if who != "member"]
    assert not [name for name in [*others, "Signe Dalgaard"] if name in html]
    assert not [item.title for item in own.meeting.items.all() if item.title in html]


def test_no_cache_and_no_search_engine_keeps_the_page(url):
    response = Client().get(url)
    assert "no-store" in response["Cache-Control"] and "noindex" in response["X-Robots-Tag"]


def test_reason_and_deputy_can_follow_an_apology(own, url):
    press(url, "declined")
    response = press(url, "declined", details="1", apology="Ferie", deputy="on")
    assert response.status_code == 302
    own.refresh_from_db()
    assert own.apology == "Ferie"
    deputy = own.meeting.attendances.get(person__name="Signe Dalgaard")
    assert deputy.stands_in
    press(url, "accepted")
    deputy.refresh_from_db()
    assert not deputy.stands_in


def test_a_comment_can_follow_a_maybe_and_its_deputy_is_not_asked_for(own, url):
    press(url, "tentative")
    html = Client().get(url).content.decode()
    assert 'name="apology"' in html and 'name="deputy"' not in html
    press(url, "tentative", details="1", apology="Hvis toget går")
    own.refresh_from_db()
    assert (own.answer, own.apology) == ("tentative", "Hvis toget går")


def test_a_reason_that_is_too_long_is_refused_and_kept_on_the_page(own, url):
    press(url, "declined")
    response = press(url, "declined", details="1", apology="x" * 301)
    assert response.status_code == 400 and "x" * 301 in response.content.decode()


@pytest.mark.parametrize("answer", ["", "maybe"])
def test_no_answer_is_no_answer(own, url, answer):
    assert press(url, answer).status_code == 400
    own.refresh_from_db()
    assert own.answer == ""


@pytest.mark.parametrize(
    "change", [lambda t: t[:-1], lambda t: "A" + t, lambda _t: "x", lambda t: t.split(":")[0]]
)
def test_a_forged_link_leads_nowhere(own, change):
    assert Client().get(f"/answer/{change(answer_token(own))}/").status_code == 404


def test_the_link_of_who_has_left_or_is_off_the_list_leads_nowhere(cast, own, url):
    Person.objects.filter(pk=cast.member.pk).update(is_active=False)
    assert Client().get(url).status_code == 404
    Person.objects.filter(pk=cast.member.pk).update(is_active=True)
    own.delete()
    assert Client().get(url).status_code == 404


def test_a_link_of_a_cancelled_or_past_meeting_says_so_and_takes_nothing(cast, own, url):
    with time_is(own.meeting.ends_at + timedelta(minutes=1)):
        assert Client().get(url).status_code == 410
        assert Client().post(url, {"answer": "accepted"}).status_code == 410
    meeting = Meeting.objects.get(pk=own.meeting_id)
    cancel_meeting(meeting, by=cast.coordinator, because="Sygdom")
    response = Client().get(url)
    assert (
        response.status_code == 410 and "<button" not in response.content.decode().split("<main")[1]
    )
    own.refresh_from_db()
    assert own.answer == ""


def test_a_link_from_before_the_meeting_was_moved_shows_the_new_time_and_chooses_nothing(
    cast, own, url
):
    move(own.meeting, cast.coordinator)
    html = Client().get(f"{url}?answer=accepted").content.decode()
    assert "alert-warning" in html and "09.00" in html and "button-primary" not in html
    assert press(url, "accepted").status_code == 302
    own.refresh_from_db()
    assert own.answer == "accepted"


def test_a_press_on_a_page_from_before_the_move_is_not_taken(cast, own, url):
    html = Client().get(url).content.decode()
    moment = re.search(r'name="moment" value="([^"]*)"', html)[1]
    move(own.meeting, cast.coordinator)
    response = Client().post(url, {"moment": moment, "answer": "accepted"})
    assert response.status_code == 400
    own.refresh_from_db()
    assert own.answer == ""


def test_the_page_speaks_the_language_of_the_person(cast, url):
    assert Client().get(url)["Content-Language"] == "da"
    Person.objects.filter(pk=cast.member.pk).update(language="en")
    response = Client().get(url)
    assert response["Content-Language"] == "en" and "Can you come?" in response.content.decode()


def test_it_answers_for_the_person_of_the_link_whoever_is_signed_in(cast, own, url, client_of):
    moment = own.meeting.starts_at.isoformat()
    client_of("chair").post(url, {"moment": moment, "answer": "accepted"})
    own.refresh_from_db()
    assert own.answer == "accepted"
    assert own.meeting.attendances.get(person=cast.chair).answer == ""


def test_a_reopened_login_brings_no_old_link_back(cast, url):
    close_login(cast.member, by=cast.coordinator)
    reopen_login(Person.objects.get(pk=cast.member.pk), by=cast.coordinator)
    assert Client().get(url).status_code == 404
