"""The parts of an asset's page, each from its own subject, in their order."""

from __future__ import annotations

from collections.abc import Iterator

from kommissorium.accounts.models import Person
from kommissorium.assets.models import Asset
from kommissorium.assets.parts import documents, owners, suppliers
from kommissorium.registers.installed import in_order
from kommissorium.registers.menu import END_NOTICES, PARTS, Part


def parts_of(asset: Asset, person: Person) -> Iterator[Part]:
    """Yield the parts: at most three queries each. The other registers' follow the owners."""
    yield Part("assets/parts/owners.html", owners.part(asset, person))
    for parts in in_order(PARTS):
        yield from parts(asset, person)
    yield Part("assets/parts/documents.html", documents.part(asset, person))
    yield Part("assets/parts/suppliers.html", suppliers.part(asset, person))


def end_notices(asset: Asset) -> list[Part]:
    """Return the registers' notices before the asset leaves."""
    return [part for notices in END_NOTICES.ask_all() for part in notices(asset)]
