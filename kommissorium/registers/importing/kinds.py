"""The imports there are, found by their kind: of people, and of the registers that are installed."""

from __future__ import annotations

from kommissorium.registers.importing.people_sheet import PeopleSheet
from kommissorium.registers.importing.plan import Plan
from kommissorium.registers.importing.sheet import SheetImport
from kommissorium.registers.installed import registers
from kommissorium.registers.models import ImportRun


def import_kinds() -> dict[str, type[SheetImport]]:
    """Return all imports by kind: of people, and those of the registers in their order."""
    found: list[type[SheetImport]] = [PeopleSheet]
    found += [one for register in registers() for one in register.imports]
    return {one.kind: one for one in found}


def import_of(kind: str) -> type[SheetImport]:
    """Return the import of that kind. Raises LookupError for one that no register has."""
    return import_kinds()[kind]


def sheet_of(run: ImportRun) -> SheetImport:
    """Return the import of a run, to go through it."""
    return import_of(run.kind)(run)


def plan_of(run: ImportRun) -> Plan:
    """Return what taking a run in would do now. Raises Refused where its rows are lost."""
    return sheet_of(run).plan()
