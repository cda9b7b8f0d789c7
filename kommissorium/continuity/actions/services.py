"""Add and change services, with their allowed downtime and needs; import them; take them out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction

from kommissorium.accounts.models import Person
from kommissorium.assets.models.assets import MOST_HOURS
from kommissorium.continuity.lines import tidy_calls
from kommissorium.continuity.models import Service
from kommissorium.continuity.plan_upkeep import drop_review
from kommissorium.core.actions.rows import retire, update_row
from kommissorium.core.cleaning import clean_fields, clean_reason, refuse_outside
from kommissorium.core.evidence.actions import record
from kommissorium.registers.models import ImportedRow


def told(service: Service) -> dict[str, Any]:
    """Return the facts of a service's events."""
    keys = service.systems.order_by("pk").values_list("pk", flat=True)
    return {
        "title": service.title,
        "criticality": service.criticality,
        "mtd": service.mtd or 0,
        "systems": list(keys),
    }


@transaction.atomic
def add_service(*, by: Person, values: Mapping[str, Any]) -> Service:
    """Add a service. Raises Refused, by field."""
    if not Service.can_be_kept_by(by):
        raise PermissionDenied
    systems, stored = _with_systems(values)
    made = Service.objects.create(**stored)
    made.systems.set(systems)
    record("continuity.service_added", made, by=by, facts=told(made))
    return made


@transaction.atomic
def change_service(
    service: Service, *, by: Person, values: Mapping[str, Any], edit_version: int
) -> None:
    """Change a service. Raises Refused, by field, and Conflict."""
    if not service.can_be_written_by(by):
        raise PermissionDenied
    systems, stored = _with_systems(values)
    rows = Service.objects.in_use()
    update_row(service, stored, edit_version=edit_version, among=rows)
    service.systems.set(systems)
    record("continuity.service_changed", service, by=by, facts=told(service))


@transaction.atomic
def retire_service(service: Service, *, by: Person, because: str) -> None:
    """Take a service out of the register, for good: its plans are no longer asked for."""
    if not Service.can_be_kept_by(by):
        raise PermissionDenied
    reason = clean_reason(because)
    Service.objects.filter(pk=service.pk, is_retired=False).update(retired_because=reason)
    last = service.plans.filter(state="approved").order_by("-number").first()
    if last is not None:
        drop_review(last, by=by)
    retire(service, act="continuity.service_retired", by=by, facts=told)


def _with_systems(values: Mapping[str, Any]) -> tuple[Any, dict[str, Any]]:
    """Return the systems and the other values, as they are stored."""
    return values["systems"], cleaned({n: value for n, value in values.items() if n != "systems"})


def cleaned(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return a service's values as they are stored. Raises Refused, by field."""
    found = clean_fields(Service, values)
    refuse_outside(found.get("mtd"), "mtd", 1, MOST_HOURS)
    if "calls" in found:
        found["calls"] = tidy_calls(found["calls"], "calls")
    return found


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
