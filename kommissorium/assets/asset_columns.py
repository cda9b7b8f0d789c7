"""The columns of the list of assets, and the values that they show."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, Final

from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from kommissorium.accounts.models import danish_order
from kommissorium.assets.facts import LABELS, TONES, hours, personal_data
from kommissorium.assets.models import Asset, Criticality, Kind, Lifecycle, Role
from kommissorium.assets.rows import Holder, KnowsAreas, Row, rows_of
from kommissorium.registers.lists.columns import Column, column, field_column
from kommissorium.registers.lists.list_page import ListPage
from kommissorium.registers.lists.ordering import place_of

field = partial(field_column, Asset)


class AssetPage(KnowsAreas, ListPage[Asset]):
    """A list of assets with the values that its columns show."""

    def prepare(self, rows: Sequence[Asset]) -> None:
        """Fetch the holders of roles in each asset, and the number of documents (two queries)."""
        self._rows = {row.asset.pk: row for row in rows_of(rows, self.today)}

    def row_of(self, asset: Asset) -> Row:
        """Return an asset with its owners and documents."""
        return self._rows[asset.pk]


def _name(asset: Asset, page: AssetPage) -> str:
    link = page.link(asset, asset.name)
    if not asset.is_over:
        return link
    return format_html("{} {}", link, page.badge(_("Out of the register"), "neutral"))


def _holders(holders: list[Holder], page: AssetPage) -> str:
    """Return names between commas, with a warning where one of them has left."""
    names = ", ".join(holder.name for holder in holders)
    if all(holder.is_active for holder in holders):
        return names
    return format_html("{} {}", names, page.badge(_("Has left"), "warning"))


def _holder(asset: Asset, page: AssetPage, role: str) -> list[Holder]:
    holders = page.row_of(asset).holders
    return [holders[role]] if role in holders else []


def _documents(asset: Asset, page: AssetPage) -> str:
    """Return how many of the required documents are current, and how many waived, in words."""
    row = page.row_of(asset)
    if not row.required:
        return _("None demanded")
    values = {"number": row.current, "total": row.required, "waived": row.waived}
    if row.waived:
        return _("%(number)s of %(total)s, %(waived)s waived") % values
    return _("%(number)s of %(total)s") % values


def _documents_cell(asset: Asset, page: AssetPage) -> str:
    words = _documents(asset, page)
    if not page.row_of(asset).expired:
        return words
    return format_html("{} {}", words, page.badge(_("Expired"), "warning"))


def _criticality(asset: Asset, page: AssetPage) -> str:
    words, tone = asset.get_criticality_display(), TONES.get(asset.criticality, "")
    return page.badge(words, tone) if tone else words


def _state(asset: Asset, page: AssetPage) -> str:
    words, tone = asset.get_lifecycle_display(), TONES.get(asset.lifecycle, "")
    return page.badge(words, tone) if tone == "warning" else words


def _role(role: Role, **more: Any) -> Column:
    def value(asset: Asset, page: AssetPage) -> str:
        return ", ".join(holder.name for holder in _holder(asset, page, role))

    return column(role.value, role.label, value=value, **more)


def _hours(name: str) -> Column:
    def cell(asset: Asset, _page: AssetPage) -> str:
        number = getattr(asset, name)
        return "" if number is None else hours(number)

    return field(name, order=name, cell=cell)


def _count(code: str, label: Any) -> Column:
    def value(asset: Asset, page: AssetPage) -> int:
        number: int = getattr(page.row_of(asset), code)
        return number

    return column(code, label, value=value, kind="number", place="full")


def _names(name: str) -> Column:
    def value(asset: Asset, _page: AssetPage) -> str:
        return ", ".join(str(one) for one in getattr(asset, name).all())

    return column(name, capfirst(LABELS[name]), value=value, many=(name,), place="full")


COLUMNS: Final[tuple[Column, ...]] = (
    field("name", order="name_order", cell=_name),
    field("kind", order=place_of("kind", Kind.values)),
    field("alias"),
    field("local_id"),
    field("purpose", css_class="list-words"),
    field(
        "area",
        value="area.name",
        order=lambda page: page.area_order(),
        related=("area",),
    ),
    column(
        "owner",
        pgettext_lazy("of an asset", "Owner"),
        value=lambda asset, page: ", ".join(one.name for one in page.row_of(asset).owners),
        cell=lambda asset, page: _holders(page.row_of(asset).owners, page),
        missing=gettext_lazy("None"),
        in_full=False,
    ),
    _role(Role.MANAGER, cell=lambda asset, page: _holders(_holder(asset, page, "manager"), page)),
    column(
        "documents",
        gettext_lazy("Documents"),
        value=_documents,
        cell=_documents_cell,
        in_full=False,
    ),
    field(
        "criticality",
        order=place_of("criticality", Criticality.values),
        cell=_criticality,
    ),
    *(field(name, order=name) for name in ("confidentiality", "integrity", "availability")),
    *(_hours(name) for name in ("mtd", "rto", "rpo")),
    field("personal_data", value=lambda asset, _page: personal_data(asset)),
    field("kle"),
    field("lifecycle", order=place_of("lifecycle", Lifecycle.values), cell=_state),
    field("hosting"),
    field(
        "supplier",
        value="supplier.name",
        order=danish_order("supplier__name"),
        related=("supplier",),
    ),
    field("operator"),
    field("contract_ends", order="contract_ends"),
    *(field(name) for name in ("uses_ai", "place", "keeper", "retention", "preservation")),
    field("registered_on", order="registered_on"),
    field("ended_on", order="ended_on"),
    field("changed_at", label=gettext_lazy("Changed"), order="changed_at"),
    *(
        _role(role, place="full")
        for role in (Role.SYSTEM_OWNER, Role.DATA_OWNER, Role.ARCHIVE_OWNER)
    ),
    *(
        field(name, place="full")
        for name in (
            *("uuid", "processing_record", "contract", "bound_until", "is_accessible"),
            *("contents", "access", "protection"),
        )
    ),
    field("ended_because", label=gettext_lazy("Why it was taken out"), place="full"),
    _names("used_by"),
    _names("agreements"),
    _count("required", gettext_lazy("Documents demanded")),
    _count("current", gettext_lazy("Documents in force")),
    _count("missing", gettext_lazy("Documents missing")),
    _count("expired", gettext_lazy("Documents expired")),
)
