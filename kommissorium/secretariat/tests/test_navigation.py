"""The menu holds what a person has use for, and pages tell those who see little no untruth."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kommissorium.accounts.actions import give_role
from kommissorium.conftest import Cast
from kommissorium.meetings.models import Meeting
from kommissorium.secretariat.navigation import navigation

Browser = Callable[[str], Client]
FEW = [reverse(name) for name in ("overview", "assets", "handbook", "incident_report", "tasks")]


def work_of(cast: Cast, who: str) -> list[str]:
    """Return what stands in the menu above the administration."""
    sections = navigation("/", cast.who(who))
    return [link.url for one in sections if one.label != "Administration" for link in one.links]


@pytest.mark.parametrize("who", ["employee", "system_owner", "administrator"])
def test_who_follows_no_committee_has_five_lines(cast: Cast, who: str) -> None:
    assert work_of(cast, who) == FEW


@pytest.mark.parametrize("who", ["coordinator", "chair", "member", "dpo", "auditor"])
def test_who_follows_a_committee_finds_its_work(cast: Cast, who: str) -> None:
    more = {reverse(name) for name in ("meetings", "decisions", "policies")}
    assert more | set(FEW) - {reverse("handbook")} < set(work_of(cast, who))


def test_an_executive_without_a_seat_has_one_line_more_that_of_the_reports(cast: Cast) -> None:
    own = navigation("/", cast.executive)
    assert len(own) == 1 and [one.label for one in own[0].links if one.url not in FEW] == [
        "Rapporter"
    ]
    assert len(work_of(cast, "executive")) == len(FEW) + 1


def test_an_executive_with_a_seat_finds_the_committees_work(cast: Cast) -> None:
    person = cast.member
    give_role(person, "executive", by=None, from_date=timezone.localdate())
    assert reverse("meetings") in work_of(cast, "member")


def test_what_has_no_line_is_linked_from_the_overview(cast: Cast, client_of: Browser) -> None:
    page = client_of("employee").get("/").text
    assert f'href="{reverse("yearwheel")}"' in page
    assert f'href="{reverse("risks")}"' in page
    assert f'href="{reverse("objectives")}"' not in page


def test_nobody_is_told_that_there_is_nothing_where_they_may_not_look(
    meeting: Meeting, client_of: Browser
) -> None:
    outsider, member = client_of("employee"), client_of("member")
    assert "Intet endnu" in member.get(reverse("decisions")).text
    assert "Intet endnu" not in outsider.get(reverse("decisions")).text
    everybodys = reverse("tasks") + "?view=all"
    assert "Der er ingen åbne opgaver" in member.get(everybodys).text
    assert "Der er ingen åbne opgaver" not in outsider.get(everybodys).text
