"""Hundreds of things of one duty: how the wheel shows them, and their own list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from kommissorium.accounts.models import Person
from kommissorium.conftest import Cast, plan
from kommissorium.meetings.models import Meeting
from kommissorium.yearwheel.actions import register_done
from kommissorium.yearwheel.forms.filters import in_state
from kommissorium.yearwheel.models import Duty, Occurrence
from kommissorium.yearwheel.register_bundles import bundled
from kommissorium.yearwheel.tests.conftest import Add, Keep, day
from kommissorium.yearwheel.wheel import year_of
from kommissorium.yearwheel.wheel_entries import state_of

Browser = Callable[[str], Client]
MOST_QUERIES = 12
YEAR = 2031


def put(keep: Keep, number: int, *, people: list[Person | None]) -> None:
    """Put so many on the wheel of 2031, spread evenly over the year."""
    for one in range(number):
        due = date(YEAR, 1, 1) + timedelta(days=one * 364 // number)
        delegate = people[one % len(people)]
        keep(source=f"a:{one}", due=due, occasion=f"System {one}", delegate=delegate)


def test_each_month_and_state_is_one_with_its_number(cast: Cast, keep: Keep) -> None:
    put(keep, 48, people=[cast.system_owner, cast.head_of_it])
    found = bundled(year_of(cast.committee, YEAR, cast.coordinator))
    assert len(found) == 12
    assert sum(entry.number for entry in found) == 48
    assert [entry.due.month for entry in found] == list(range(1, 13))
    first = found[0]
    assert first.title == f"Review the documents ({first.number})"
    assert first.due < first.last <= date(YEAR, 1, 31)
    assert not first.can_be_chosen
    assert first.url.endswith(f"/times/?month={YEAR}-01&state=open")


def test_one_alone_and_what_no_register_wants_stay_what_they_are(
    cast: Cast, keep: Keep, add: Add
) -> None:
    row = keep(due=date(YEAR, 5, 5))
    duty = add(due=date(YEAR, 5, 6))
    found = bundled(year_of(cast.committee, YEAR, cast.coordinator))
    assert [(entry.occurrence, entry.number) for entry in found] == [
        (row.pk, 1),
        (duty.occurrences.get().pk, 1),
    ]
    assert found[0].title == "Review the documents: Sagshotellet"
    assert [entry.can_be_chosen for entry in found] == [False, True]


def test_sql_and_the_wheel_agree_on_every_state(cast: Cast, keep: Keep) -> None:
    for number, due in enumerate((-3, 0, 5, 30, 31, 90)):
        keep(source=f"a:{number}", due=day(due))
    for number, result in enumerate(("no_fault", "minor")):
        keep(source=f"b:{number}")
        register_done(f"b:{number}", by=cast.coordinator, result=result, conclusion="Set")
    keep(source="c")
    keep(source="c", due=None)
    duty, today = Duty.objects.get(default_key="asset_documents"), timezone.localdate()
    states = ["overdue", "soon", "open", "done", "done_with_fault", "skipped"]
    by_hand: dict[str, set[int]] = {state: set() for state in states}
    for row in Occurrence.objects.filter(duty=duty):
        by_hand[state_of(row, duty, today)].add(row.pk)
    for state in states:
        rows = Occurrence.objects.filter(in_state(state, duty.lead_days, today), duty=duty)
        assert {row.pk for row in rows} == by_hand[state], state
    assert [len(by_hand[state]) for state in states] == [1, 3, 2, 1, 1, 1]


def test_pages_with_300_ask_few_queries(cast: Cast, keep: Keep, client_of: Browser) -> None:
    put(keep, 300, people=[cast.system_owner, cast.head_of_it, None])
    duty = Duty.objects.get(default_key="asset_documents")
    urls = [
        reverse("wheel", args=[cast.committee.pk, YEAR]),
        reverse("wheel_year", args=[cast.committee.pk, YEAR]),
        reverse("wheels", args=["mine", YEAR]),
        reverse("duty", args=[duty.pk]),
        reverse("duty_times", args=[duty.pk]),
        reverse("occurrence", args=[duty.occurrences.all()[0].pk]),
    ]
    browser = client_of("coordinator")
    browser.get(reverse("tasks"))
    for url in urls:
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(url).status_code == 200
        assert len(queries) <= MOST_QUERIES, (url, [one["sql"][:160] for one in queries])


def test_the_wheel_and_the_list_show_bundles_and_excel_each_one(
    cast: Cast, keep: Keep, client_of: Browser
) -> None:
    put(keep, 60, people=[cast.system_owner])
    browser = client_of("coordinator")
    wheel = browser.get(reverse("wheel", args=[cast.committee.pk, YEAR])).content.decode()
    assert wheel.count('class="disc-arc"') == 12
    rows = browser.get(reverse("wheel_year", args=[cast.committee.pk, YEAR])).content.decode()
    assert "System 3" not in rows
    assert rows.count("Review the documents (") == 12
    book = browser.get(reverse("wheel_file", args=[cast.committee.pk, YEAR, "xlsx"]))
    sheet = load_workbook(BytesIO(b"".join(book))).worksheets[0]
    assert sum("System" in str(row[1]) for row in sheet.iter_rows(values_only=True)) == 60
    for form in ("pdf-a4", "ics"):
        url = reverse("wheel_file", args=[cast.committee.pk, YEAR, form])
        assert browser.get(url).status_code == 200


def test_what_registers_put_in_a_month_is_one_line_that_says_the_worst(
    cast: Cast, keep: Keep, add: Add, client_of: Browser
) -> None:
    due = date(YEAR, 6, 10)
    for number in range(4):
        keep(source=f"a:{number}", due=due + timedelta(days=number))
    register_done("a:0", by=cast.coordinator, result="no_fault")
    add(title="Egen pligt", due=due)
    browser = client_of("coordinator")
    page = browser.get(reverse("wheel_year", args=[cast.committee.pk, YEAR]))
    (month,) = [one for one in page.context["months"] if one.folded]
    assert [entry.title for entry in month.entries] == ["Egen pligt"]
    assert (month.folded.number, month.folded.first, month.folded.last) == (
        4,
        due,
        due + timedelta(days=3),
    )
    assert month.folded.worst == state_of(
        Occurrence.objects.get(source="a:1"), Duty.objects.get(title="Review the documents"), day(0)
    )
    assert page.text.count("<summary>4 in the registers</summary>") == 1
    wheel = browser.get(reverse("wheel", args=[cast.committee.pk, YEAR]))
    assert wheel.text.count("<summary>4 in the registers</summary>") == 1


def test_sql_and_the_wheel_agree_on_what_awaits_its_minutes(cast: Cast, add: Add) -> None:
    meeting, today = plan(cast), day(40)
    rows = [add(by_decision=True).occurrences.get(), add().occurrences.get()]
    called = {"year": 2026, "number": 1}
    for state in ("planned", "called", "held", "in_review", "approved"):
        Meeting.objects.filter(pk=meeting.pk).update(state=state, **called)
        for key in [row.pk for row in rows]:
            row = Occurrence.objects.select_related("meeting", "duty").get(pk=key)
            said = state_of(row, row.duty, today)
            for name in ("overdue", "minutes"):
                found = Occurrence.objects.filter(in_state(name, 30, today), pk=key)
                assert found.exists() == (said == name), (state, name)


def test_the_list_is_narrowed_by_the_address_and_nonsense_narrows_nothing(
    cast: Cast, keep: Keep, client_of: Browser
) -> None:
    put(keep, 24, people=[cast.system_owner, cast.head_of_it])
    duty = Duty.objects.get(default_key="asset_documents")
    browser, url = client_of("coordinator"), reverse("duty_times", args=[duty.pk])

    def count(**asked: object) -> int:
        return int(browser.get(url, asked).context["page"].paginator.count)

    assert count() == 24
    assert count(month=f"{YEAR}-01") == 3
    assert count(person=cast.head_of_it.pk) == 12
    assert count(state="overdue") == 0
    assert count(month="2031-77", state="wrong", person="999999999999999999999") == 24
    assert "Nothing fits" in browser.get(url, {"state": "overdue"}).content.decode()


def test_an_owner_sees_their_own_there_and_nobody_elses(
    cast: Cast, keep: Keep, client_of: Browser
) -> None:
    put(keep, 10, people=[cast.employee, cast.head_of_it])
    duty = Duty.objects.get(default_key="asset_documents")
    url = reverse("duty_times", args=[duty.pk])
    page = client_of("employee").get(url)
    assert page.status_code == 200
    assert page.context["page"].paginator.count == 5
    assert not page.context["may_read_duty"]
    row = duty.occurrences.get(source="a:0")
    shown = client_of("employee").get(row.get_absolute_url())
    assert shown.status_code == 200
    assert '<a href="/assets/7/">System 0</a>' in shown.content.decode()
    assert client_of("administrator").get(url).status_code == 404


def test_what_is_overdue_is_counted_one_by_one(cast: Cast, keep: Keep, client_of: Browser) -> None:
    for number in range(5):
        keep(source=f"a:{number}", due=day(-2))
    url = reverse("wheel", args=[cast.committee.pk, day(-2).year])
    assert client_of("coordinator").get(url).context["picture"].late == 5


@pytest.fixture(autouse=True)
def _in_english(cast: Cast) -> None:
    Person.objects.update(language="en")
