"""A sheet of three systems, and short ways through an import, for the tests of imports."""

from __future__ import annotations

from collections.abc import Mapping

from kommissorium.accounts.models import Person
from kommissorium.assets.models import Asset, Kind
from kommissorium.registers.actions import imports
from kommissorium.registers.actions.imports import choose_names, take_in
from kommissorium.registers.importing.kinds import plan_of
from kommissorium.registers.importing.plan import Plan
from kommissorium.registers.models import ImportRun

HEADINGS = "Navn;Lokalt ID;Område;Leverandør;Systemejer;Livscyklus;RTO;Formål"
ROWS = (
    "Æblesystem;A-1;Borgerservice;Nordlys Data A/S;Anne Tvedegaard;I drift;4;Sager om æbler",
    "Pæresystem;A-2;Borgerservice;Nordlys Data A/S;;I drift;;",
    "Blommesystem;A-3;Teknik;;jens ulrik bæk;Under udfasning;2 døgn;",
)
NEW = {
    "area": {"borgerservice": "new", "teknik": "new"},
    "supplier": {"nordlys data a s": "new"},
}


def sheet(*rows: str, headings: str = HEADINGS) -> bytes:
    return "\n".join([headings, *(rows or ROWS)]).encode()


def hand_in(kind: str, data: bytes, name: str, *, by: Person) -> ImportRun:
    return imports.hand_in("assets", data, name, by=by, options={"kind": kind})


def handed_in(by: Person, *rows: str, kind: str = Kind.SYSTEM) -> ImportRun:
    """Hand the sheet in; unknown areas and suppliers are to be new."""
    run = hand_in(kind, sheet(*rows), "systemer.csv", by=by)
    choose(run, by, NEW)
    return run


def choose(run: ImportRun, by: Person, choices: Mapping[str, Mapping[str, str]]) -> None:
    choose_names(run, by=by, choices=choices, edit_version=run.edit_version)


def taken_in(by: Person, *rows: str) -> ImportRun:
    run = handed_in(by, *rows)
    take_in(run, by=by, mark=plan_of(run).mark)
    return run


def states(plan: Plan) -> list[str]:
    return [str(row.state) for row in plan.rows]


def faults(plan: Plan) -> list[str]:
    """Return the faults, row by row, as people read them."""
    return [
        f"{row.number} {fault.label}: {fault.sentence}" for row in plan.rows for fault in row.faults
    ]


def named(name: str) -> Asset:
    return Asset.objects.get(name=name)
