"""Write the services of an import, and record for each that the import is undone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction

from kommissorium.accounts.models import Person
from kommissorium.continuity.actions.services import add_service, change_service, told
from kommissorium.continuity.models import Service
from kommissorium.core.evidence.actions import record
from kommissorium.registers.models import ImportedRow

UNSAID: Final = {"impact": "", "criticality": "", "mtd": None, "area": None, "calls": ""}
SAID: Final = ("title", "responsible", *UNSAID)


@transaction.atomic
def write_service(service: Service | None, values: Mapping[str, Any], *, by: Person) -> Service:
    """Add a row's service, or change it where it differs. Raises Refused, by field."""
    values = dict(values)
    if "responsible" in values:
        values["responsible"] = Person.objects.get(pk=values["responsible"])
    if service is None:
        return add_service(by=by, values={**UNSAID, "systems": [], **values})
    before = {name: getattr(service, name) for name in SAID} | {"systems": service.systems.all()}
    version = service.edit_version
    change_service(service, by=by, values=before | values, edit_version=version)
    return service


def record_undone(row: ImportedRow, *, by: Person) -> None:
    """Record a service's values now that an import of it is undone; one it added is gone."""
    found = Service.objects.get(pk=row.thing_id or 0)
    if row.is_new:
        record("continuity.service_retired", found, by=by, facts=told(found))
    else:
        record("continuity.service_changed", found, by=by, facts=told(found))
