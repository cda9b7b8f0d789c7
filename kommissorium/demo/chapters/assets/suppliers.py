"""The suppliers, their agreements, and the oversight of three years."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import partial
from zlib import crc32

from django.utils import timezone

from kommissorium.assets.actions.agreements import (
    AgreementValues,
    OversightValues,
    add_agreement,
    write_oversight,
)
from kommissorium.assets.actions.many_documents import GivenDocument, add_documents
from kommissorium.assets.actions.suppliers import SupplierValues, add_supplier
from kommissorium.assets.models import Agreement, AssetDocument, Required, Supplier
from kommissorium.demo.story import Town
from kommissorium.demo.texts import rows
from kommissorium.measures.days import add_months

CASES = "https://havneby.example/sager"
LATELY = 4  # days ago: the last oversight that is told


def tell_suppliers(town: Town) -> None:
    """Tell when each supplier came in, its agreement, and the result of each oversight."""
    days = town.almanac
    for row in rows("registers/suppliers.csv"):
        town.tell(days.ago(int(row["måned"]), "9.25"), partial(_add, town, row))
    for months in sorted({int(row["måned"]) for row in rows("registers/agreements.csv")}):
        town.tell(days.ago(months, "14.35"), partial(_show, town))
    for row in rows("registers/agreements.csv"):
        town.tell(days.ago(int(row["måned"]), "14.10"), partial(_agree, town, row))
        done = list(_oversights(town, row))
        for number, day in enumerate(done, 1):
            oversee = partial(_oversee, town, row, number, len(done) - number)
            town.tell(days.moment(day, "10.25"), oversee)


def _add(town: Town, row: Mapping[str, str]) -> None:
    values = SupplierValues(
        name=row["navn"],
        cvr=row["cvr"],
        contact=row["kontakt"],
        email=row["mail"],
        note=row["note"],
    )
    add_supplier(by=town.coordinator(), values=values)


def _agree(town: Town, row: Mapping[str, str]) -> None:
    by, today = town.coordinator(), town.almanac.day_it_is()
    supplier = Supplier.objects.get(name=row["leverandør"])
    covered = list(supplier.assets.in_register().filter(personal_data__contains="ordinary"))
    values = AgreementValues(
        title=row["titel"],
        signed_on=town.almanac.today + timedelta(days=int(row["underskrevet"])),
        expires_on=_day(town, row["udløber"]),
        url=f"{CASES}/{crc32(row['leverandør'].encode()) % 90_000 + 10_000}",
        oversight_model=row["model"],
        oversight_months=int(row["interval"]),
        next_oversight=today + timedelta(days=int(row["første"])) if row["første"] else None,
        responsible=town.person(row["ansvarlig"]),
        assets=covered,
    )
    add_agreement(supplier, by=by, values=values)


def _show(town: Town) -> None:
    """Let each system that must have an agreement show the one that covers it."""
    demanded = Required.objects.filter(type__code="agreement", document=None, waived_at=None)
    covered = demanded.filter(asset__agreements__isnull=False, asset__ended_on=None)
    shown = [
        _document(one, agreement)
        for one in covered.select_related("asset", "type").distinct()
        for agreement in one.asset.agreements.all()[:1]
    ]
    add_documents(shown, by=town.coordinator())


def _document(one: Required, agreement: Agreement) -> GivenDocument:
    return GivenDocument(
        one.asset,
        one.type,
        AssetDocument.Source.ROW,
        dated_on=agreement.signed_on or timezone.localdate(),
        review_by=None,
        label=agreement.title,
        row=("assets.agreement", str(agreement.pk), agreement.get_absolute_url()),
    )


def _oversights(town: Town, row: Mapping[str, str]) -> Iterator[date]:
    """Yield the days of the oversights done: each late by some days, and the last ones wait."""
    if not row["første"]:
        return
    days, late = town.almanac, timedelta(days=int(row["forsinket"]))
    last = days.today - timedelta(days=max(int(row["venter"]), LATELY))
    begun = days.ago(int(row["måned"]), "9.00").date()
    day = days.workday(begun + timedelta(days=int(row["første"])) + late)
    while day <= last:
        yield day
        day = days.workday(add_months(day, int(row["interval"])) + late)


def _oversee(town: Town, row: Mapping[str, str], number: int, later: int) -> None:
    agreement = Agreement.objects.select_related("supplier", "responsible").get(
        supplier__name=row["leverandør"]
    )
    said = _said(row, number, later)
    values = OversightValues(
        model=row["model"],
        done_on=town.almanac.day_it_is(),
        result=said["resultat"],
        conclusion=said["tekst"],
        url=f"{CASES}/{crc32(f'{row["leverandør"]} {number}'.encode()) % 90_000 + 10_000}",
    )
    write_oversight(agreement, by=town.person(row["ansvarlig"]), values=values)


def _said(row: Mapping[str, str], number: int, later: int) -> Mapping[str, str]:
    """Return the result of an oversight; a table names the last ones of the important ones."""
    told = rows("registers/oversights.csv")
    own = [one for one in told if one["leverandør"] == row["leverandør"]]
    if later < len(own):
        return own[-1 - later]
    common = [one for one in told if not one["leverandør"] and one["model"] == row["model"]]
    # Of each model the good result stands first, and it is twice as frequent.
    return common[crc32(f"{row['leverandør']}{number}".encode()) % 3 // 2]


def _day(town: Town, cell: str) -> date | None:
    return town.almanac.today + timedelta(days=int(cell)) if cell else None
