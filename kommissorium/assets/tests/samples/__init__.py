"""The registers: what the system owner of the cast owns, and what is none of their business."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.assets.actions.areas import add_area
from kommissorium.assets.actions.assets import add_asset, relate
from kommissorium.assets.actions.demands import add_document_type, retire_document_type
from kommissorium.assets.actions.documents import add_document, waive
from kommissorium.assets.actions.owners import appoint
from kommissorium.assets.asset_list import AssetList
from kommissorium.assets.models import (
    Asset,
    AssetDocument,
    DocumentType,
    Kind,
    Lifecycle,
    Required,
    Role,
)
from kommissorium.assets.tests.bulk_cases import change_at_once
from kommissorium.assets.tests.samples import attestation, suppliers
from kommissorium.conftest import Cast
from kommissorium.core.tests.samples import Samples, foreign
from kommissorium.registers.actions.imports import hand_in, take_in
from kommissorium.registers.actions.lists import save_list
from kommissorium.registers.importing.kinds import plan_of
from kommissorium.yearwheel.models import Occurrence

OF_ASSET = "asset asset_change asset_end asset_history asset_map relation_new document_choose"
OF_TYPE = "document_add waive"
OF_IMPORT = (
    "import_page import_columns import_names import_take_in import_progress import_drop"
    " import_undo import_file"
)
LINES = ("name", "alias", "purpose", "retention", "operator")
# What must differ from asset to asset, and so is said to be taken.
TAKEN = {"local_id": "L-100", "uuid": UUID("6f9619ff-8b86-4d11-b42d-00c04fc964ff")}


def add(samples: Samples, cast: Cast) -> None:
    """Name an asset of the system owner's, one of others, and all their rows.

    Each text of what is others' holds FOREIGN.
    """
    who = suppliers.deliverers(samples, cast)
    own = _own(samples, cast, "Sagssystemet", supplier=who.own)
    other = _others(samples, cast, supplier=who.other)
    relation = relate(own, "feeds", other, by=cast.coordinator)
    relate(other, "backed_up_by", own, by=cast.coordinator)
    samples.add("relation_end", pk=own.pk, relation=relation.pk)
    suppliers.agree(samples, cast, who, own, other)
    _demands(samples, cast)
    _documents(samples, cast, own, other)
    _imports(samples, cast)
    _bulk(samples, cast, own, other)
    samples.add("asset_new", kind=Kind.SYSTEM)
    kept = save_list(by=cast.coordinator, code="assets", name=foreign("liste"), query="kind=system")
    samples.add("saved_list_new", code="assets")
    samples.add("saved_list_remove", pk=kept.pk)
    attestation.add(samples, cast, own, _own(None, cast, "Ikke mit"), other)


def _own(samples: Samples | None, cast: Cast, name: str, **values: Any) -> Asset:
    asset = _asset(cast, {"name": name, "personal_data": ["cpr"], **values}, cast.system_owner)
    if samples:
        _name(samples, asset, "")
    return asset


def _others(samples: Samples, cast: Cast, **values: Any) -> Asset:
    area = add_area(by=cast.coordinator, name="Beredskab", head=cast.deputy)
    samples.add("area_change", pk=area.pk)
    samples.add("area_close", pk=add_area(by=cast.coordinator, name="Nedlagt").pk)
    words: dict[str, Any] = {name: foreign(name) for name in LINES} | TAKEN
    words |= {
        name: f"https://esdh.example/{foreign(name)}" for name in ("contract", "processing_record")
    }
    given = {"area": area, "used_by": [area], "personal_data": ["sensitive"], **words, **values}
    asset = _asset(cast, given, cast.system_owner)
    # What one owned once is none of one's business any more.
    appoint(asset, Role.SYSTEM_OWNER, cast.deputy, by=cast.coordinator)
    _name(samples, asset, "/foreign")
    archive = {name: foreign(name) for name in ("name", *Asset.ARCHIVE_FIELDS)}
    _asset(cast, {"area": area, **archive}, cast.deputy, Kind.ARCHIVE, Role.ARCHIVE_OWNER)
    return asset


def _asset(
    cast: Cast,
    values: dict[str, Any],
    owner: Person,
    kind: str = Kind.SYSTEM,
    role: str = Role.SYSTEM_OWNER,
) -> Asset:
    by, since = cast.coordinator, timezone.localdate() - timedelta(days=30)
    asset = add_asset(by=by, kind=kind, values=values, registered_on=since)
    appoint(asset, role, owner, by=by, from_date=since)
    return asset


def _name(samples: Samples, asset: Asset, variant: str) -> None:
    for name in OF_ASSET.split():
        samples.add(f"{name}{variant}", pk=asset.pk)
    samples.add(f"asset_change_field{variant}", pk=asset.pk, name="alias")
    samples.add(f"asset_change_group{variant}", pk=asset.pk, group="criticality")
    role = Role.SYSTEM_OWNER.value
    samples.add(f"owner_appoint{variant} owner_release{variant}", pk=asset.pk, role=role)


def _demands(samples: Samples, cast: Cast) -> None:
    own, gone = (add_document_type(by=cast.coordinator, name=name) for name in ("Nøgler", "Gamle"))
    retire_document_type(gone, by=cast.coordinator)
    samples.add("document_type_change document_type_retire", pk=own.pk)
    samples.add("document_type_restore", pk=gone.pk)


def _documents(samples: Samples, cast: Cast, own: Asset, other: Asset) -> None:
    """Name a document of each asset, one to come and one that is not needed."""
    for variant, asset, word in (("", own, "Adgang"), ("/foreign", other, foreign("dokument"))):
        there, wanted, waived = Required.objects.filter(asset=asset).select_related("type")[:3]
        waive(waived, by=cast.coordinator, because=f"Dækket: {word}")
        document = _document(cast, asset, there.type, word)
        samples.add(f"asset_document{variant} document_remove{variant}", pk=document.pk)
        for name in OF_TYPE.split():
            samples.add(f"{name}{variant}", pk=asset.pk, type=wanted.type_id)
        samples.add(f"unwaive{variant}", pk=asset.pk, type=waived.type_id)
        review = Occurrence.objects.open().get(source=f"assets.asset:{asset.pk}:review")
        samples.add(f"occurrence{variant or '/own'}", pk=review.pk)


def _document(cast: Cast, asset: Asset, type_: DocumentType, word: str) -> AssetDocument:
    today = timezone.localdate()
    return add_document(
        asset,
        type_,
        by=cast.coordinator,
        source="file",
        label=word,
        file=(f"{word}.txt", word.encode()),
        dated_on=today,
        review_by=today + timedelta(days=25),
    )


def _bulk(samples: Samples, cast: Cast, own: Asset, other: Asset) -> None:
    """Name a bulk change of others' assets, and one of the system owner's own."""
    samples.add("bulk_new", code=AssetList.code)
    wishes = {"lifecycle": Lifecycle.IN_USE}
    for variant, by, asset in (("", cast.coordinator, other), ("/own", cast.system_owner, own)):
        change = change_at_once(by, [asset], wishes)
        samples.add(f"bulk_change{variant} bulk_undo{variant}", pk=change.pk)


def _imports(samples: Samples, cast: Cast) -> None:
    """Name an import that waits, and one that is taken in."""
    for variant, number in (("", 1), ("/done", 2)):
        sheet = f"Navn;Lokalt ID;Formål\n{foreign('import')};F-{number};{foreign('celle')}\n"
        name = f"{foreign('ark')}-{number}.csv"
        options = {"kind": Kind.SYSTEM}
        run = hand_in("assets", sheet.encode(), name, by=cast.coordinator, options=options)
        for one in OF_IMPORT.split():
            samples.add(f"{one}{variant}", kind="assets", pk=run.pk)
    take_in(run, by=cast.coordinator, mark=plan_of(run).mark)
    samples.add("imports import_new", kind="assets")
    samples.add("import_template", kind="assets", template=Kind.SYSTEM)
