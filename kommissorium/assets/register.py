"""The register of systems, data sets and physical archives, as the rest of the program knows it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from functools import partial

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.accounts.search import Searched
from kommissorium.assets import todo
from kommissorium.assets.actions.areas import record_asset_figures
from kommissorium.assets.actions.attestation.round import ask_newcomers_today
from kommissorium.assets.actions.required_documents import follow_all_reviews
from kommissorium.assets.agenda import asset_draft, news_table
from kommissorium.assets.asset_list import AssetList
from kommissorium.assets.attestation.content import FiledAttestations
from kommissorium.assets.checks import shown_by_assets
from kommissorium.assets.current_counts import INDICATORS, count_assets
from kommissorium.assets.importing.sheet import AssetSheet
from kommissorium.assets.models import Agreement, Asset, AssetDocument, Ownership, Supplier
from kommissorium.assets.opening import AssetOpening
from kommissorium.assets.quarterly_status import status_parts
from kommissorium.assets.todo import owed, todos_of
from kommissorium.assets.waived import WAIVED
from kommissorium.committees.models import Committee
from kommissorium.core.schedule.actions import Periodic
from kommissorium.core.ui.todo import FirstStep
from kommissorium.measures.codes import Measure
from kommissorium.registers.actions.kept import keep_due_figures
from kommissorium.registers.agenda import OnItem, alone
from kommissorium.registers.links import FIRST_STEPS, OWED, TOLD_ELSEWHERE
from kommissorium.registers.menu import Deed, MenuLine
from kommissorium.registers.numbers import Counts
from kommissorium.registers.protocol import Register


def first_steps(_person: Person) -> Iterable[FirstStep]:
    """Yield with what a new municipality begins here, done or not."""
    yield FirstStep(
        str(_("The first systems")),
        str(_("No system, data set or archive is registered yet. A sheet can be taken in.")),
        str(_("Register the first")),
        reverse("assets"),
        is_done=Asset.objects.exists(),
    )


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


def has_use_of_assets(person: Person) -> bool:
    """Return whether the menu leads `person` to assets: they follow a committee, or own some."""
    if Committee.are_followed_by(person):
        return True
    if person.owns_today is None:
        held = Ownership.objects.on(timezone.localdate())
        person.owns_today = held.filter(person=person).exists()
    return person.owns_today


class AssetRegister(Register):
    """Systems, data sets and physical archives, and those who own them."""

    code = "assets"
    stage = 1
    label = _("Systems, data and archives")
    menu = MenuLine(
        "assets",
        (
            "/suppliers/",
            "/agreements/",
            "/attestation/",
            "/asset-documents/",
            "/imports/assets/",
            "/lists/assets/",
        ),
        for_everybody=True,  # of those it is shown to: who owns something
        is_shown_to=has_use_of_assets,
    )
    place = 10
    searched = (SearchedAssets(), SearchedDocuments(), SearchedSuppliers(), SearchedAgreements())
    imports = (AssetSheet,)
    opening = AssetOpening
    lists = (AssetList,)
    deeds = (
        Deed(
            _("New system"),
            _("add create register it-system program application"),
            "asset_new",
            Asset.can_be_added_by,
            ("system",),
        ),
        Deed(
            _("New supplier"),
            _("add create register vendor agreement contract"),
            "supplier_new",
            Supplier.can_be_kept_by,
        ),
    )
    filings = (FiledAttestations(),)
    # The last two: what owners are asked to read. Of the core: what was decided on waivers.
    counts = Counts(
        count_assets,
        ("assets", "accounts", "core", "registers", "policies", "readings"),
        INDICATORS,
        record=record_asset_figures,
    )

    subjects = (WAIVED,)
    agenda = {Measure.AGENDA_ONGOING: OnItem(alone(news_table), asset_draft)}
    schedule = (
        Periodic("register_figures", partial(keep_due_figures, code), timedelta(hours=1)),
        Periodic("asset_newcomers", ask_newcomers_today, timedelta(days=1)),
        Periodic("asset_reviews", follow_all_reviews, timedelta(days=1)),
    )

    todos = staticmethod(todos_of)
    reminders = staticmethod(todo.reminders)
    status_on = staticmethod(status_parts)
    shows = staticmethod(shown_by_assets)


REGISTER = AssetRegister()
OWED.offer(AssetRegister.code, owed)
TOLD_ELSEWHERE.offer(AssetRegister.code, ("assets.agreement:", "assets.round:"))
FIRST_STEPS.offer(AssetRegister.code, first_steps)
