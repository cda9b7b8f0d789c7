"""The list of systems, data sets and physical archives."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext_lazy, pgettext_lazy

from kommissorium.accounts.models import Person
from kommissorium.assets.asset_bulk import AssetBulk
from kommissorium.assets.asset_columns import COLUMNS, AssetPage
from kommissorium.assets.facts import single_fields
from kommissorium.assets.models import (
    Asset,
    Criticality,
    Kind,
    Lifecycle,
    Ownership,
    PersonalData,
    Required,
    Supplier,
    owned,
    reads_whole_register,
    unclassified,
    without_data_owner,
)
from kommissorium.assets.models.areas import matches
from kommissorium.assets.rows import AreaFilter
from kommissorium.registers.lists.columns import Column
from kommissorium.registers.lists.filters import (
    Choice,
    Flag,
    Named,
    PersonFilter,
    Words,
    mentioning,
)
from kommissorium.registers.lists.list_page import Tabs

# In the address: what nobody has said, and whatever personal data it holds.
UNSET, ANY = "unset", "any"
NEW: Final = {
    Kind.SYSTEM: gettext_lazy("New system"),
    Kind.DATA_SET: gettext_lazy("New data set"),
    Kind.ARCHIVE: gettext_lazy("New archive"),
}
_suppliers = mentioning(Supplier.objects.order_by(), "name")


def _search(word: str) -> Q:
    return matches(word) | Q(supplier__in=_suppliers(word))


def _holds(data: str, _page: Any) -> Q:
    if data == ANY:
        return ~Q(personal_data__in=["", f",{PersonalData.NONE},"])
    return Q(personal_data="") if data == UNSET else Q(personal_data__contains=f",{data},")


def _held(people: QuerySet[Any]) -> Q:
    """Return the condition that one of the people has a role in an asset."""
    held = Ownership.objects.current().filter(person__in=people)
    return Q(pk__in=held.order_by().values("asset"))


def _has(required: QuerySet[Required]) -> Q:
    return Q(Exists(required.filter(asset=OuterRef("pk")).order_by()))


def _known_owners(page: AssetList) -> QuerySet[Person]:
    """Return the owners of what the person reads."""
    held = Ownership.objects.current().filter(asset__in=Asset.objects.visible_to(page.person))
    own = Exists(held.order_by().filter(person=OuterRef("pk")))
    found: QuerySet[Person] = Person.objects.filter(own)
    return found


class AssetList(AssetPage):
    """Assets of every kind in one table, the kinds as its tabs."""

    code = "assets"
    title = gettext_lazy("Systems, data and archives")
    counted = ngettext_lazy(
        "%(number)s system, data set or archive",
        "%(number)s systems, data sets and archives",
        "value",
    )
    file_name = gettext_lazy("registers")
    full_label = gettext_lazy("Spreadsheet with all that is known")
    template = "assets/assets.html"
    model = Asset
    columns = COLUMNS
    usual = ("kind", "area", "criticality", "owner", "documents", "lifecycle")
    on_phone = ("owner", "criticality")
    filters = (
        Words(_search),
        AreaFilter(),
        Choice(
            "criticality",
            gettext_lazy("Criticality"),
            Criticality.choices,
            unset=UNSET,
            is_folded=False,
        ),
        Choice(
            "personal",
            gettext_lazy("Personal data"),
            [
                (ANY, gettext_lazy("Holds personal data")),
                *PersonalData.choices,
                (UNSET, gettext_lazy("Not stated")),
            ],
            _holds,
        ),
        Choice("lifecycle", gettext_lazy("Lifecycle"), Lifecycle.choices, unset=UNSET),
        Named(
            "supplier",
            gettext_lazy("Supplier"),
            Supplier,
            found_by=_suppliers,
            known=lambda page: Supplier.objects.visible_to(page.person),
        ),
        PersonFilter(
            "owner", pgettext_lazy("of an asset", "Owner"), through=_held, known=_known_owners
        ),
        Flag("without_owner", gettext_lazy("Without owner"), lambda page: ~owned(page.today)),
        Flag(
            "without_data_owner",
            gettext_lazy("Without data owner"),
            lambda page: without_data_owner(page.today),
        ),
        Flag("unclassified", gettext_lazy("Not classified"), lambda _page: unclassified()),
        Flag(
            "left",
            gettext_lazy("Owner has left"),
            lambda _page: _held(Person.objects.filter(is_active=False)),
        ),
        Flag(
            "missing",
            gettext_lazy("Lacks documents"),
            lambda _page: _has(Required.objects.missing()),
        ),
        Flag(
            "expired",
            gettext_lazy("Has expired documents"),
            lambda page: _has(Required.objects.expired(page.today)),
        ),
        Flag("ended", gettext_lazy("Out of the register"), Q(ended_on__isnull=False)),
    )
    bulk = AssetBulk()
    default_sort = "name"
    order = ties = ("name_order", "pk")
    deferred = ("search", "name_order", "contents", "access", "protection")
    tabs = Tabs(
        "kind",
        {
            "": gettext_lazy("All"),
            Kind.SYSTEM: gettext_lazy("IT systems"),
            Kind.DATA_SET: gettext_lazy("Data sets"),
            Kind.ARCHIVE: gettext_lazy("Physical archives"),
        },
    )

    def rows(self) -> QuerySet[Asset]:
        return Asset.objects.visible_to(self.person)

    def narrow(self, rows: QuerySet[Asset]) -> QuerySet[Asset]:
        """Return those that fit; those out of the register only where they are asked for."""
        found = super().narrow(rows)
        return found if self.value("ended") else found.filter(ended_on=None)

    def fetched(self, rows: QuerySet[Asset], columns: Iterable[Column]) -> QuerySet[Asset]:
        """Return the rows; where they are changed in the list, with a mark on one's own."""
        found = super().fetched(rows, columns)
        return found.asked_for_by(self.person) if self.edits_cells else found  # type: ignore[attr-defined]

    def edit_url(self, row: Asset, column: Column) -> str:
        if column.code == "owner" and not row.is_over and Asset.can_be_added_by(self.person):
            return reverse("owner_appoint", args=[row.pk, row.wanted_roles[0]])
        may = column.code in single_fields(row.kind) and row.can_be_changed_by(self.person)
        return reverse("asset_change_field", args=[row.pk, column.code]) if may else ""

    def context(self) -> dict[str, Any]:
        may_add = Asset.can_be_added_by(self.person)
        offered = [(kind, word) for kind, word in NEW.items() if self.tab in ("", kind)]
        return {
            "reads_whole_register": reads_whole_register(self.person),
            "may_add": may_add,
            "adding": offered if may_add else [],
        }
