"""The coverage of a standard in a year: who sees it, what is told, gaps in words, Excel."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from openpyxl import load_workbook

from kommissorium.accounts.models import Person
from kommissorium.conftest import Cast, in_days, plan
from kommissorium.meetings.actions.call import call_meeting
from kommissorium.meetings.models import AgendaItem, Meeting
from kommissorium.yearwheel.actions import adopt_duties, end_duty, finish, skip
from kommissorium.yearwheel.duty_proposals import propose_duties
from kommissorium.yearwheel.standard_coverage import Covered, coverage_of
from kommissorium.yearwheel.standards import STANDARDS
from kommissorium.yearwheel.tests.conftest import Add, day
from kommissorium.yearwheel.wheel_entries import WheelEntry

Browser = Callable[[str], Client]
DUE = day(20)
YEAR = DUE.year


@pytest.fixture
def cast(cast: Cast) -> Iterator[Cast]:
    Person.objects.update(language="en")
    with translation.override("en"):
        yield cast


def address(
    cast: Cast, standard: str = "iso27002", year: int = YEAR, name: str = "coverage"
) -> str:
    return reverse(name, args=[cast.committee.pk, standard, year])


def rows(cast: Cast, standard: str = "iso27002", year: int = YEAR) -> dict[str, Covered]:
    found = coverage_of(cast.committee, STANDARDS[standard], year, cast.member)
    return {row.requirement.number: row for row in found.rows}


def test_who_follows_the_committee_sees_the_page(cast: Cast, add: Add, client_of: Browser) -> None:
    add(responsible_person=cast.employee)
    for name in ("coverage", "coverage_file"):
        url = address(cast, name=name)
        for who in ("coordinator", "chair", "dpo", "member", "executive", "auditor"):
            assert client_of(who).get(url).status_code == 200, who
        for who in ("employee", "administrator"):
            assert client_of(who).get(url).status_code == 404, who


def test_a_standard_or_a_year_that_is_not_there_is_not_found(
    cast: Cast, client_of: Browser
) -> None:
    browser = client_of("member")
    for code in STANDARDS:
        assert browser.get(address(cast, code)).status_code == 200
    assert browser.get(address(cast, "iso9001")).status_code == 404
    assert browser.get(address(cast, year=0)).status_code == 404
    assert browser.get(address(cast, year=10_000)).status_code == 404
    assert browser.get(address(cast, year=9999)).status_code == 200


def test_each_number_tells_what_came_of_its_duties(cast: Cast, add: Add) -> None:
    def tagged(title: str, number: str, **values: Any) -> Any:
        return add(title=title, tags=(f"ISO 27002 {number}",), **{"due": DUE, **values})

    done = tagged("gjort", "5.1")
    finish(done.occurrences.get(), by=cast.head_of_it, result="minor", conclusion="Lidt")
    tagged("kommer", "5.2")
    skip(tagged("sprunget", "5.3").occurrences.get(), by=cast.head_of_it, because="Nej")
    tagged("et andet år", "5.4", due=date(YEAR + 2, 5, 1))
    found = rows(cast)
    assert [duty.title for duty in found["5.1"].duties] == ["gjort"]
    assert (found["5.1"].done, found["5.1"].with_fault, found["5.1"].state) == (1, 1, "faults")
    assert (found["5.1"].tone, found["5.1"].state_label) == (
        "warning",
        "Duty done, with faults",
    )
    assert (found["5.2"].open, found["5.2"].state) == (1, "waiting")
    assert found["5.3"].state == "skipped"
    assert found["5.4"].state == "idle"
    assert found["5.5"].state == "gap"
    assert found["5.4"].duties
    assert not found["5.5"].duties


def test_what_is_overdue_outweighs_what_is_done(cast: Cast, add: Add) -> None:
    tags = ("ISO 27002 5.1",)
    today = day(0)
    add(title="sen", tags=tags, rhythm="once", months=None, due=today)
    finish(
        add(title="gjort", tags=tags, due=today).occurrences.get(),
        by=cast.head_of_it,
        result="no_fault",
    )
    found = coverage_of(cast.committee, STANDARDS["iso27002"], today.year, cast.member, day(1))
    row = found.rows[0]
    assert (row.done, row.overdue, row.state, row.state_label) == (1, 1, "overdue", "Duty overdue")
    assert found.sentence == (
        "1 of 93 requirements have a duty. "
        f"Of these 0 are done without faults in {today.year} so far, 0 with faults, and 1 are overdue."
    )


def test_one_critical_fault_is_red_however_often_it_went_well(cast: Cast, add: Add) -> None:
    tags = ("ISO 27002 5.1",)
    bad = add(title="slem", tags=tags).occurrences.get()
    finish(bad, by=cast.head_of_it, result="critical", conclusion="Alt")
    for number in range(3):
        good = add(title=f"god {number}", tags=tags).occurrences.get()
        finish(good, by=cast.head_of_it, result="no_fault")
    row = rows(cast)["5.1"]
    assert (row.done, row.state, row.tone) == (4, "critical", "error")


def test_no_state_says_that_a_requirement_is_met() -> None:
    for word in ("met", "fulfilled"):
        assert not any(word in label.lower().split() for label in labels())


def labels() -> set[str]:
    entry = dict.fromkeys(WheelEntry.__dataclass_fields__, "")
    found = set()
    for state in ("overdue", "open", "skipped", "done", "done_with_fault"):
        one = WheelEntry(**{**entry, "state": state, "is_critical": False})
        found.add(Covered(STANDARDS["nis2"].chapters[0].requirements[0], entries=[one]).state_label)
    return found


def test_an_ended_duty_carries_the_years_it_lasted(cast: Cast, add: Add) -> None:
    duty = add(title="endt", tags=("ISO 27002 5.1",), due=day(400))
    end_duty(duty, by=cast.coordinator, because="Slut")
    year = day(0).year
    assert rows(cast, year=year)["5.1"].duties
    assert rows(cast, year=year + 3)["5.1"].state == "gap"
    assert rows(cast, year=year - 3)["5.1"].state == "gap"


@pytest.fixture
def called(cast: Cast) -> Meeting:
    meeting = plan(cast)
    call_meeting(meeting, by=cast.coordinator, facts={})
    meeting.refresh_from_db()
    return meeting


@pytest.fixture
def held(called: Meeting) -> Meeting:
    Meeting.objects.filter(pk=called.pk).update(state=Meeting.State.HELD)
    called.refresh_from_db()
    return called


def test_the_items_that_meetings_took_up_cover_the_managements_review(
    cast: Cast, called: Meeting, client_of: Browser
) -> None:
    year = in_days(30, 13).year
    assert not rows(cast, "iso27001", year)["9.3.2 a"].items
    Meeting.objects.filter(pk=called.pk).update(state=Meeting.State.HELD)
    found = rows(cast, "iso27001", year)
    assert [item.measure for item in found["9.3.2 a"].items] == ["agenda_ongoing"]
    assert all(found[f"9.3.2 {letter}"].state == "items" for letter in "adeg")
    assert all(found[f"9.3.2 {letter}"].state == "gap" for letter in "bcf")
    assert found["9.3.1"].state == "gap"
    assert rows(cast, "iso27001", year + 1)["9.3.2 a"].state == "gap"
    page = client_of("member").get(address(cast, "iso27001", year)).text
    assert found["9.3.2 a"].items[0].label in page
    assert "The tasks that earlier decisions gave are gone through" in page
    Meeting.objects.filter(pk=called.pk).update(state=Meeting.State.CANCELLED)
    assert not rows(cast, "iso27001", year)["9.3.2 a"].items


def test_a_closed_item_is_for_those_it_is_named_to(cast: Cast) -> None:
    meeting = plan(cast)
    AgendaItem.objects.filter(clause__measure="agenda_incidents").update(
        is_closed=True, closed_ground="Hemmeligt"
    )
    call_meeting(meeting, by=cast.coordinator, facts={})
    Meeting.objects.filter(pk=meeting.pk).update(state=Meeting.State.HELD)
    year = in_days(30, 13).year

    def letters(person: Person) -> list[str]:
        found = coverage_of(cast.committee, STANDARDS["iso27001"], year, person)
        return [item.measure for row in found.rows for item in row.items]

    assert "agenda_incidents" in letters(cast.member)
    assert "agenda_incidents" not in letters(cast.executive)


def test_excel_holds_the_same(cast: Cast, held: Meeting, add: Add, client_of: Browser) -> None:
    year = in_days(30, 13).year
    add(title="=SUM(1)", tags=("ISO 27001 4.1",), due=date(year, 12, 31), months=120)
    answer = client_of("member").get(address(cast, "iso27001", year, "coverage_file"))
    book = load_workbook(io.BytesIO(answer.content))
    numbers, agenda = book.worksheets
    cells = [[cell.value for cell in row] for row in numbers.iter_rows(min_row=2)]
    assert len(cells) == 36
    assert cells[0][0] == "4.1"
    assert cells[0][4] == "=SUM(1)"
    assert numbers["E2"].data_type == "s"
    assert agenda.max_row == 6
    assert client_of("member").get(address(cast, "nis2", year, "coverage_file")).status_code == 200


def test_the_whole_default_year_costs_few_queries(
    cast: Cast, held: Meeting, client_of: Browser, django_assert_max_num_queries: Any
) -> None:
    adopt_duties(cast.committee, propose_duties(cast.committee), by=cast.coordinator)
    for who in ("coordinator", "member", "auditor"):
        browser, url = client_of(who), address(cast, "iso27001")
        browser.get(url)
        with django_assert_max_num_queries(12):
            assert browser.get(url).status_code == 200


def test_the_page_says_what_to_do_where_nothing_is_tagged(cast: Cast, client_of: Browser) -> None:
    page = client_of("coordinator").get(address(cast)).text
    assert "0 of 93 requirements have a duty." in page
    assert "Choose on each duty which requirements it serves." in page
