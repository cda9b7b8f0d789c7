"""The list of tasks, its filters and its workbook, and the page of one task."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from kommissorium.conftest import Cast
from kommissorium.tasks.actions import (
    choose_for_quarter,
    delegate_task,
    drop_task,
    finish_task,
    reopen_task,
)
from kommissorium.tasks.models import Task
from kommissorium.tasks.quarters import next_quarter, quarter_of
from kommissorium.tasks.tests.conftest import Give

pytestmark = pytest.mark.both("sorts, narrows and searches")

Browser = Callable[[str], Client]
MOST_QUERIES = 12


def shown(browser: Client, **query: object) -> list[str]:
    address = reverse("tasks")
    return [task.title for task in browser.get(address, {"view": "mine", **query}).context["tasks"]]


@pytest.fixture
def several(cast: Cast, give: Give) -> dict[str, Task]:
    """Tasks of all states; the head of IT has one that is late, one that is not."""
    tasks = {
        name: give(title=name, days=days, owner=owner)
        for name, days, owner in (
            ("senere", 30, cast.head_of_it),
            ("for sent", 5, cast.head_of_it),
            ("gjort", 10, cast.head_of_it),
            ("droppet", 10, cast.head_of_it),
            ("formandens", 10, cast.chair),
        )
    }
    Task.objects.filter(title="for sent").update(due=timezone.localdate() - timedelta(days=2))
    finish_task(tasks["gjort"], by=cast.head_of_it, word="Øvelsen er holdt")
    drop_task(tasks["droppet"], by=cast.coordinator, because="Ikke mere")
    return tasks


def test_the_tabs_and_filters_stand_in_the_address(
    cast: Cast, several: dict[str, Task], client_of: Browser
) -> None:
    browser = client_of("head_of_it")
    assert shown(browser) == ["for sent", "senere"]
    assert shown(browser, view="nonsense", state="nonsense", page="x") == ["for sent", "senere"]
    assert shown(browser, view="all") == ["for sent", "formandens", "senere"]
    assert shown(browser, state="overdue") == ["for sent"]
    assert shown(browser, state="done") == ["gjort"]
    assert shown(browser, state="dropped") == ["droppet"]
    assert len(shown(browser, state="all", view="all")) == 5
    assert shown(browser, view="all", q="SENERE bæk") == ["senere"]
    assert shown(browser, view="all", q="MORTEN") == ["formandens"]
    assert shown(browser, view="all", committee=cast.committee.pk, sort="-title") == [
        "senere",
        "formandens",
        "for sent",
    ]
    assert shown(browser, view="area") == []
    assert shown(client_of("employee"), view="all") == []


def test_the_list_is_narrowed_to_a_quarter(
    cast: Cast, several: dict[str, Task], client_of: Browser
) -> None:
    quarter = next_quarter(quarter_of(timezone.localdate()))
    choose_for_quarter(cast.committee, quarter, [several["senere"]], by=cast.chair)
    assert shown(client_of("head_of_it"), quarter=quarter) == ["senere"]
    assert shown(client_of("head_of_it"), quarter="2001-01-02") == ["for sent", "senere"]


def test_overdue_is_said_in_words(cast: Cast, several: dict[str, Task], client_of: Browser) -> None:
    cast.head_of_it.language = "en"
    cast.head_of_it.save()
    page = client_of("head_of_it").get(reverse("tasks") + "?view=mine")
    (late,) = [task for task in page.context["tasks"] if task.is_overdue]
    assert late.title == "for sent"
    badges = re.findall(r"badge badge-error.*?</svg>(\w+)</span>", page.content.decode())
    assert badges == ["Overdue"]


def test_the_workbook_holds_the_list_as_it_is_narrowed(
    cast: Cast, several: dict[str, Task], give: Give, client_of: Browser
) -> None:
    give(title="=1+1", is_closed=True)
    browser = client_of("coordinator")
    answer = browser.get(reverse("tasks_export"), {"view": "all", "state": "all"})
    assert answer["Content-Disposition"].endswith('.xlsx"')
    sheet = load_workbook(io.BytesIO(answer.getvalue())).active
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert {row[0] for row in rows} == {*several, "=1+1"}
    assert [row[5] for row in rows if row[0] == "gjort"] == ["Øvelsen er holdt"]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    answer = browser.get(reverse("tasks_export"), {"view": "all", "q": "formandens"})
    assert load_workbook(io.BytesIO(answer.getvalue())).active.max_row == 2
    answer = client_of("auditor").get(reverse("tasks_export"), {"view": "all", "state": "all"})
    shown = load_workbook(io.BytesIO(answer.getvalue())).active.iter_rows(
        min_row=2, values_only=True
    )
    assert {row[0] for row in shown} == set(several)


def test_a_page_asks_few_queries_however_many_tasks_there_are(
    cast: Cast, give: Give, client_of: Browser
) -> None:
    quarter = quarter_of(timezone.localdate())
    tasks = [give(owner=cast.chair, title=f"Opgave {number}") for number in range(60)]
    choose_for_quarter(cast.committee, quarter, tasks, by=cast.coordinator)
    for task in tasks[:5]:
        delegate_task(task, by=cast.chair, to=cast.head_of_it)
    busy = tasks[10]
    for word in ("Gjort", "Gjort igen"):
        finish_task(busy, by=cast.chair, word=word)
        reopen_task(busy, by=cast.coordinator, because="Ikke gjort")
    delegate_task(busy, by=cast.chair, to=cast.member)
    addresses = [
        reverse("tasks") + "?view=mine",
        reverse("tasks") + "?view=all&state=all&q=opgave",
        reverse("tasks_export") + "?view=all",
        busy.get_absolute_url(),
        reverse("quarter", args=[cast.committee.pk, quarter]),
        reverse("quarter_choice", args=[cast.committee.pk, next_quarter(quarter)]),
        reverse("task_add"),
    ]
    Task.objects.filter(pk=busy.pk).update(given_by=cast.employee)
    for who in ("head_of_it", "chair", "coordinator", "auditor", "employee"):
        browser = client_of(who)
        for address in addresses:
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert browser.get(address).status_code in {200, 403, 404}
            asked = "\n".join(query["sql"][:150] for query in queries.captured_queries)
            assert len(queries) <= MOST_QUERIES, f"{address} as {who}:\n{asked}"


def test_the_page_offers_each_what_they_can_do(cast: Cast, task: Task, client_of: Browser) -> None:
    def offers(who: str) -> set[str]:
        text = client_of(who).get(task.get_absolute_url()).content.decode()
        names = ("completion", "dropping", "reopening", "delegation", "edit")
        return {name for name in names if reverse(f"task_{name}", args=[task.pk]) in text}

    assert offers("head_of_it") == {"completion", "delegation"}
    assert offers("coordinator") == {"completion", "delegation", "dropping", "edit"}
    assert offers("chair") == offers("coordinator")
    assert offers("member") == offers("auditor") == offers("executive") == set()
    finish_task(task, by=cast.head_of_it, word="Gjort")
    assert offers("head_of_it") == set()
    assert offers("coordinator") == {"reopening"}


def test_a_page_has_one_primary_button(
    cast: Cast, task: Task, give: Give, client_of: Browser
) -> None:
    delegate_task(task, by=cast.coordinator, to=cast.chair)
    for who in ("head_of_it", "chair", "coordinator", "member"):
        for address in (reverse("tasks"), task.get_absolute_url()):
            text = client_of(who).get(address).content.decode()
            assert text.count("button-primary") <= 1, (who, address)


def test_the_menu_shows_where_one_is(cast: Cast, task: Task, client_of: Browser) -> None:
    quarter = reverse("quarter", args=[cast.committee.pk, "2027-01-01"])
    for address in (reverse("tasks"), task.get_absolute_url(), quarter):
        navigation = client_of("chair").get(address).context["navigation"]
        current = [link.url for section in navigation for link in section.links if link.current]
        assert current == [reverse("tasks")]


def test_nobody_is_led_where_they_may_not_go(cast: Cast, give: Give, client_of: Browser) -> None:
    quarter = quarter_of(timezone.localdate())
    task = give(owner=cast.employee, born=cast.mandate, born_link="/meetings/1/")
    choose_for_quarter(cast.committee, quarter, [task], by=cast.coordinator)
    for who, count in (("member", 1), ("employee", 0)):
        text = client_of(who).get(task.get_absolute_url()).content.decode()
        for link in (
            "/meetings/1/",
            cast.committee.get_absolute_url(),
            reverse("quarter", args=[cast.committee.pk, quarter]),
        ):
            assert text.count(f'href="{link}"') == count, (who, link)


def test_who_follows_no_committee_is_asked_for_none(
    cast: Cast, give: Give, client_of: Browser
) -> None:
    give(by=cast.employee, owner=cast.employee, committee=None, title="Min egen")
    browser = client_of("employee")
    assert shown(browser, committee=cast.committee.pk, quarter="2027-01-01") == ["Min egen"]
    assert list(browser.get(reverse("tasks")).context["narrowed"].fields) == ["q", "state"]
