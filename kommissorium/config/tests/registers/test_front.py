"""The front of who leads: three pictures, what waits, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from kommissorium.committees.actions.committee import found_committee
from kommissorium.committees.models import Committee
from kommissorium.compliance.actions.freezing import freeze_month_ends
from kommissorium.compliance.front import MandateFront
from kommissorium.compliance.fulfilment import month_ends
from kommissorium.conftest import MOST_OF_PARTS, Cast, in_days, queries_of, time_is
from kommissorium.measures.findings import State
from kommissorium.meetings.models import Meeting
from kommissorium.projects.front import money_picture
from kommissorium.projects.tests.cases import project, tell
from kommissorium.registers.actions.beginnings import put_off
from kommissorium.risks.front import matrix_picture
from kommissorium.risks.tests.picture_cases import assess, level, risk
from kommissorium.tasks.actions import give_task

type Browser = Callable[[str], Client]
URL = "/"
LEADING = ("chair", "deputy", "executive")


def titles(browser: Client) -> list[str]:
    return [one.title for one in browser.get(URL).context["pictures"]]


@pytest.mark.parametrize("who", LEADING)
def test_who_leads_has_three_pictures_and_what_waits(
    meeting: Meeting, cast: Cast, client_of: Browser, who: str
) -> None:
    level(cast, 2)
    risk(assess(cast), (4, 4))
    tell(cast, project(cast, title="Ny firewall"), spent=25_000)
    due = timezone.localdate() + timedelta(days=3)
    owner = cast.who(who)
    give_task(by=cast.coordinator, committee=cast.committee, title="Ryd op", owner=owner, due=due)
    response = client_of(who).get(URL)
    page = response.content.decode()
    assert [one.url for one in response.context["pictures"]] == [
        reverse("risks"),
        reverse("projects"),
    ]
    assert "1 risiko ligger over risikoniveauet." in page
    assert re.search(r'aria-label="I dag\. [^"]*: 1"', page), "the matrix in words"
    assert "Ny firewall" in page and "25\u00a0%" in page.replace("25 %", "25\u00a0%")
    assert reverse("compliance_today", args=[cast.committee.pk]) in page
    assert "Ryd op" in page and 'id="waits"' in page
    assert "page-aside" not in page and meeting.place not in page, "nothing else"


@pytest.mark.parametrize("who", ["coordinator", "member", "dpo", "auditor", "employee"])
def test_others_have_their_own_front(cast: Cast, client_of: Browser, who: str) -> None:
    response = client_of(who).get(URL)
    assert "pictures" not in response.context
    assert "front-pictures" not in response.content.decode()


def test_a_register_not_in_use_has_no_picture(cast: Cast, client_of: Browser) -> None:
    browser = client_of("chair")
    assert len(titles(browser)) == 2
    until = timezone.localdate() + timedelta(days=90)
    put_off(["risks"], by=cast.coordinator, until=until)
    assert titles(browser) == ["Projekternes budget"]
    put_off(["projects"], by=cast.coordinator, until=until)
    assert titles(browser) == []


def test_a_picture_without_anything_says_so_and_draws_nothing(cast: Cast) -> None:
    today = timezone.localdate()
    for picture in (matrix_picture(cast.chair, today), money_picture(cast.chair, today)):
        assert picture.sentence and not picture.lines


def test_the_risks_of_a_year_ago_stand_beside_todays(cast: Cast) -> None:
    with time_is(in_days(400, 12)):
        level(cast, 2, since=395)
        risk(assess(cast, since=390), (4, 4))
        risk(assess(cast, "Ny", since=3), (4, 4))
        picture = matrix_picture(cast.executive, timezone.localdate())
    assert [one.picture.title.count(": 1") for one in picture.lines] == [1, 0]
    assert "2 risici ligger over" in picture.sentence and "var det 1." in picture.sentence
    assert "?then=" in picture.url


def test_a_picture_is_of_what_the_person_may_read(cast: Cast) -> None:
    level(cast, 2)
    risk(assess(cast), (4, 4))
    tell(cast, project(cast, owner=cast.system_owner), spent=25_000)
    today = timezone.localdate()
    assert not matrix_picture(cast.employee, today).lines
    assert not money_picture(cast.employee, today).lines
    assert money_picture(cast.system_owner, today).lines


def test_more_spent_than_there_is_comes_first_and_is_said(cast: Cast) -> None:
    tell(cast, project(cast, title="Dyrt", budget=900_000), spent=1)
    tell(cast, project(cast, title="Over", budget=100), spent=150)
    tell(cast, project(cast, title="Intet budget", budget=0), spent=0)
    lines = money_picture(cast.chair, timezone.localdate()).lines
    assert [one.name for one in lines][:2] == ["Over", "Dyrt"]
    assert "over budgettet" in lines[0].said and lines[2].said.startswith("0")


def test_mandates_are_those_one_leads_and_the_executives_all(
    cast: Cast, client_of: Browser
) -> None:
    found_committee(name="Uden kommissorium", by=cast.coordinator)
    for who in ("chair", "executive"):
        found = client_of(who).get(URL).context["mandates"]
        assert [one.committee for one in found] == [cast.committee]


def test_the_months_are_read_from_frozen_answers(cast: Cast, client_of: Browser) -> None:
    assert client_of("chair").get(URL).context["mandates"][0].last is None
    with time_is(in_days(100, 9)):
        freeze_month_ends()
        [one] = client_of("chair").get(URL).context["mandates"]
        day, states = one.last
        assert day == one.ends[-1] and len(states) > 10
        assert one.fulfilled == sum(state == State.FULFILLED for state in states)
        assert one.course is not None and f"til {one.fulfilled * 100 // len(states)} %" in (
            one.course.said
        )


@given(st.lists(st.none() | st.lists(st.sampled_from(State), min_size=1), min_size=12, max_size=12))
def test_a_course_never_says_more_than_is_told(states: list[list[State] | None]) -> None:
    ends = month_ends(timezone.localdate(), 13)[:-1]
    found = MandateFront(Committee(name="Udvalg"), ends, states)
    told = [one for one in states if one]
    assert (found.last is None) == (not told) and len(found.strip.tones) == len(
        told[-1] if told else []
    )
    course = found.course
    assert (course is None) == (len(told) < 2)
    if course:
        assert all(
            (value is None) == (one is None)
            for value, one in zip(course.values, states, strict=True)
        )
        assert all(value is None or 0 <= value <= 100 for value in course.values)
        whole = [value for value in course.values if value == 100]
        assert len(whole) == sum(set(one) == {State.FULFILLED} for one in told)


@pytest.mark.parametrize("who", LEADING)
def test_the_front_asks_as_much_however_much_there_is(
    cast: Cast, client_of: Browser, who: str
) -> None:
    browser, found = client_of(who), assess(cast)
    level(cast, 2)
    browser.get(URL)
    asked = []
    for number in (2, 15):
        for at in range(number):
            risk(found, (4, 4))
            tell(cast, project(cast, title=f"Projekt {at}"), spent=25_000)
        asked.append(queries_of(lambda: browser.get(URL)))
    assert asked[0] == asked[1] <= MOST_OF_PARTS
