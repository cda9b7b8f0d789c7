"""Search in this room."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.search import Searched
from kommissorium.assets.models import Agreement, Asset, AssetDocument, Supplier


class SearchedAssets(Searched[Asset]):
    """Systems, data sets and archives."""

    model, label = Asset, _("Systems, data and archives")
    fields = ("alias", "purpose", "kle", "operator", "place", "contents", "keeper")
    named = ("supplier", "area")
    dated = "registered_on"

    def number(self, row: Asset) -> str:
        return row.local_id


class SearchedDocuments(Searched[AssetDocument]):
    """Documents of assets, by title."""

    model, label = AssetDocument, _("Documents of systems and data")
    related = ("asset", "type")
    named = ("asset",)
    dated = "dated_on"

    def url(self, row: AssetDocument, place: str = "") -> str:
        return row.asset.get_absolute_url()


class SearchedSuppliers(Searched[Supplier]):
    """Suppliers, by name and CVR number."""

    model, label = Supplier, _("Suppliers")
    fields = ("cvr", "contact", "email", "phone", "note")


class SearchedAgreements(Searched[Agreement]):
    """Data processing agreements, and the conclusions of their oversight."""

    model, label = Agreement, _("Data processing agreements")
    fields = ("ended_because",)
    named = ("supplier", "responsible")
    parts = {"oversights": ("conclusion",)}
    dated = "signed_on"


SEARCHED = (SearchedAssets(), SearchedDocuments(), SearchedSuppliers(), SearchedAgreements())
