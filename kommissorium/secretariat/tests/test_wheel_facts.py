"""The year wheel on an agenda: its own item, the items its duties feed, the changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from kommissorium.accounts.models import Person
from kommissorium.conftest import MOST_OF_PARTS, Cast, in_days, queries_of
from kommissorium.meetings.facts import FactTable
from kommissorium.meetings.models import AgendaItem, Meeting
from kommissorium.secretariat.actions.cycle import call
from kommissorium.secretariat.agenda_facts import facts_of
from kommissorium.yearwheel.actions import (
    CadenceValues,
    DutyValues,
    RegisterDuty,
    add_duty,
    finish,
    keep_due,
    move,
    skip,
)
from kommissorium.yearwheel.models import Duty, Occurrence

Browser = Callable[[str], Client]


@pytest.fixture
def cast(cast: Cast) -> Iterator[Cast]:
    Person.objects.update(language="en")
    with translation.override("en"):
        yield cast


def day(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def duty(cast: Cast, title: str, due: date | None, rhythm: str = "once", **values: Any) -> Duty:
    months = 1 if rhythm == "interval" else None
    return add_duty(
        cast.committee,
        by=cast.coordinator,
        values=DutyValues(title, responsible_person=cast.head_of_it, **values),
        cadence=CadenceValues(rhythm, months, due),
    )


def late(cast: Cast, title: str, days: int, **values: Any) -> Occurrence:
    """Put something on the wheel that was due so many days ago."""
    row = duty(cast, title, day(0), **values).occurrences.get()
    Occurrence.objects.filter(pk=row.pk).update(due=day(-days))
    return row


def item(meeting: Meeting, measure: str) -> AgendaItem:
    return meeting.items.select_related("clause").get(clause__measure=measure)


def tables(meeting: Meeting, measure: str) -> dict[str, FactTable]:
    found = facts_of([item(meeting, measure)], meeting)
    return {table.key: table for facts in found.values() for table in facts.tables}


def titles(table: FactTable) -> list[str]:
    return [row.cells[0] for row in table.rows]


def wheel(meeting: Meeting) -> dict[str, FactTable]:
    return tables(meeting, "agenda_year_wheel")


def test_an_empty_wheel_says_so(cast: Cast, meeting: Meeting) -> None:
    (only,) = wheel(meeting).values()
    assert only.lead == "Nothing is on the year wheel yet."


def test_the_item_fills_itself(cast: Cast, meeting: Meeting) -> None:
    by = cast.head_of_it
    finish(duty(cast, "gjort", day(3)).occurrences.get(), by=by, result="no_fault")
    faulty = duty(cast, "fejl", day(3)).occurrences.get()
    finish(faulty, by=by, result="critical", conclusion="To nøgler mangler")
    skip(duty(cast, "sprunget", day(3)).occurrences.get(), by=by, because="Intet at se")
    late(cast, "lidt sen", 4)
    duty(cast, "snart", day(40))
    found = wheel(meeting)
    assert list(found) == [
        "wheel_sum",
        "wheel_chair",
        "wheel_faults",
        "wheel_done",
        "wheel_skipped",
        "wheel_coming",
    ]
    assert "2 tasks were done, 1 of them with faults. 1 task is overdue." in found["wheel_sum"].lead
    assert found["wheel_faults"].rows[0].cells == (
        "fejl",
        by.name,
        "To nøgler mangler",
        "Critical faults",
    )
    assert found["wheel_done"].rows[0].cells[0] == "gjort"
    assert found["wheel_skipped"].rows[0].cells[3] == "Intet at se"
    assert found["wheel_chair"].rows[0].cells[3] == "34"
    assert titles(found["wheel_coming"]) == ["snart"]
    assert all(row.link for table in found.values() for row in table.rows)


def test_from_thirty_days_overdue_at_the_meeting_it_stands_on_the_chairs_list(
    cast: Cast, meeting: Meeting
) -> None:
    times = {"starts_at": in_days(28, 13), "ends_at": in_days(28, 15)}
    Meeting.objects.filter(pk=meeting.pk).update(**times)
    meeting.refresh_from_db()
    late(cast, "29 dage", 1)
    late(cast, "30 dage", 2)
    found = wheel(meeting)
    assert titles(found["wheel_chair"]) == ["30 dage"]
    assert titles(found["wheel_overdue"]) == ["29 dage"]
    assert found["wheel_chair"].rows[0].urgent
    assert found["wheel_chair"].lead == "At least 30 days overdue on the day of the meeting."


def test_only_what_ended_since_the_last_meeting_is_told(cast: Cast, meeting: Meeting) -> None:
    row = duty(cast, "gjort", day(3)).occurrences.get()
    finish(row, by=cast.head_of_it, result="no_fault")
    assert titles(wheel(meeting)["wheel_done"]) == ["gjort"]
    Meeting.objects.create(
        committee=cast.committee,
        starts_at=timezone.now() + timedelta(hours=1),
        ends_at=timezone.now() + timedelta(hours=2),
        state=Meeting.State.HELD,
        year=2020,
        number=1,
    )
    assert "wheel_done" not in wheel(meeting)


def test_what_comes_is_reckoned_to_the_end_of_the_coming_quarter(
    cast: Cast, meeting: Meeting
) -> None:
    duty(cast, "månedlig", day(5), rhythm="interval")
    coming = wheel(meeting)["wheel_coming"]
    last = date.fromisoformat(coming.rows[-1].key.rpartition(":")[2])
    quarter = (timezone.localdate(meeting.starts_at).month - 1) // 3
    assert (last.month - 1) // 3 in (quarter, (quarter + 1) % 4)
    assert len(coming.rows) >= 3
    keys = [row.key for row in coming.rows]
    finish(Occurrence.objects.get(), by=cast.head_of_it, result="no_fault")
    # The next one is a row now, and still the same fact.
    assert [row.key for row in wheel(meeting)["wheel_coming"].rows] == keys[1:]


def test_a_duty_speaks_under_the_item_it_feeds(cast: Cast, meeting: Meeting) -> None:
    feeding = {"feeds": "agenda_incidents"}
    row = duty(cast, "gennemgang", day(3), **feeding).occurrences.get()
    finish(row, by=cast.head_of_it, result="minor", conclusion="Et brud")
    late(cast, "sen", 2, **feeding)
    duty(cast, "inden mødet", day(30), **feeding)
    duty(cast, "i varslet", day(50), **feeding)
    duty(cast, "for langt ude", day(65), **feeding)
    duty(cast, "et andet punkt", day(3), feeds="agenda_policies")
    found = tables(meeting, "agenda_incidents")
    assert list(found) == ["incidents", "wheel"]
    assert found["wheel"].heading == "From the year wheel"
    assert [(one.cells[0], one.cells[3]) for one in found["wheel"].rows] == [
        ("gennemgang", "Minor faults: Et brud"),
        ("sen", "Overdue"),
        ("inden mødet", "Open"),
        ("i varslet", "Open"),
    ]
    assert list(tables(meeting, "agenda_ongoing")) == ["open", "done", "reports"]
    assert tables(meeting, "executive_reporting") == {}


def test_what_is_due_at_each_meeting_is_there_when_the_meeting_is_called(
    cast: Cast, meeting: Meeting
) -> None:
    one = duty(cast, "hver gang", None, rhythm="meeting", feeds="agenda_incidents")
    Occurrence.objects.all().delete()
    call(meeting, by=cast.coordinator)
    assert one.occurrences.get().meeting == meeting
    facts = item(meeting, "agenda_incidents").facts
    assert [row["cells"][0] for row in facts["tables"][-1]["rows"]] == ["hver gang"]


def test_the_changes_since_the_call_are_told_by_row(
    cast: Cast, meeting: Meeting, client_of: Browser
) -> None:
    moved = duty(cast, "flyttet", day(10)).occurrences.get()
    done = duty(cast, "gjort", day(10)).occurrences.get()
    late(cast, "stadig sen", 3)
    call(meeting, by=cast.coordinator)
    url = reverse("meeting_changes", args=[meeting.pk])
    assert not client_of("member").get(url).context["changed"]
    move(moved, by=cast.head_of_it, to=day(20), because="Ferie")
    finish(done, by=cast.head_of_it, result="no_fault")
    duty(cast, "et nyt", day(25), feeds="agenda_policies")
    changed = client_of("member").get(url).context["changed"].facts
    told = {
        (one.item.measure, change.kind, change.cells[0])
        for one in changed
        for change in one.changes
        if change.heading != "The year wheel"
    }
    assert told == {
        ("agenda_year_wheel", "changed", "flyttet"),
        ("agenda_year_wheel", "gone", "gjort"),
        ("agenda_year_wheel", "new", "gjort"),
        ("agenda_year_wheel", "new", "et nyt"),
        ("agenda_policies", "new", "et nyt"),
    }


def test_many_duties_cost_no_more(cast: Cast, meeting: Meeting, client_of: Browser) -> None:
    def more(numbers: range) -> None:
        for number in numbers:
            duty(cast, f"Pligt {number}", day(number), rhythm="interval", feeds="agenda_incidents")
            late(cast, f"Sen {number}", number + 1)

    items = list(meeting.items.select_related("clause"))
    facts, pages = [], []
    for numbers in (range(2), range(2, 15)):
        more(numbers)
        assert len(facts_of(items, meeting)) == 8
        facts.append(queries_of(lambda: facts_of(items, meeting)))
    assert facts[0] == facts[1] <= MOST_OF_PARTS
    call(meeting, by=cast.coordinator)
    browser, url = client_of("auditor"), reverse("meeting_changes", args=[meeting.pk])
    browser.get(url)
    for numbers in (range(15, 17), range(17, 28)):
        more(numbers)
        pages.append(queries_of(lambda: browser.get(url)))
    assert pages[0] == pages[1] <= MOST_OF_PARTS


def test_what_a_register_puts_on_the_wheel_is_one_row_with_a_number(
    cast: Cast, meeting: Meeting
) -> None:
    reviews = RegisterDuty(
        "asset_reviews", "Review of documents", "", "", "", "owner_documentation"
    )
    for number in range(30):
        keep_due(
            reviews,
            cast.committee,
            source=f"assets.asset:{number}:review",
            link="/assets/",
            due=day(20 + number % 2),
            occasion=f"System {number}",
            delegate=cast.head_of_it if number % 2 else cast.member,
            by=None,
        )
    found = tables(meeting, "agenda_year_wheel")
    rows = [row for row in found["wheel_coming"].rows if "Review of documents" in row.cells[0]]
    assert [row.cells[:2] for row in rows] == [("Review of documents (30)", "2 people")]
    assert rows[0].link.startswith("/yearwheel/duties/")
    Occurrence.objects.filter(source__isnull=False).update(due=day(-3))
    found = tables(meeting, "agenda_year_wheel")
    assert "30 tasks are overdue." in found["wheel_sum"].lead
    late = found.get("wheel_overdue") or found["wheel_chair"]  # by how far off the meeting is
    assert titles(late) == ["Review of documents (30)"]
