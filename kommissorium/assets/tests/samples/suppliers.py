"""Suppliers: one of the system owner's, one of others, one without systems and one closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from kommissorium.assets.actions.agreements import (
    AgreementValues,
    OversightValues,
    add_agreement,
    write_oversight,
)
from kommissorium.assets.actions.documents import GivenFile
from kommissorium.assets.actions.suppliers import SupplierValues, add_supplier, close_supplier
from kommissorium.assets.models import Agreement, Asset, Oversight, Supplier
from kommissorium.conftest import Cast
from kommissorium.core.tests.samples import Samples, foreign
from kommissorium.yearwheel.models import Occurrence

OF_SUPPLIER = "supplier supplier_change agreement_new"
OF_AGREEMENT = "agreement agreement_file agreement_change agreement_end oversight_new"


@dataclass(frozen=True)
class Deliverers:
    """The supplier of what the system owner owns, and the supplier of others'."""

    own: Supplier
    other: Supplier


def deliverers(samples: Samples, cast: Cast) -> Deliverers:
    """Name suppliers that have nothing yet; return the two that get something."""
    own, empty, closed = (
        add_supplier(by=cast.coordinator, values=SupplierValues(name))
        for name in ("Sagshotellet", "Tom leverandør", "Lukket leverandør")
    )
    close_supplier(closed, by=cast.coordinator)
    words = {name: foreign(name) for name in ("name", "contact", "note")}
    words |= {"phone": foreign(""), "email": f"{foreign('')}@leverer.example"}
    other = add_supplier(by=cast.coordinator, values=SupplierValues(**words))
    samples.add(OF_SUPPLIER, pk=own.pk)
    samples.add("supplier_close", pk=empty.pk)
    samples.add("supplier_reopen", pk=closed.pk)
    for name in OF_SUPPLIER.split():
        samples.add(f"{name}/foreign", pk=other.pk)
    return Deliverers(own, other)


def agree(samples: Samples, cast: Cast, who: Deliverers, own: Asset, other: Asset) -> None:
    """Name an agreement with either, each overseen once; the first covers both assets.

    `other` is delivered by the other one, who has an agreement of their own on it.
    """
    shared = _agreement(cast, who.own, [own], "Databehandleraftale")
    apart = _agreement(cast, who.other, [other], foreign("aftale"))
    for variant, agreement in (("", shared), ("/foreign", apart)):
        for name in OF_AGREEMENT.split():
            samples.add(f"{name}{variant}", pk=agreement.pk)
        samples.add(f"oversight_file{variant}", pk=_overseen(cast, agreement, variant).pk)
    duty = Occurrence.objects.open().filter(source=f"assets.agreement:{apart.pk}:oversight").get()
    samples.add("duty_times", pk=duty.duty_id)


def _agreement(cast: Cast, supplier: Supplier, assets: list[Asset], title: str) -> Agreement:
    values = AgreementValues(
        title,
        url=f"https://esdh.example/{title}",
        next_oversight=timezone.localdate() + timedelta(days=365),
        assets=assets,
        file=GivenFile(f"{title}.txt", title.encode()),
    )
    return add_agreement(supplier, by=cast.coordinator, values=values)


def _overseen(cast: Cast, agreement: Agreement, variant: str) -> Oversight:
    word = foreign("konklusion") if variant else "Fint"
    values = OversightValues(
        "visit",
        timezone.localdate(),
        "no_fault",
        word,
        url=f"https://esdh.example/{word}",
        file=GivenFile(f"{word}.txt", word.encode()),
    )
    return write_oversight(agreement, by=cast.coordinator, values=values)
