"""The first page, as each of the people sees it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from kommissorium.committees.actions.committee import found_committee
from kommissorium.committees.actions.seats import add_seat
from kommissorium.conftest import MOST_OF_PARTS, Cast, in_days, queries_of
from kommissorium.meetings.actions.agenda import add_item
from kommissorium.meetings.actions.calendar import plan_meeting
from kommissorium.meetings.models import Meeting
from kommissorium.tasks.actions import give_task

Browser = Callable[[str], Client]
URL = "/"


def waiting(browser: Client) -> str:
    return " ".join(thing.text for thing in browser.get(URL).context["waiting"])


def test_a_member_sees_the_next_meeting_and_its_agenda(
    meeting: Meeting, client_of: Browser
) -> None:
    response = client_of("member").get(URL)
    page = response.content.decode()
    assert response.context["meeting"] == meeting
    assert meeting.place in page
    assert all(item.title in page for item in meeting.items.all())
    assert response.context["waiting"] == []


def test_an_employee_sees_no_meeting_and_no_mandate_but_asks_what_the_rules_say(
    meeting: Meeting, cast: Cast, client_of: Browser
) -> None:
    response = client_of("employee").get(URL)
    page = response.content.decode()
    assert response.context["meeting"] is None
    assert meeting.place not in page
    assert cast.mandate.title not in page
    asks = f'action="{reverse("handbook")}"'
    assert asks in page and reverse("incident_report") in page
    assert f"{reverse('handbook')}?ask=1" in page
    assert asks not in client_of("member").get(URL).content.decode()


def test_who_prepares_is_told_that_the_calendar_is_too_short(
    cast: Cast, client_of: Browser
) -> None:
    first = client_of("coordinator").get(URL).context["waiting"][0]
    assert (first.urgent, first.url) == (True, reverse("meetings_plan", args=[cast.committee.pk]))
    plan_meeting(
        cast.committee,
        by=cast.coordinator,
        starts_at=in_days(190, 9),
        ends_at=in_days(190, 10),
        place="Rådhuset",
    )
    things = client_of("coordinator").get(URL).context["waiting"]
    assert not [thing for thing in things if thing.urgent]


def test_vacant_seats_and_unwritten_items_wait_for_the_secretary(
    meeting: Meeting, cast: Cast, client_of: Browser
) -> None:
    add_seat(
        cast.committee,
        by=cast.coordinator,
        role="member",
        function="Chef for Teknik",
        from_date=cast.since,
    )
    urls = [thing.url for thing in client_of("coordinator").get(URL).context["waiting"]]
    assert cast.committee.get_absolute_url() in urls
    assert meeting.get_absolute_url() in urls
    # The chair may do it too, but while there is a secretary it is the secretary's to do.
    for who in ("chair", "deputy", "dpo", "member", "auditor", "employee"):
        assert client_of(who).get(URL).context["waiting"] == [], who
    (lone,) = client_of("administrator").get(URL).context["waiting"]
    assert lone.url == reverse("people"), "a second administrator is wanted"


def test_a_committee_without_a_mandate_is_asked_for_one(cast: Cast, client_of: Browser) -> None:
    committee = found_committee(name="Beredskabsgruppen", by=cast.coordinator)
    urls = [thing.url for thing in client_of("coordinator").get(URL).context["waiting"]]
    assert reverse("mandate_read", args=[committee.pk]) in urls


def test_a_closed_item_has_no_title_for_outsiders(
    meeting: Meeting, cast: Cast, client_of: Browser
) -> None:
    add_item(
        meeting,
        by=cast.coordinator,
        title="Hemmelig svaghed",
        type="information",
        is_closed=True,
        closed_ground="Sårbarhed",
    )
    assert "Hemmelig" in client_of("member").get(URL).content.decode()
    for who in ("auditor", "executive", "employee"):
        assert "Hemmelig" not in client_of(who).get(URL).content.decode(), who


@pytest.mark.parametrize(
    "who", ["coordinator", "chair", "member", "auditor", "executive", "employee"]
)
def test_the_page_asks_as_much_however_much_there_is(
    meeting: Meeting, cast: Cast, client_of: Browser, who: str
) -> None:
    browser = client_of(who)
    browser.get(URL)
    asked = []
    for numbers in (range(2), range(2, 20)):
        for number in numbers:
            found_committee(name=f"Udvalg {number}", by=cast.coordinator)
            for owner in (cast.coordinator, cast.chair, cast.member):
                give_task(
                    by=cast.coordinator,
                    committee=cast.committee,
                    title=f"Opgave {number}",
                    owner=owner,
                    due=in_days(number, 12).date(),
                )
            add_item(meeting, by=cast.chair, title=f"Punkt {number}", type="information")
        asked.append(queries_of(lambda: browser.get(URL)))
    assert asked[0] == asked[1] <= MOST_OF_PARTS
