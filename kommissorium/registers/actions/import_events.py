"""Events of imports, for registers that have no acts of their own for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kommissorium.accounts.models import Person
from kommissorium.core.evidence.actions import record
from kommissorium.registers.models import ImportRun


def record_import(deed: str, run: ImportRun, *, by: Person, facts: Mapping[str, Any]) -> None:
    """Record a deed done to a run, with the kind of import among the facts."""
    facts = {**facts, "import_kind": run.kind}
    match deed:
        case "read":
            record("registers.import_read", run, by=by, facts=facts)
        case "mapped":
            record("registers.import_mapped", run, by=by, facts=facts)
        case "names_chosen":
            record("registers.import_names_chosen", run, by=by, facts=facts)
        case "dropped":
            record("registers.import_dropped", run, by=by, facts=facts)
        case "done":
            record("registers.import_done", run, by=by, facts=facts)
        case "undone":
            record("registers.import_undone", run, by=by, facts=facts)
        case _:
            raise ValueError(deed)
