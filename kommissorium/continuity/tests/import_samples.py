"""The list of services, for the tests of every register's imports."""

from __future__ import annotations

from kommissorium.conftest import Cast
from kommissorium.continuity.actions.services import change_service
from kommissorium.continuity.models import Service
from kommissorium.continuity.tests.cases import service, service_values, system
from kommissorium.registers.tests.import_sample import ImportSample


def _held() -> object:
    names = ("title", "impact", "criticality", "mtd", "area", "responsible", "calls", "systems")
    return list(Service.objects.order_by("title", "systems").values(*names))


def _change(cast: Cast) -> None:
    """Let somebody change the first one's allowed downtime."""
    found = Service.objects.get(title="Service 0")
    values = service_values(cast, title="Service 0", mtd=99)
    change_service(found, by=cast.coordinator, values=values, edit_version=found.edit_version)


SAMPLES = [
    ImportSample(
        kind="continuity",
        acts="registers",
        headings="Service;Kritikalitet;MTD;Systemer;Ansvarlig;Område",
        row=lambda n: f"Service {n};Samfundskritisk;{n + 4};Omsorgssystemet;Anne Tvedegaard;Skoler",
        wrong="Service uden mening;Samfundskritisk;90000;;Anne Tvedegaard;",
        fault="Longest tolerable downtime (hours)",
        held=_held,
        prepare=system,
        meddle=lambda cast: service(cast, title="Service 0"),
        spoil=_change,
    )
]
