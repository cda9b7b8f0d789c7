"""The agenda's facts about systems, data and archives."""

from __future__ import annotations

from django.utils import translation

from kommissorium.assets.actions.areas import change_register_settings
from kommissorium.assets.actions.assets import add_asset
from kommissorium.assets.actions.owners import appoint
from kommissorium.committees.actions.committee import found_committee
from kommissorium.conftest import Cast
from kommissorium.meetings.facts import FactTable
from kommissorium.meetings.models import Meeting
from kommissorium.secretariat.agenda_facts import facts_of


def told(meeting: Meeting) -> FactTable | None:
    """Return the text about the registers under the ongoing work."""
    item = meeting.items.select_related("clause").get(clause__measure="agenda_ongoing")
    with translation.override("en"):
        tables = facts_of([item], meeting)[item.pk].tables
    return next((table for table in tables if table.key == "registers"), None)


def test_an_empty_register_says_nothing(cast: Cast, meeting: Meeting) -> None:
    assert told(meeting) is None


def test_the_numbers_are_those_of_the_register_and_lead_to_it(cast: Cast, meeting: Meeting) -> None:
    one = add_asset(by=cast.coordinator, kind="archive", values={"name": "Kælderen"})
    add_asset(by=cast.coordinator, kind="system", values={"name": "Lønsystemet"})
    appoint(one, "archive_owner", cast.system_owner, by=cast.coordinator)
    found = told(meeting)
    assert found is not None
    cells = {row.key: row.cells[1] for row in found.rows}
    assert cells["assets.standing:owners"] == "1 of 2"
    owners = next(row for row in found.rows if row.key == "assets.standing:owners")
    assert (owners.link, owners.urgent) == ("/assets/?without_owner=1", True)


def test_only_the_committee_of_the_registers_is_told(cast: Cast, meeting: Meeting) -> None:
    add_asset(by=cast.coordinator, kind="system", values={"name": "Lønsystemet"})
    other = found_committee(name="Arbejdsgruppen", by=cast.coordinator)
    assert told(meeting) is not None
    change_register_settings(by=cast.coordinator, committee=other, many_assets=25, edit_version=1)
    assert told(meeting) is None
