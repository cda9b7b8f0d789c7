"""Facts from the registers under the items of a meeting that has not been called yet."""

from __future__ import annotations

from html import unescape

import pytest
from django.urls import reverse
from django.utils.translation import override

from kommissorium.conftest import MOST_OF_PARTS, in_days, queries_of
from kommissorium.secretariat.actions.cycle import call
from kommissorium.tasks.actions import give_task


@pytest.fixture(autouse=True)
def _in_english(cast):
    for person in (cast.coordinator, cast.member, cast.auditor):
        person.language = "en"
        person.save(update_fields=["language"])
    with override("en"):
        yield


def address(meeting) -> str:
    return reverse("meeting_registers", args=[meeting.pk])


def task(cast, title):
    due = in_days(9, 12).date()
    give_task(
        by=cast.coordinator, committee=cast.committee, title=title, owner=cast.member, due=due
    )


def test_the_page_follows_the_registers_until_the_call_keeps_what_they_say(
    cast, client_of, meeting
):
    browser = client_of("member")
    task(cast, "Luk den gamle server")
    assert "Luk den gamle server" in browser.get(address(meeting)).content.decode()
    task(cast, "Prøv sikkerhedskopien")
    assert "Prøv sikkerhedskopien" in browser.get(address(meeting)).content.decode()
    call(meeting, by=cast.coordinator)
    told = browser.get(address(meeting)).content.decode()
    assert "The meeting has been called" in told
    assert "Prøv sikkerhedskopien" not in told


def test_the_agenda_and_its_items_lead_to_it(cast, client_of, meeting):
    browser = client_of("member")
    item = meeting.items.get(position=2)
    task(cast, "Luk den gamle server")
    assert address(meeting) in browser.get(meeting.get_absolute_url()).content.decode()
    assert (
        f"{address(meeting)}#item-{item.pk}"
        in browser.get(item.get_absolute_url()).content.decode()
    )


def test_an_item_shows_what_the_registers_say_of_it_until_the_call(cast, client_of, meeting):
    browser = client_of("chair")
    task(cast, "Luk den gamle server")
    item = next(one for one in meeting.items.all() if one.measure == "agenda_ongoing")
    now = browser.get(item.get_absolute_url()).context["now"]
    assert now is not None and now.tables
    page = browser.get(item.get_absolute_url()).content.decode()
    assert all(table.heading in unescape(page) for table in now.tables)
    call(meeting, by=cast.coordinator)
    item.refresh_from_db()
    assert browser.get(item.get_absolute_url()).context["now"] is None


def test_the_page_asks_as_much_however_many_tasks_there_are(cast, client_of, meeting):
    browser = client_of("coordinator")
    browser.get(reverse("overview"))
    counted = []
    for more in (2, 20):
        for number in range(more):
            task(cast, f"Opgave {number}")
        counted.append(queries_of(lambda: browser.get(address(meeting))))
    assert counted[0] == counted[1] <= MOST_OF_PARTS
