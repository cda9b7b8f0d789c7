"""How the registers of systems, data sets and archives came to be: by sheets and by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from kommissorium.assets.actions.areas import (
    add_area,
    change_area,
    change_register_settings,
    close_area,
)
from kommissorium.assets.actions.assets import add_asset, end_asset, relate
from kommissorium.assets.actions.owners import appoint
from kommissorium.assets.asset_list import AssetList
from kommissorium.assets.importing.cells import read_cell
from kommissorium.assets.importing.targets import targets_of
from kommissorium.assets.models import Area, Asset, Kind, RegisterSettings, Supplier
from kommissorium.demo.people import EVERYBODY
from kommissorium.demo.sitting import SECURITY
from kommissorium.demo.story import Town
from kommissorium.demo.texts import rows, sheet_of_cells, text
from kommissorium.registers.actions.imports import hand_in, take_in, undo_import
from kommissorium.registers.actions.lists import save_list
from kommissorium.registers.importing.kinds import plan_of
from kommissorium.registers.importing.targets import guess
from kommissorium.registers.models import ImportRun

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


BEGUN = 30  # months ago
MANY = 25
UNDONE = 40  # days ago
WAITING = 2  # days ago


@dataclass(frozen=True)
class Batch:
    """Rows that came in by a sheet this many months ago."""

    months: int
    kind: Kind
    name: str
    written: Callable[[Sequence[Row], Town], bytes] = plain_sheet

    @property
    def rows(self) -> list[Row]:
        return [row for row in rows_of_kind(self.kind) if int(row["måned"]) == self.months]


BATCHES = (
    Batch(BEGUN, Kind.SYSTEM, "Systemer fra regnearket.csv"),
    Batch(BEGUN, Kind.DATA_SET, "Datasæt.csv"),
    Batch(BEGUN, Kind.ARCHIVE, "Arkiver på papir.csv"),
    Batch(19, Kind.SYSTEM, "Fælles overblik over it-systemer.csv", overview_sheet),
    Batch(15, Kind.DATA_SET, "Datasæt fra fagsystemerne.csv"),
    Batch(13, Kind.ARCHIVE, "Arkiver i centrene.csv"),
    Batch(10, Kind.SYSTEM, "Centrenes egne systemer.csv"),
    Batch(4, Kind.SYSTEM, "Nye systemer fra centrene.csv"),
)


def tell_register(town: Town) -> None:
    """Tell how the registers began, grew, were corrected and lost what is no longer used."""
    days = town.almanac
    town.tell(days.ago(BEGUN, "9.10"), partial(_begin, town))
    for number, batch in enumerate(BATCHES):
        moment = days.ago(batch.months, f"10.{10 + number}")
        town.tell(moment, partial(_take_in, town, batch))
    for kind in Kind:
        for row in rows_of_kind(kind):
            _tell_row(town, kind, row)
    for row in rows("registers/relations.csv"):
        town.tell(days.ago(int(row["måned"]), "15.10"), partial(_relate, town, row))
    for row in rows("registers/areas.csv"):
        if row["senere"]:
            months, who = row["senere"].split(":")
            town.tell(days.ago(int(months), "9.20"), partial(_lead, town, row["navn"], who))
    town.tell(days.ago(20, "9.45"), partial(_merge, town))
    town.tell(days.moment(days.today - timedelta(days=UNDONE), "10.40"), partial(_mistake, town))
    for number, row in enumerate(rows("registers/filters.csv")):
        town.tell(days.ago(6 - number, "9.50"), partial(_keep, town, row))
    town.tell(days.moment(days.today - timedelta(days=WAITING), "11.40"), partial(_wait, town))


def _tell_row(town: Town, kind: Kind, row: Row) -> None:
    days, months = town.almanac, int(row["måned"])
    if (months, kind) not in {(batch.months, batch.kind) for batch in BATCHES}:
        town.tell(days.ago(months, "13.10"), partial(_add, town, kind, row))
    if row["udgår"]:
        ended, because = row["udgår"].split(":")
        town.tell(days.ago(int(ended), "14.40"), partial(_end, town, row["ID"], because))


def _begin(town: Town) -> None:
    by = town.coordinator()
    for row in rows("registers/areas.csv"):
        head = town.person(row["leder"]) if row["leder"] else None
        add_area(by=by, name=row["navn"], head=head)
    settings = RegisterSettings.current()
    change_register_settings(
        by=by,
        committee=town.committees[SECURITY],
        many_assets=MANY,
        edit_version=settings.edit_version,
    )


def _lead(town: Town, name: str, who: str) -> None:
    area = Area.objects.get(name=name)
    change_area(
        area,
        by=town.coordinator(),
        name=area.name,
        head=town.person(who),
        edit_version=area.edit_version,
    )


def _merge(town: Town) -> None:
    """Close the areas without assets and without a head: they became part of another."""
    for row in rows("registers/areas.csv"):
        if row["lukket"]:
            close_area(Area.objects.get(name=row["navn"]), by=town.coordinator())


def _take_in(town: Town, batch: Batch) -> None:
    by = town.coordinator()
    data, options = batch.written(batch.rows, town), {"kind": batch.kind}
    run = hand_in("assets", data, batch.name, by=by, options=options)
    take_in(run, by=by, mark=plan_of(run).mark)


def _add(town: Town, kind: Kind, row: Row) -> None:
    by = town.coordinator()
    values, people = by_hand(kind, row, town)
    made = add_asset(by=by, kind=kind, values=values)
    for role, code in people.items():
        appoint(made, role, town.person(code), by=by)


def _end(town: Town, local_id: str, because: str) -> None:
    end_asset(Asset.objects.get(local_id=local_id), by=town.coordinator(), because=because)


def _relate(town: Town, row: Mapping[str, str]) -> None:
    found = Asset.objects.filter(local_id__in=[row["fra"], row["til"]])
    ends = {one.local_id: one for one in found}
    relate(ends[row["fra"]], row["art"], ends[row["til"]], by=town.coordinator())


def _mistake(town: Town) -> None:
    """Import a sheet whose columns had slipped, and undo it the same day."""
    by = town.coordinator()
    run = _handed_in(town, "Områder for systemer.csv", text("registers/slipped.csv"))
    take_in(run, by=by, mark=plan_of(run).mark)
    undo_import(run, by=by)


def _wait(town: Town) -> None:
    """Hand in a sheet with unknown people and areas: somebody must choose."""
    _handed_in(town, "Systemer fra Kultur og Fritid.csv", text("registers/waiting.csv"))


def _handed_in(town: Town, name: str, sheet: str) -> ImportRun:
    by, options = town.coordinator(), {"kind": Kind.SYSTEM}
    return hand_in("assets", sheet.encode(), name, by=by, options=options)


def _keep(town: Town, row: Mapping[str, str]) -> None:
    query = row["spørger"]
    save_list(by=town.coordinator(), code=AssetList.code, name=row["navn"], query=query)
