"""The menu holds what a person has use for, and pages tell those who see little no untruth."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kommissorium.accounts.actions import give_role
from kommissorium.assets.tests.document_cases import system
from kommissorium.conftest import Cast
from kommissorium.meetings.models import Meeting
from kommissorium.secretariat.navigation import navigation

Browser = Callable[[str], Client]
EVERYBODYS = [reverse(name) for name in ("overview", "incident_report", "handbook")]
ASSETS, TASKS, REGISTERS = reverse("assets"), reverse("tasks"), reverse("registers_in_use")


def lines_of(cast: Cast, who: str, path: str = "/", waiting: int = 0) -> list[str]:
    """Return where the lines of the menu lead, on a page."""
    sections = navigation(path, cast.who(who), lambda: waiting)
    return [link.url for one in sections for link in one.links]


def test_an_employee_has_three_lines_and_tasks_where_something_waits(cast: Cast) -> None:
    assert sorted(lines_of(cast, "employee")) == sorted(EVERYBODYS)
    assert sorted(lines_of(cast, "employee", waiting=1)) == sorted([*EVERYBODYS, TASKS])
    assert TASKS in lines_of(cast, "employee", "/tasks/")


def test_who_owns_something_finds_it(cast: Cast) -> None:
    assert ASSETS not in lines_of(cast, "employee")
    system(cast)
    del cast.employee.owns_today  # as it is fetched with each request
    assert sorted(lines_of(cast, "employee")) == sorted([*EVERYBODYS, ASSETS])


@pytest.mark.parametrize(
    ("who", "most"), [("coordinator", 10), ("auditor", 10), ("chair", 5), ("member", 5), ("dpo", 5)]
)
def test_the_menu_is_short_and_unfolds_where_one_is(cast: Cast, who: str, most: int) -> None:
    lines = lines_of(cast, who)
    assert len(lines) <= most
    assert {reverse("meetings"), TASKS, reverse("compliance"), REGISTERS} < set(lines)
    for path in (REGISTERS, ASSETS, reverse("policies")):
        unfolded = set(lines_of(cast, who, path))
        assert {ASSETS, reverse("policies"), reverse("decisions"), reverse("yearwheel")} < unfolded


def test_an_executive_without_a_seat_has_one_line_more_that_of_the_reports(cast: Cast) -> None:
    own = navigation("/", cast.executive)
    more = [one for one in own[0].links if one.url not in (*EVERYBODYS, ASSETS)]
    assert len(own) == 1 and [one.label for one in more] == ["Rapporter"]


def test_an_executive_with_a_seat_finds_the_committees_work(cast: Cast) -> None:
    person = cast.member
    give_role(person, "executive", by=None, from_date=timezone.localdate())
    assert reverse("meetings") in lines_of(cast, "member")


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
