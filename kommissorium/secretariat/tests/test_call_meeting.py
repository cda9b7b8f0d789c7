"""Calling a meeting by its page, and the numbers it gives."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from kommissorium.accounts.actions import close_login
from kommissorium.accounts.models import Person
from kommissorium.committees.actions.committee import found_committee
from kommissorium.committees.actions.seats import add_seat, leave_seat, take_seat
from kommissorium.conftest import LATE, MOST_OF_PARTS, Cast, in_days, plan, queries_of, time_is
from kommissorium.core.evidence.canonical import sha256
from kommissorium.core.evidence.models import Event
from kommissorium.core.refusals import Refused
from kommissorium.meetings.actions.agenda import add_item, attach, remove_item
from kommissorium.meetings.actions.calendar import cancel_meeting, plan_meeting
from kommissorium.meetings.actions.call import last_day_of_call
from kommissorium.meetings.models import AgendaItem, Call, Meeting
from kommissorium.meetings.pack import Pack
from kommissorium.meetings.pack.pdf import pack_pdf
from kommissorium.meetings.pack_builder import HEAVY
from kommissorium.secretariat.actions.cycle import call

pytestmark = pytest.mark.both("two who call at once")

Browser = Callable[[str], Client]


@pytest.fixture
def cast(cast: Cast) -> Iterator[Cast]:
    Person.objects.update(language="en")
    with translation.override("en"):
        yield cast


@pytest.fixture
def url(meeting: Meeting) -> str:
    return reverse("meeting_call", args=[meeting.pk])


def planned(cast: Cast, days: int, **more: Any) -> Meeting:
    committee = more.pop("committee", cast.committee)
    times = {"starts_at": in_days(days, 13), "ends_at": in_days(days, 15)}
    return plan_meeting(committee, by=cast.coordinator, place="Rådhuset", **times | more)


def test_only_who_keeps_the_meeting_calls_it(
    meeting: Meeting, client_of: Browser, url: str
) -> None:
    for who, status in [("employee", 404), ("member", 403), ("dpo", 403), ("auditor", 403)]:
        assert client_of(who).get(url).status_code == status, who
        assert client_of(who).post(url).status_code == status, who
    for who in ("coordinator", "chair", "deputy"):
        assert client_of(who).get(url).status_code == 200, who
    meeting.refresh_from_db()
    assert meeting.state == Meeting.State.PLANNED


def test_one_press_numbers_freezes_and_leads_back(
    meeting: Meeting, client_of: Browser, url: str
) -> None:
    answer = client_of("coordinator").post(url)
    assert (answer.status_code, answer["Location"]) == (302, meeting.get_absolute_url())
    meeting.refresh_from_db()
    year = timezone.localdate(meeting.starts_at).year
    assert (meeting.state, meeting.label) == (Meeting.State.CALLED, f"{year}/1")
    assert list(meeting.items.values_list("number", flat=True)) == list(range(1, 9))
    assert meeting.items.get(number=5).label == f"{year}/1-5"
    assert meeting.call.record.pdf
    assert Event.objects.about(meeting).filter(act="meetings.meeting_called").count() == 1


def test_looking_at_the_page_changes_nothing(
    meeting: Meeting, client_of: Browser, url: str
) -> None:
    before = Event.objects.count()
    client_of("coordinator").get(url)
    meeting.refresh_from_db()
    assert (meeting.state, Event.objects.count()) == (Meeting.State.PLANNED, before)


def test_the_page_says_who_gets_no_mail_and_which_seats_are_vacant(
    cast: Cast, client_of: Browser, url: str
) -> None:
    Person.objects.filter(pk=cast.member.pk).update(email=None)
    leave_seat(cast.dpo.holdings.get(), by=cast.coordinator, to_date=timezone.localdate())
    response = client_of("coordinator").get(url)
    told = f"{cast.member.name} has no e-mail address. Hand the agenda over on paper."
    assert told in response.text
    ahead = response.context["preview"]
    assert cast.member not in ahead.mailed
    assert cast.chair in ahead.mailed
    assert [seat.role for seat in ahead.vacant] == ["adviser"]
    done = client_of("coordinator").post(url, follow=True)
    assert told in done.text


def test_of_who_has_left_the_page_says_that_and_not_that_they_have_no_address(
    cast: Cast, client_of: Browser, url: str
) -> None:
    close_login(cast.member, by=cast.coordinator)
    response = client_of("coordinator").get(url)
    told = f"{cast.member.name} has left and gets no mail. Give their place to somebody else"
    assert told in response.text
    assert f"{cast.member.name} has no e-mail address" not in response.text
    assert cast.member not in response.context["preview"].mailed
    done = client_of("coordinator").post(url, follow=True)
    assert told in done.text
    assert f"{cast.member.name} has no e-mail address" not in done.text


def test_the_page_lists_items_without_text(
    meeting: Meeting, cast: Cast, client_of: Browser, url: str
) -> None:
    bare = add_item(meeting, by=cast.coordinator, title="Tomt punkt", type="decision")
    full = add_item(
        meeting, by=cast.coordinator, title="Fuldt", type="decision", presentation="<p>Sagen</p>"
    )
    listed = client_of("coordinator").get(url).context["preview"].without_text
    assert bare in listed
    assert full not in listed
    assert "agenda_minutes" not in {item.measure for item in listed}  # a register fills it


def test_a_late_call_is_asked_why(meeting: Meeting, client_of: Browser, url: str) -> None:
    last = last_day_of_call(meeting)
    on_time = timezone.now().replace(year=last.year, month=last.month, day=last.day, hour=9)
    with time_is(on_time):
        response = client_of("coordinator").get(url)
        assert response.context["last_day"] == last
        assert not response.context["is_late"]
        assert "late_because" not in response.context["form"].fields
    with time_is(on_time + timedelta(days=1)):
        browser = client_of("coordinator")
        assert browser.get(url).context["is_late"]
        for reason in ("", "   "):
            answer = browser.post(url, {"late_because": reason})
            assert answer.status_code == 400
            assert "Say why it is late" in str(answer.context["form"].errors["late_because"])
        assert browser.post(url, {"late_because": "Formanden var syg"}).status_code == 302
    assert Call.objects.get(meeting=meeting).late_because == "Formanden var syg"


def test_a_meeting_without_place_agenda_or_people_is_refused_with_the_reason(
    meeting: Meeting, cast: Cast, client_of: Browser, url: str
) -> None:
    browser = client_of("coordinator")

    def refused_for(words: str) -> None:
        assert words in browser.get(url).text
        answer = browser.post(url)
        assert answer.status_code == 400
        assert words in str(answer.context["form"].non_field_errors())

    Meeting.objects.filter(pk=meeting.pk).update(place="", link="")
    refused_for("no place and no video link")
    Meeting.objects.filter(pk=meeting.pk).update(place="Rådhuset")
    for item in meeting.items.select_related("meeting__committee"):
        remove_item(item, by=cast.coordinator)
    refused_for("The agenda is empty")
    alone = found_committee(name="Et andet udvalg", by=cast.coordinator)
    empty = planned(cast, 40, committee=alone)
    add_item(empty, by=cast.coordinator, title="Punkt", type="decision")
    answer = browser.post(reverse("meeting_call", args=[empty.pk]))
    assert answer.status_code == 400
    assert "Nobody sits in the committee" in answer.text


def test_what_was_called_or_cancelled_is_refused_with_the_reason(
    meeting: Meeting, cast: Cast, client_of: Browser, url: str
) -> None:
    browser = client_of("coordinator")
    assert browser.post(url).status_code == 302
    again = browser.post(url)
    assert again.status_code == 400
    assert "has been called already" in again.text
    other = planned(cast, 60)
    cancel_meeting(other, by=cast.coordinator, because="Sygdom")
    gone = browser.get(reverse("meeting_call", args=[other.pk]))
    assert gone.status_code == 400
    assert "is cancelled" in gone.text
    assert Call.objects.count() == 1


def test_numbers_run_per_committee_and_year_without_gaps(cast: Cast) -> None:
    other = found_committee(name="Et andet udvalg", by=cast.coordinator)
    seat = add_seat(other, by=cast.coordinator, role="chair", function="", from_date=cast.since)
    take_seat(seat, by=None, person=cast.chair, from_date=cast.since, because=LATE)
    days = {"first": 500, "second": 510, "dropped": 520, "third": 530}
    year = timezone.localdate(in_days(500, 13)).year
    meetings = {name: planned(cast, number) for name, number in days.items()}
    elsewhere = planned(cast, 505, committee=other)
    add_item(elsewhere, by=cast.coordinator, title="Punkt", type="decision")
    Meeting.objects.filter(pk=meetings["second"].pk).update(place="", link="")
    call(meetings["first"], by=cast.coordinator)
    with pytest.raises(Refused):
        call(meetings["second"], by=cast.coordinator)
    call(elsewhere, by=cast.coordinator)
    cancel_meeting(meetings["dropped"], by=cast.coordinator, because="Sygdom")
    third = meetings["third"]
    call(third, by=cast.coordinator)
    next_year = planned(cast, 500 + 366)
    call(next_year, by=cast.coordinator)
    assert meetings["first"].label == f"{year}/1"
    assert elsewhere.label == f"{year}/1"
    assert third.label == f"{timezone.localdate(third.starts_at).year}/2"
    assert next_year.label == f"{timezone.localdate(next_year.starts_at).year}/1"


def test_two_calls_at_once_make_one(committing: Cast) -> None:
    meeting = plan(committing)
    outcomes: list[str] = []
    start = threading.Barrier(4)

    def press() -> None:
        try:
            seen = Meeting.objects.select_related("committee").get(pk=meeting.pk)
            start.wait(10)
            call(seen, by=committing.coordinator)
            outcomes.append("called")
        except Refused:
            outcomes.append("refused")
        except Exception as error:  # noqa: BLE001 whatever it is, the test must tell
            outcomes.append(repr(error))
        finally:
            connection.close()

    run(press, 4)
    assert sorted(outcomes) == ["called", "refused", "refused", "refused"]
    meeting.refresh_from_db()
    assert (Call.objects.count(), meeting.number) == (1, 1)
    assert list(meeting.items.values_list("number", flat=True)) == list(range(1, 9))


def test_two_meetings_called_at_once_get_two_numbers(committing: Cast) -> None:
    first = in_days(500, 13)
    days = [0, 1, 2]  # one year, whatever today is
    if (first + timedelta(days=2)).year != first.year:
        first += timedelta(days=5)
    meetings = [
        plan_meeting(
            committing.committee,
            by=committing.coordinator,
            starts_at=first + timedelta(days=day),
            ends_at=first + timedelta(days=day, hours=2),
            place="Rådhuset",
        )
        for day in days
    ]
    errors: list[str] = []
    waiting = list(meetings)
    start = threading.Barrier(3)

    def press() -> None:
        try:
            mine = waiting.pop()
            start.wait(10)
            call(mine, by=committing.coordinator)
        except Exception as error:  # noqa: BLE001 whatever it is, the test must tell
            errors.append(repr(error))
        finally:
            connection.close()

    run(press, 3)
    assert errors == []
    numbers = Meeting.objects.filter(pk__in=[one.pk for one in meetings])
    assert list(numbers.order_by("number").values_list("number", flat=True)) == [1, 2, 3]


def run(press: Callable[[], None], count: int) -> None:
    connection.close()
    threads = [threading.Thread(target=press) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)


def test_what_carries_over_is_announced_and_comes(
    meeting: Meeting, cast: Cast, client_of: Browser
) -> None:
    item = add_item(
        meeting, by=cast.coordinator, title="Fast punkt", type="discussion", is_recurring=True
    )
    call(meeting, by=cast.coordinator)
    later = planned(cast, 60)
    Meeting.objects.filter(pk=meeting.pk).update(state=Meeting.State.HELD)
    url = reverse("meeting_call", args=[later.pk])
    response = client_of("coordinator").get(url)
    assert response.context["preview"].carried == [item]
    assert "Fast punkt" in response.text
    assert client_of("coordinator").post(url).status_code == 302
    assert AgendaItem.objects.get(meeting=later, carried_from=item).number == 8


def test_the_page_asks_as_much_however_long_the_agenda(
    meeting: Meeting, cast: Cast, client_of: Browser, url: str
) -> None:
    browsers = {who: client_of(who) for who in ("coordinator", "chair")}
    asked: dict[str, list[int]] = {who: [] for who in browsers}
    for numbers in (range(2), range(2, 30)):
        for number in numbers:
            add_item(meeting, by=cast.coordinator, title=f"Punkt {number}", type="information")
        for who, browser in browsers.items():
            assert browser.get(url).status_code == 200
            asked[who].append(queries_of(partial(browser.get, url)))
    for who, (few, many) in asked.items():
        assert few == many <= MOST_OF_PARTS, who


def test_no_heavy_file_is_typeset_while_others_wait_to_write(
    cast: Cast, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = meeting.items.all()[0]
    attach(item, by=cast.coordinator, name="bilag.txt", data=b"Bilag. " * (HEAVY // 7 + 1))
    depths: list[int] = []

    def press(pack: Pack) -> bytes:
        depths.append(len(connection.savepoint_ids))
        if len(depths) == 1:  # somebody writes while it is being typeset
            AgendaItem.objects.filter(pk=item.pk).update(title="Nu et andet punkt")
        return pack_pdf(pack)

    monkeypatch.setattr("kommissorium.meetings.pack.pdf.pack_pdf", press)
    here = len(connection.savepoint_ids)
    made = call(meeting, by=cast.coordinator)
    assert depths == [here, here + 2]  # before the call; again within it, as the item changed
    assert "Nu et andet punkt" in made.record.content
    assert Event.objects.about(meeting).filter(act="meetings.meeting_called").count() == 1

    later = planned(cast, 60)
    attach(
        add_item(later, by=cast.coordinator, title="Kun dette", type=AgendaItem.Type.DECISION),
        by=cast.coordinator,
        name="bilag.txt",
        data=b"Bilag. " * (HEAVY // 7 + 1),
    )
    made = call(later, by=cast.coordinator)
    assert depths[2:] == [here]
    content = json.loads(made.record.content)
    assert content["number"] == later.label
    assert made.record.pdf_hash == sha256(bytes(made.record.pdf or b""))
