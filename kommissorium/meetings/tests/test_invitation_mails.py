"""The mails that call, move and cancel: who gets them, what they say, and through which trouble."""

from __future__ import annotations

import smtplib
from datetime import date, datetime, time, timedelta

import icalendar
import pytest
import vobject
from django.core import mail
from django.db import transaction
from django.utils import timezone

from kommissorium.accounts.actions import add_person
from kommissorium.accounts.models import Person
from kommissorium.committees.actions.seats import add_seat, leave_seat, take_seat
from kommissorium.committees.models import Committee
from kommissorium.conftest import LATE, Cast, address, in_days, time_is
from kommissorium.core.evidence.models import Event
from kommissorium.core.mail import delivery
from kommissorium.core.mail.actions import CLAIM, send_due
from kommissorium.core.mail.models import OutboxMail
from kommissorium.meetings.actions.agenda import add_item
from kommissorium.meetings.actions.answers import answer
from kommissorium.meetings.actions.calendar import cancel_meeting, move_meeting, plan_meeting
from kommissorium.meetings.actions.call import call_meeting
from kommissorium.meetings.models import Attendance, Meeting

CALLED = {"coordinator", "chair", "deputy", "dpo", "head_of_it", "member"}
CANARY = "Kanariefugl i økonomisystemet"


@pytest.fixture
def called(cast: Cast, meeting: Meeting) -> Meeting:
    call_meeting(meeting, by=cast.coordinator)
    return meeting


def add_deputy(cast: Cast, role: str = "member", email: str = "suppleant@tryllerup.example"):
    deputy = add_person(by=cast.coordinator, name="Signe Dalgaard", email=email)
    seat = cast.committee.seats.filter(role=role).first()
    start = timezone.localdate()
    take_seat(seat, by=None, person=deputy, from_date=start, capacity="deputy", because=LATE)
    return deputy


def mails(*kinds: str, to: str = "") -> list[OutboxMail]:
    found = OutboxMail.objects.filter(kind__in=[f"meetings.{kind}" for kind in kinds])
    return list((found.filter(recipient=address(to)) if to else found).order_by("pk"))


def event_of(row: OutboxMail) -> icalendar.Event:
    (event,) = icalendar.Calendar.from_ical(bytes(row.calendar)).events
    return event


def attendees(event: icalendar.Event) -> list[str]:
    found = event["ATTENDEE"]
    return [str(one) for one in (found if isinstance(found, list) else [found])]


def move(meeting: Meeting, by: Person, **changes) -> None:
    fields = ("starts_at", "ends_at", "place", "link", "edit_version")
    values = {name: getattr(meeting, name) for name in fields} | changes
    move_meeting(meeting, by=by, **values)


def test_everybody_with_a_seat_gets_one_invitation_that_names_them_alone(cast, called):
    rows = mails("invitation")
    assert {row.recipient for row in rows} == {address(who) for who in CALLED}
    assert len(rows) == len(CALLED)
    for row in rows:
        event = event_of(row)
        assert attendees(event) == [f"mailto:{row.recipient}"]
        assert row.calendar_method == "REQUEST"
        assert event["UID"].startswith(str(called.uid))
        assert event["SEQUENCE"] == called.sequence
        assert row.thread == event["UID"]


def test_an_invitation_says_when_where_what_and_how_to_answer(cast, called):
    (row,) = mails("invitation", to="member")
    assert cast.committee.name in row.subject
    assert called.place in row.body and "kl. 13.00–15.00" in row.body
    first = called.items.get(number=1)
    assert f"1. {first.title}" in row.body
    for chosen in ("accepted", "tentative", "declined"):
        assert f"/?answer={chosen}" in row.body


def test_the_links_to_answer_stand_in_the_mail_alone_and_not_in_the_calendar(cast, called):
    (row,) = mails("invitation", to="member")
    unfolded = bytes(row.calendar).replace(b"\r\n ", b"")
    assert b"/answer/" not in unfolded and b"/meetings/" in unfolded


def test_no_mail_holds_the_title_of_a_closed_item(cast, meeting):
    add_item(
        meeting,
        by=cast.coordinator,
        title=CANARY,
        type="decision",
        is_closed=True,
        closed_ground="Sikkerhed",
    )
    call_meeting(meeting, by=cast.coordinator)
    number = meeting.items.get(title=CANARY).number
    for row in mails("invitation"):
        assert CANARY not in row.body and CANARY.encode() not in bytes(row.calendar)
        assert f"\n{number}. " in row.body


def test_each_mail_is_in_the_language_of_the_person(cast, meeting):
    Person.objects.filter(pk=cast.member.pk).update(language="en")
    call_meeting(meeting, by=cast.coordinator)
    (english,), (danish,) = mails("invitation", to="member"), mails("invitation", to="chair")
    assert english.body.startswith("Hello ") and "13:00" in english.body
    assert danish.body.startswith("Hej ") and "13.00" in danish.body


def test_a_deputy_is_told_and_not_asked(cast, meeting):
    add_deputy(cast)
    call_meeting(meeting, by=cast.coordinator)
    (row,) = OutboxMail.objects.filter(recipient="suppleant@tryllerup.example")
    (attendee,) = [event_of(row)["ATTENDEE"]]
    assert attendee.params["ROLE"] == "OPT-PARTICIPANT"
    assert "/answer/" not in row.body


def test_who_has_no_e_mail_or_has_left_gets_none(cast, meeting):
    Person.objects.filter(pk=cast.member.pk).update(email=None)
    Person.objects.filter(pk=cast.head_of_it.pk).update(is_active=False)
    call_meeting(meeting, by=cast.coordinator)
    assert len(mails("invitation")) == len(CALLED) - 2
    assert meeting.attendances.filter(person=cast.member).exists()


def test_answers_go_to_the_mailbox_of_the_committee(cast, meeting):
    Committee.objects.filter(pk=cast.committee.pk).update(email="udvalg@tryllerup.example")
    meeting.committee.refresh_from_db()
    call_meeting(meeting, by=cast.coordinator)
    (row,) = mails("invitation", to="member")
    assert row.reply_to == "udvalg@tryllerup.example"
    assert str(event_of(row)["ORGANIZER"]) == "mailto:udvalg@tryllerup.example"


def test_a_meeting_that_is_over_when_it_is_called_invites_nobody(cast, meeting):
    with time_is(meeting.ends_at + timedelta(hours=1)):
        call_meeting(meeting, by=cast.coordinator, late_because="Glemt")
    assert mails("invitation") == []


def test_a_call_that_is_rolled_back_leaves_no_mail(cast, meeting):
    class Stop(Exception):
        pass

    with pytest.raises(Stop), transaction.atomic():
        call_meeting(meeting, by=cast.coordinator)
        raise Stop
    assert mails("invitation") == []
    assert not Attendance.objects.exists()


# Moved and cancelled


def test_a_new_time_is_a_new_version_of_the_same_entry_and_asks_again(cast, called):
    own = called.attendances.get(person=cast.member)
    answer(own, by=cast.member, answer="accepted", way="page")
    before = event_of(mails("invitation", to="member")[0])
    move(called, cast.coordinator, starts_at=in_days(31, 9), ends_at=in_days(31, 11))
    (row,) = mails("moved", to="member")
    after = event_of(row)
    assert after["UID"] == before["UID"] and after["SEQUENCE"] > before["SEQUENCE"]
    assert after["ATTENDEE"].params["PARTSTAT"] == "NEEDS-ACTION"
    assert "/answer/" in row.body
    own.refresh_from_db()
    assert own.answer == "" and own.answered_at is None


def test_a_new_place_keeps_the_answers(cast, called):
    own = called.attendances.get(person=cast.member)
    answer(own, by=cast.member, answer="accepted", way="page")
    move(called, cast.coordinator, place="Kantinen")
    event = event_of(mails("moved", to="member")[0])
    assert event["LOCATION"] == "Kantinen"
    assert event["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"
    own.refresh_from_db()
    assert own.answer == "accepted"


def test_a_move_that_changes_nothing_sends_nothing(cast, called):
    move(called, cast.coordinator)
    assert mails("moved") == []


def test_nobody_is_told_of_changes_to_a_meeting_they_never_heard_of(cast, meeting):
    move(meeting, cast.coordinator, place="Kantinen")
    cancel_meeting(meeting, by=cast.coordinator, because="Sygdom")
    assert mails("moved", "cancelled") == []


def test_a_cancellation_takes_the_entry_off_every_calendar(cast, called):
    send_due()
    cancel_meeting(called, by=cast.coordinator, because="Formanden er syg")
    rows = mails("cancelled")
    assert {row.recipient for row in rows} == {address(who) for who in CALLED}
    for row in rows:
        assert row.calendar_method == "CANCEL" and "Formanden er syg" in row.body
        invited = event_of(
            OutboxMail.objects.get(kind="meetings.invitation", recipient=row.recipient)
        )
        event = event_of(row)
        assert event["UID"] == invited["UID"] and event["SEQUENCE"] > invited["SEQUENCE"]
        assert b"METHOD:CANCEL" in bytes(row.calendar)


# Invited when planned


@pytest.fixture
def planned(cast: Cast) -> Meeting:
    Committee.objects.filter(pk=cast.committee.pk).update(invites_when_planned=True)
    cast.committee.refresh_from_db()
    add_deputy(cast)
    return plan_meeting(
        cast.committee,
        by=cast.coordinator,
        starts_at=in_days(40, 13),
        ends_at=in_days(40, 15),
        place="Rådhuset",
    )


def test_holders_are_invited_at_planning_without_an_agenda(cast, planned):
    rows = mails("planned")
    assert {row.recipient for row in rows} == {address(who) for who in CALLED}
    title = planned.items.first().title
    assert not any(title in row.body for row in rows)
    assert all(event_of(row)["SEQUENCE"] == 0 for row in rows)


def test_the_call_sends_the_agenda_to_all_and_keeps_what_was_answered(cast, planned):
    own = planned.attendances.get(person=cast.member)
    answer(own, by=cast.member, answer="accepted", way="page")
    call_meeting(planned, by=cast.coordinator)
    assert len(mails("invitation")) == len(CALLED) + 1
    event = event_of(mails("invitation", to="member")[0])
    assert event["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"
    assert planned.attendances.get(person=cast.member).pk == own.pk


def test_who_left_their_seat_before_the_call_is_told_and_who_took_it_is_called(cast, planned):
    seat = planned.attendances.get(person=cast.member).seat
    today = timezone.localdate()
    leave_seat(cast.member.holdings.get(), by=cast.coordinator, to_date=today)
    tomorrow = today + timedelta(days=1)
    take_seat(seat, by=None, person=cast.employee, from_date=tomorrow)
    call_meeting(planned, by=cast.coordinator)
    (row,) = mails("dropped")
    assert row.recipient == address("member") and row.calendar_method == "CANCEL"
    assert event_of(row)["SEQUENCE"] > 0
    called = set(planned.attendances.values_list("person__email", flat=True))
    assert address("member") not in called and address("employee") in called
    assert mails("invitation", to="member") == []


def test_a_deputy_who_left_before_the_call_and_never_heard_of_it_gets_no_mail(cast, planned):
    deputy = Person.objects.get(name="Signe Dalgaard")
    today = timezone.localdate()
    leave_seat(deputy.holdings.get(), by=cast.coordinator, to_date=today)
    call_meeting(planned, by=cast.coordinator)
    assert not OutboxMail.objects.filter(recipient=deputy.email).exists()


def test_a_planned_meeting_that_moves_tells_the_holders(cast, planned):
    move(planned, cast.coordinator, starts_at=in_days(41, 9), ends_at=in_days(41, 11))
    assert {row.recipient for row in mails("moved")} == {address(who) for who in CALLED}


# Through trouble


def test_a_day_without_mail_server_loses_nothing_and_doubles_nothing(cast, called, monkeypatch):
    def down(*_args, **_kwargs):
        raise smtplib.SMTPServerDisconnected("down")

    start = timezone.now()
    with monkeypatch.context() as patch:
        patch.setattr("kommissorium.core.mail.delivery.hand_over", down)
        for hour in range(24):
            assert send_due(start + timedelta(hours=hour)) == 0
        cancel_meeting(called, by=cast.coordinator, because="Sygdom")
    for hour in range(24, 36):
        send_due(start + timedelta(hours=hour))
    # Who never got the invitation is told once, that there is no meeting.
    assert sorted(message.to[0] for message in mail.outbox) == sorted(map(address, CALLED))
    assert {message.subject for message in mail.outbox} == {mails("cancelled")[0].subject}


def test_a_later_mail_takes_the_place_of_one_that_has_not_left(cast, called):
    send_due()
    move(called, cast.coordinator, place="Byrådssalen")
    called.refresh_from_db()
    move(called, cast.coordinator, place="Kantinen")
    assert len(mails("moved")) == len(CALLED)
    assert len(mails("invitation")) == len(CALLED)
    assert all("Kantinen" in row.body for row in mails("moved"))


def test_the_pack_is_one_press_away(cast, called):
    pack = f"/meetings/{called.pk}/pack/pdf/"
    assert all(pack in row.body for row in mails("invitation"))


def test_who_no_mail_reached_is_named_and_invited_again(cast, called, client_of):
    page = f"/meetings/{called.pk}/answers/"
    member = called.attendances.get(person=cast.member)
    again = f"/attendances/{member.pk}/invitation/"
    send_due()
    assert client_of("coordinator").post(again).status_code == 400
    OutboxMail.objects.filter(recipient=address("member")).update(
        sent_at=None, given_up_at=timezone.now()
    )
    assert "Mailen kom ikke frem" in client_of("coordinator").get(page).content.decode()
    assert "Mailen kom ikke frem" not in client_of("dpo").get(page).content.decode()
    Person.objects.filter(pk=cast.member.pk).update(email="ny@tryllerup.example")
    assert "Mailen kom ikke frem" in client_of("coordinator").get(page).content.decode()
    assert client_of("coordinator").post(again).status_code == 302
    assert "Mailen kom ikke frem" not in client_of("coordinator").get(page).content.decode()
    row = OutboxMail.objects.get(recipient="ny@tryllerup.example")
    assert str(Attendance.objects.get(pk=member.pk).person.name) in row.body
    assert Event.objects.about(called).filter(act="meetings.invited_again").count() == 1


def test_a_worker_killed_in_the_middle_of_a_call_finishes_after_restart(cast, called, monkeypatch):
    class Killed(BaseException):
        pass

    true_send = delivery.hand_over
    sent = []

    def send_two(mailer, message):
        if len(sent) == 2:
            raise Killed
        sent.append(message.to[0])
        true_send(mailer, message)

    start = timezone.now()
    with monkeypatch.context() as patch:
        patch.setattr("kommissorium.core.mail.delivery.hand_over", send_two)
        with pytest.raises(Killed):
            send_due(start)
    send_due(start + CLAIM + timedelta(minutes=1))
    assert sorted(message.to[0] for message in mail.outbox) == sorted(map(address, CALLED))


def monday_after_the_clocks_change() -> date:
    """Return the next Monday after summer time ends, at least two weeks away."""
    earliest = timezone.localdate() + timedelta(days=14)
    for year in (earliest.year, earliest.year + 1):
        last = date(year, 10, 31)
        monday = last - timedelta(days=(last.weekday() + 1) % 7) + timedelta(days=1)
        if monday >= earliest:
            return monday
    raise AssertionError("no such Monday")


def test_the_clock_is_right_when_summer_time_ends_between_call_and_meeting(cast):
    monday = monday_after_the_clocks_change()
    at = timezone.make_aware(datetime.combine(monday, time(13)))
    meeting = plan_meeting(
        cast.committee,
        by=cast.coordinator,
        starts_at=at,
        ends_at=at + timedelta(hours=2),
        place="Rådhuset",
    )
    call_day = datetime.combine(monday - timedelta(days=6), time(10))
    with time_is(timezone.make_aware(call_day)):
        call_meeting(meeting, by=cast.coordinator, late_because="Prøve")
    (row,) = mails("invitation", to="member")
    data = bytes(row.calendar)
    assert f"DTSTART;TZID=Europe/Copenhagen:{monday:%Y%m%d}T130000".encode() in data
    start = vobject.readOne(data.decode()).vevent.dtstart.value
    assert start.utcoffset() == timedelta(hours=1)
    assert start == at
    assert "kl. 13.00" in row.body


def test_a_call_of_many_people_costs_the_same_queries_a_person(cast, django_assert_max_num_queries):
    today = timezone.localdate()
    for number in range(10):
        seat = add_seat(
            cast.committee, by=cast.coordinator, role="member", function="", from_date=today
        )
        person = add_person(by=None, name=f"Medlem {number}", email=f"m{number}@tryllerup.example")
        take_seat(seat, by=None, person=person, from_date=today)
    meeting = plan_meeting(
        cast.committee,
        by=cast.coordinator,
        starts_at=in_days(50, 13),
        ends_at=in_days(50, 15),
        place="Rådhuset",
    )
    with django_assert_max_num_queries(60 + 4 * 16):
        call_meeting(meeting, by=cast.coordinator)
    assert len(mails("invitation")) == 16
