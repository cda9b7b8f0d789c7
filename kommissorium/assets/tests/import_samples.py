"""The import of assets, as the tests of all imports know it."""

from __future__ import annotations

from kommissorium.assets.actions.assets import add_asset, change_asset
from kommissorium.assets.models import Asset, Kind, Ownership, Required
from kommissorium.conftest import Cast
from kommissorium.registers.tests.import_sample import ImportSample


def _held() -> object:
    models = (Asset, Ownership, Required)
    return [list(model.objects.order_by("pk").values()) for model in models]


def _meddle(cast: Cast) -> None:
    values = {"name": "En anden", "local_id": "S-0"}
    add_asset(by=cast.coordinator, kind=Kind.SYSTEM, values=values)


def _spoil(cast: Cast) -> None:
    one = Asset.objects.get(local_id="S-1")
    change_asset(one, by=cast.coordinator, values={"alias": "Ny"}, edit_version=one.edit_version)


SAMPLES = [
    ImportSample(
        kind="assets",
        acts="assets",
        options={"kind": Kind.SYSTEM},
        headings="Navn;Lokalt ID;Område;Leverandør;Systemejer;Livscyklus;RTO",
        row=lambda n: f"System {n};S-{n};Borgerservice;Nordlys Data;Anne Tvedegaard;I drift;{n}",
        wrong="Forkert;S-999;Borgerservice;;;I drift;snart",
        fault="To be running again within",
        held=_held,
        meddle=_meddle,
        spoil=_spoil,
    )
]
