"""The imports of the registers that are installed, found by their kind."""

from __future__ import annotations

from kommissorium.registers.importing.plan import Plan
from kommissorium.registers.importing.sheet import SheetImport
from kommissorium.registers.models import ImportRun
from kommissorium.registers.register import registers


def import_kinds() -> dict[str, type[SheetImport]]:
    """Return all imports by kind, in the order of their registers."""
    return {one.kind: one for register in registers() for one in register.imports}


def import_of(kind: str) -> type[SheetImport]:
    """Return the import of that kind. Raises LookupError for one that no register has."""
    return import_kinds()[kind]


def sheet_of(run: ImportRun) -> SheetImport:
    """Return the import of a run, to go through it."""
    return import_of(run.kind)(run)


def plan_of(run: ImportRun) -> Plan:
    """Return what taking a run in would do now. Raises Refused where its rows are lost."""
    return sheet_of(run).plan()
