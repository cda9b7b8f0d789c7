"""Changes since the call, in what the reader may see."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from kommissorium.accounts.models import Person
from kommissorium.conftest import MOST_OF_PARTS, Cast, in_days, queries_of
from kommissorium.meetings.actions.agenda import add_item
from kommissorium.meetings.actions.calendar import move_meeting
from kommissorium.meetings.actions.call import add_late_item, attach_late, withdraw_item
from kommissorium.meetings.models import Meeting
from kommissorium.secretariat.actions.cycle import call
from kommissorium.tasks.models import Task

Browser = Callable[[str], Client]
SECRET = "Kanariefuglens hemmelighed"


@pytest.fixture
def cast(cast: Cast) -> Iterator[Cast]:
    Person.objects.update(language="en")
    with translation.override("en"):
        yield cast


@pytest.fixture
def called(cast: Cast, meeting: Meeting) -> Meeting:
    call(meeting, by=cast.coordinator)
    return meeting


@pytest.fixture
def url(meeting: Meeting) -> str:
    return reverse("meeting_changes", args=[meeting.pk])


def task(cast: Cast, title: str, **more: Any) -> Task:
    values = {
        "created_at": timezone.now(),
        "due": timezone.localdate() + timedelta(days=9),
        "owner": cast.head_of_it,
    }
    return Task.objects.create(committee=cast.committee, title=title, **{**values, **more})


def test_who_follows_the_committee_sees_the_page(
    called: Meeting, client_of: Browser, url: str
) -> None:
    for who in ("coordinator", "chair", "member", "dpo", "auditor", "executive"):
        assert client_of(who).get(url).status_code == 200, who
    for who in ("employee", "administrator"):
        assert client_of(who).get(url).status_code == 404, who


def test_before_the_call_and_without_changes_it_says_so(
    meeting: Meeting, cast: Cast, client_of: Browser, url: str
) -> None:
    assert "has not been called yet" in client_of("member").get(url).text
    call(meeting, by=cast.coordinator)
    response = client_of("member").get(url)
    assert "Nothing has changed since the call" in response.text
    assert not response.context["changed"]


def test_late_items_late_files_and_withdrawn_items_stand_with_their_reasons(
    called: Meeting, cast: Cast, client_of: Browser, url: str
) -> None:
    add_late_item(called, by=cast.chair, late_because="Brud i går", title="Brud", type="decision")
    second, third = called.items.get(number=2), called.items.get(number=3)
    attach_late(second, by=cast.chair, name="log.txt", data=b"log", late_because="Kom i nat")
    withdraw_item(third, by=cast.chair, because="Bilaget mangler")
    page = client_of("member").get(url).text
    for words in ("Brud i går", f"{called.label}-9", "log.txt", "Kom i nat", "Bilaget mangler"):
        assert words in page, words


def test_time_and_place_are_compared_with_the_call(
    called: Meeting, cast: Cast, client_of: Browser, url: str
) -> None:
    move_meeting(
        called,
        by=cast.coordinator,
        starts_at=in_days(30, 9),
        ends_at=in_days(30, 11),
        place="Rådhuset, byrådssalen",
        link=called.link,
        edit_version=called.edit_version,
    )
    response = client_of("member").get(url)
    moved = {one.label: (one.before, one.now) for one in response.context["changed"].moved}
    assert moved["Place"] == ("Rådhuset, mødelokale 2", "Rådhuset, byrådssalen")
    assert list(moved) == ["Time", "Place"]
    assert "13" in moved["Time"][0]
    assert "Rådhuset, byrådssalen" in response.text


def test_facts_of_the_registers_that_came_went_and_changed(
    meeting: Meeting, cast: Cast, client_of: Browser, url: str
) -> None:
    kept, gone, changed = (task(cast, f"Opgave {number}") for number in range(3))
    call(meeting, by=cast.coordinator)
    Task.objects.filter(pk=gone.pk).update(
        state=Task.State.DROPPED, dropped_at=timezone.now(), dropped_because="Aflyst"
    )
    Task.objects.filter(pk=changed.pk).update(owner=cast.member)
    new = task(cast, "Opgave ny")
    response = client_of("member").get(url)
    (found,) = (
        one for one in response.context["changed"].facts if one.item.measure == "agenda_ongoing"
    )
    kinds = {(change.kind, change.cells[0]) for change in found.changes}
    assert kinds == {("new", new.title), ("gone", gone.title), ("changed", changed.title)}
    assert kept.title not in response.text
    assert cast.head_of_it.name in response.text  # who it was before


def test_after_the_meeting_the_registers_are_no_longer_compared(
    called: Meeting, cast: Cast, client_of: Browser, url: str
) -> None:
    task(cast, "Opgave ny")
    assert client_of("member").get(url).context["changed"].facts
    Meeting.objects.filter(pk=called.pk).update(state=Meeting.State.HELD)
    assert not client_of("member").get(url).context["changed"]


def test_a_closed_item_shows_nowhere_to_others(
    meeting: Meeting, cast: Cast, client_of: Browser, url: str
) -> None:
    def closed(number: int) -> dict[str, Any]:
        return {
            "title": f"{SECRET} {number}",
            "type": "decision",
            "is_closed": True,
            "closed_ground": f"{SECRET} grund",
        }

    item = add_item(meeting, by=cast.coordinator, **closed(1))
    call(meeting, by=cast.coordinator)
    add_late_item(meeting, by=cast.chair, late_because=f"{SECRET} a", **closed(2))
    name = f"{SECRET}.txt"
    attach_late(item, by=cast.chair, name=name, data=b"x", late_because=f"{SECRET} b")
    withdraw_item(item, by=cast.chair, because=f"{SECRET} c")
    for who in ("auditor", "executive"):
        assert SECRET not in client_of(who).get(url).text, who
    page = client_of("member").get(url).text
    for words in ("2", "a", "b", "c"):
        assert f"{SECRET} {words}" in page


def test_the_page_asks_as_much_however_much_came_after_the_call(
    meeting: Meeting, cast: Cast, client_of: Browser, url: str
) -> None:
    for number in range(20):
        task(cast, f"Opgave {number}")
    call(meeting, by=cast.coordinator)
    browsers = {who: client_of(who) for who in ("coordinator", "chair", "member", "auditor")}
    asked: dict[str, list[int]] = {who: [] for who in browsers}
    for numbers in (range(2), range(2, 20)):
        for number in numbers:
            task(cast, f"Ny opgave {number}")
            add_late_item(
                meeting, by=cast.chair, late_because="Nu", title=f"Sent {number}", type="decision"
            )
        for who, browser in browsers.items():
            assert browser.get(url).status_code == 200
            asked[who].append(queries_of(partial(browser.get, url)))
    for who, (few, many) in asked.items():
        assert few == many <= MOST_OF_PARTS, who
