"""The tables of the registers: rows as a sheet to hand in, and as values to add by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from kommissorium.assets.importing.cells import read_cell
from kommissorium.assets.importing.targets import targets_of
from kommissorium.assets.models import Area, Kind, Supplier
from kommissorium.demo.people import EVERYBODY
from kommissorium.demo.story import Town
from kommissorium.demo.texts import rows, sheet_of_cells
from kommissorium.registers.importing.targets import guess

type Row = Mapping[str, str]

TABLES = {
    Kind.SYSTEM: "registers/systems.csv",
    Kind.DATA_SET: "registers/data_sets.csv",
    Kind.ARCHIVE: "registers/archives.csv",
}
# What each kind calls the owner it wants.
OWNER = {Kind.SYSTEM: "Systemejer", Kind.DATA_SET: "Dataejer", Kind.ARCHIVE: "Arkivejer"}
PEOPLE = {*OWNER.values(), "Ansvarlig"}
STORY = {"måned", "senere", "udgår"}  # columns that only the story reads
ENDS = "Kontrakt udløber"  # in days from today
# The shared overview of municipalities calls its columns so.
OVERVIEW = {
    "ID": "Lokal System ID",
    "Navn": "IT System",
    "Kaldenavn": "Lokal kaldenavn",
    "Formål": "Systemets overordnede formål",
    "Område": "Ansv. organisationsenhed",
    "Kritikalitet": "Forretningskritisk IT-System",
    "Personoplysninger": "DataType",
    "Driftes af": "IT systemet driftes",
    "Kunstig intelligens": "Indeholder AI-teknologi",
    "Webtilgængelighed": "Webtilgængelighed (WCAG)",
}
YES_OR_NO = {"Forretningskritisk": "Ja", "Ikke kritisk": "Nej", "": ""}


def rows_of_kind(kind: Kind) -> Sequence[Row]:
    return rows(TABLES[kind])


def by_hand(kind: Kind, row: Row, town: Town) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the values of a new asset by field, and by role the code of the person."""
    headings = [heading for heading in row if heading not in STORY]
    targets = guess(targets_of(kind), headings)
    values: dict[str, Any] = {}
    people: dict[str, str] = {}
    for number, target in targets.items():
        heading = headings[int(number)]
        if not row[heading]:
            continue
        if heading in PEOPLE:
            people[target.removeprefix("role:")] = row[heading]
        else:
            values[target] = _value(target, _cell(heading, row[heading], town))
    return values, people


def plain_sheet(given: Sequence[Row], town: Town) -> bytes:
    """Return rows as a sheet with our own headings."""
    headings = [heading for heading in given[0] if heading not in STORY]
    lines = [[_cell(heading, row[heading], town) for heading in headings] for row in given]
    return sheet_of_cells(headings, lines)


def overview_sheet(given: Sequence[Row], town: Town) -> bytes:
    """Return systems as a sheet taken out of the shared overview of municipalities."""
    headings = [heading for heading in given[0] if heading not in STORY]
    lines = [
        [str(uuid5(NAMESPACE_URL, row["Navn"])), *(_overview_cell(row, h, town) for h in headings)]
        for row in given
    ]
    head = [OVERVIEW.get(heading, heading) for heading in headings]
    return sheet_of_cells(["IT-System (UUID)", *head], lines)


def _overview_cell(row: Row, heading: str, town: Town) -> str:
    if heading == "Kritikalitet":
        return YES_OR_NO[row[heading]]
    return _cell(heading, row[heading], town)


def _cell(heading: str, cell: str, town: Town) -> str:
    """Return the cell of the sheet: people by name, days as dates."""
    if heading in PEOPLE:
        return EVERYBODY[town.who(cell)].name if cell else ""
    if heading == ENDS and cell:
        return f"{town.almanac.today + timedelta(days=int(cell)):%d-%m-%Y}"
    return cell


def _value(target: str, cell: str) -> object:
    if target == "area":
        return Area.objects.get(name=cell)
    if target == "supplier":
        return Supplier.objects.get(name=cell)
    return read_cell(target, cell)
