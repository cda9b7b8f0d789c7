"""No text of the registers is a formula in an export, and all of it is JSON."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from kommissorium.assets.actions.areas import add_area
from kommissorium.assets.actions.assets import add_asset
from kommissorium.assets.actions.attestation.round import settle
from kommissorium.assets.actions.documents import waive
from kommissorium.assets.actions.suppliers import SupplierValues, add_supplier
from kommissorium.assets.models import (
    Agreement,
    Area,
    Asset,
    AssetDocument,
    DocumentType,
    Oversight,
    Required,
    Round,
    Statement,
    Supplier,
)
from kommissorium.assets.tests.attestation_cases import give, opened, says
from kommissorium.conftest import Cast

pytestmark = pytest.mark.both("characters no column holds")

WORKBOOKS = [
    "assets_file?all=1",
    "assets_file?kind=archive&all=1",
    "owners_file",
    "owners_file?view=without",
    "owners_file?view=left",
    "completeness_file",
    "demands_file",
    "suppliers_file",
    "attestation_file",
]
STARTERS = ["=", "+", "-", "@", "\t", "\r"]
REST = "1+2"
# Codes of the program's own, which nobody writes.
CODES = {"code", "personal_data", "object_kind", "object_id", "uuid"}

type Get = Callable[[str], bytes]


@pytest.fixture
def get(cast: Cast, client_of: Callable[[Any], Client]) -> Get:
    """Fetch a file of the registers as the coordinator."""
    make_register(cast)
    client = client_of("coordinator")
    found = Round.objects.get()

    def fetch(name: str) -> bytes:
        plain, _mark, query = name.partition("?")
        args = [found.pk] if plain == "attestation_file" else []
        answer = client.get(f"{reverse(plain, args=args)}?{query}")
        assert answer.status_code == 200, name
        return answer.getvalue()

    return fetch


def make_register(cast: Cast) -> None:
    """Put one of everything that has texts into the registers."""
    by = cast.coordinator
    supplier = add_supplier(by=by, values=SupplierValues("Leverandør"))
    area = add_area(by=by, name="Område")
    given = {"name": "System", "supplier": supplier, "area": area, "used_by": [area]}
    system = add_asset(by=by, kind="system", values=given)
    add_asset(by=by, kind="archive", values={"name": "Arkiv", "area": area})
    give(cast, system, cast.member)
    waive(Required.objects.filter(asset=system)[0], by=by, because="Dækket andetsteds")
    agreement = Agreement.objects.create(supplier=supplier, title="Aftale")
    system.agreements.add(agreement)
    opened(cast)
    says(cast.member, system, "change", "Ret navnet")
    settle(Statement.objects.get(), by=by, settlement="Rettet")


def written(model: type[models.Model]) -> Iterator[str]:
    """Yield the names of the fields that hold people's own text."""
    for field in model._meta.concrete_fields:
        is_text = isinstance(field, models.CharField | models.TextField)
        if is_text and not (field.choices or field.generated or field.name in CODES):
            yield field.name


def fill(cast: Cast, text: str) -> None:
    """Make every text of the registers this one, whatever the actions would make of it."""
    for model in (Supplier, Area, Agreement, Round, Statement, Required):
        model._default_manager.update(**dict.fromkeys(written(model), text))
    for asset in Asset.objects.all():  # of one kind each, so that the numbers may be alike
        Asset.objects.filter(pk=asset.pk).update(**dict.fromkeys(written(Asset), text))
    kind = DocumentType.objects.filter(required__isnull=False)[0]
    texts = dict.fromkeys(written(DocumentType), text)
    DocumentType.objects.filter(pk=kind.pk).update(**texts)
    now, today = timezone.now(), timezone.localdate()
    made = dict.fromkeys(written(Oversight), text)
    Oversight.objects.create(
        agreement=Agreement.objects.get(),
        model="visit",
        done_on=today,
        result="minor",
        by=cast.coordinator,
        at=now,
        **made,
    )
    shown = dict.fromkeys(written(AssetDocument), text)
    asset = Asset.objects.get(kind="system")
    AssetDocument.objects.create(
        asset=asset, type=kind, source="link", dated_on=today, added_at=now, **shown
    )


@pytest.mark.parametrize("starter", STARTERS)
def test_no_text_is_a_formula_in_any_workbook(cast: Cast, get: Get, starter: str) -> None:
    fill(cast, starter + REST)
    shown = {"\r": "\n"}.get(starter, starter) + REST
    told = {}
    for name in WORKBOOKS:
        data = get(name)
        cells = [cell for sheet in load_workbook(io.BytesIO(data)) for row in sheet for cell in row]
        assert "f" not in {cell.data_type for cell in cells}, name
        own = [cell for cell in cells if isinstance(cell.value, str) and REST in cell.value]
        assert all(cell.quotePrefix for cell in own if cell.value == shown), name
        told[name] = len(own)
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            assert b"<f>" not in b"".join(book.read(one) for one in book.namelist())
    assert told["assets_file?all=1"] > 30
    assert told["suppliers_file"] > 5
    assert min(told[name] for name in ("demands_file", "attestation_file")) > 0


@pytest.mark.parametrize("starter", STARTERS)
def test_every_text_is_in_the_json_as_it_was_written(cast: Cast, get: Get, starter: str) -> None:
    fill(cast, starter + REST)
    found = json.loads(get("assets_json"))
    system = next(one for one in found["assets"] if one["kind"] == "system")
    texts = {system[name] for name in written(Asset)} | {found["suppliers"][0]["note"]}
    texts |= {found["agreements"][0]["title"], found["agreements"][0]["oversight"][0]["url"]}
    texts |= {system["documents"][0]["label"], system["used_by"][0]}
    assert texts == {starter + REST}


def test_what_cannot_be_printed_never_comes_in(cast: Cast, get: Get) -> None:
    add_asset(by=cast.coordinator, kind="data_set", values={"name": "\0=Navn", "purpose": "\0a"})
    for name in ("assets_file?all=1", "assets_json"):
        assert get(name)
    made = Asset.objects.get(kind="data_set")
    assert (made.name, made.purpose) == ("=Navn", "a")
