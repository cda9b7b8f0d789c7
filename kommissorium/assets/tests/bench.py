"""Pages of assets that the benchmark measures, by reader, and their growth by fifty times."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

from django.db import models
from django.db.models import Count, QuerySet
from django.urls import reverse

from kommissorium.accounts.models import Person
from kommissorium.assets.models import (
    Agreement,
    Asked,
    Asset,
    AssetDocument,
    Oversight,
    Ownership,
    Relation,
    Required,
    Round,
    Statement,
    Supplier,
)
from kommissorium.registers.models import ImportedRow, ImportRun
from kommissorium.yearwheel.models import Occurrence

EVERYBODYS = "assets suppliers attestation"
OF_READERS = "owners completeness demands attestation_rounds"
OF_KEEPERS = "areas register_settings demands_change"
# What a key leads to, by the field that holds it.
LEADS_TO: dict[str, type[models.Model]] = {
    "agreement_id": Agreement,
    "asked_id": Asked,
    "asset_id": Asset,
    "document_id": AssetDocument,
    "from_asset_id": Asset,
    "person_id": Person,
    "responsible_id": Person,
    "run_id": ImportRun,
    "thing_id": Asset,
    "supplier_id": Supplier,
    "to_asset_id": Asset,
}
APART = 100_000  # between the numbers of a duty's times and those of their copies
SOURCES = {"assets.asset": Asset, "assets.agreement": Agreement}


class Copying(Protocol):
    """The work of growing.Growth."""

    def copy(self, rows: Any, change: Any) -> list[Any]: ...

    def of(self, model: type[models.Model], key: int, number: int) -> int: ...


def pages(who: str) -> Iterator[tuple[str, str]]:
    """Yield the names and addresses of the pages that a person of the demonstration reads."""
    for name in EVERYBODYS.split():
        yield name, reverse(name)
    if who == "employee":
        return
    yield "assets (searched)", f"{reverse('assets')}?q=system&missing=1"
    yield from _of_rows(Person.objects.get(email__startswith=f"{who}@"))
    if who == "system_owner":
        return
    for name in OF_READERS.split():
        yield name, reverse(name)
    yield "owners (without)", f"{reverse('owners')}?view=without"
    asked = _fullest(Round.objects.all(), "asked")
    yield "attestation_round", reverse("attestation_round", args=[asked])
    if who == "coordinator":
        for name in OF_KEEPERS.split():
            yield name, reverse(name)
        yield "imports", reverse("imports", args=["assets"])


def _of_rows(person: Person) -> Iterator[tuple[str, str]]:
    """Yield the pages of the fullest rows that a person may read."""
    asset = _fullest(Asset.objects.visible_to(person).in_register(), "documents")
    for name in ("asset", "asset_history", "asset_map"):
        yield name, reverse(name, args=[asset])
    supplier = _fullest(Supplier.objects.visible_to(person), "assets")
    yield "supplier", reverse("supplier", args=[supplier])
    agreement = _fullest(Agreement.objects.visible_to(person), "oversights")
    yield "agreement", reverse("agreement", args=[agreement])


def _fullest(rows: QuerySet[Any], related: str) -> int:
    """Return the key of the row with the most related rows."""
    sized = rows.annotate(size=Count(related)).order_by("-size", "pk")
    key: int = sized.values_list("pk", flat=True)[0]
    return key


def grow(growth: Copying) -> None:
    """Copy suppliers, assets and all their rows; areas and kinds of documents stay.

    The people must have copies already: each copy of a person owns the copies of what they own.
    """

    def led(row: Any, number: int) -> None:
        for field, model in LEADS_TO.items():
            if getattr(row, field, None) is not None:
                setattr(row, field, growth.of(model, getattr(row, field), number))

    def named(row: Any, number: int) -> None:
        led(row, number)
        row.name = f"{row.name} {number}"

    def asset(row: Asset, number: int) -> None:
        named(row, number)
        row.uuid = None
        row.local_id = row.local_id and f"{row.local_id}.{number}"

    def supplier(row: Supplier, number: int) -> None:
        named(row, number)
        row.cvr = ""

    growth.copy(Supplier.objects.all(), supplier)
    growth.copy(Agreement.objects.all(), led)
    growth.copy(Asset.objects.all(), asset)
    for model in (
        *(Asset.used_by.through, Asset.agreements.through, Ownership, Relation, Oversight),
        *(AssetDocument, Required, Asked, Statement, ImportRun, ImportedRow),
    ):
        growth.copy(model._default_manager.all(), led)
    _wheel(growth)


def _wheel(growth: Copying) -> None:
    """Copy what the year wheel waits for from the registers."""

    def occurrence(row: Occurrence, number: int) -> None:
        kind, key, what = str(row.source).split(":")
        copied = growth.of(SOURCES[kind], int(key), number)
        row.source = f"{kind}:{copied}:{what}"
        row.source_link = str(row.source_link).replace(f"/{key}/", f"/{copied}/")
        row.number += APART * number
        row.occasion = f"{row.occasion} {number}"
        if row.delegate_id is not None:
            row.delegate_id = growth.of(Person, row.delegate_id, number)

    rows = Occurrence.objects.open().filter(source__regex="^(" + "|".join(SOURCES) + "):")
    growth.copy(rows, occurrence)
