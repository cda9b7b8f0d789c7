"""The list of assets as a workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import batched
from typing import Any, Final

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Municipality
from kommissorium.assets.columns import COLUMNS, HOURS, Layout, label
from kommissorium.assets.models import Role
from kommissorium.assets.models.assets import AssetQuerySet
from kommissorium.assets.rows import Row, rows_of
from kommissorium.core.documents import Column, Sheet, workbook
from kommissorium.core.documents.excel import Kind, Value

AT_ONCE = 1000  # assets whose owners and documents are fetched together
# What the workbook with everything holds. Some of it says more of the same, or leads somewhere.
EVERYTHING: Final = (
    *(code for code in COLUMNS if code not in {"owner", "documents"}),
    *(Role.SYSTEM_OWNER, Role.DATA_OWNER, Role.ARCHIVE_OWNER),
    *("uuid", "processing_record", "contract", "bound_until", "is_accessible", "contents"),
    *("access", "protection", "ended_because"),
    *("used_by", "agreements", "required", "current", "missing", "expired"),
)
DAYS: Final = ("contract_ends", "bound_until", "registered_on", "ended_on")
# How many of a row's documents there are: what the workbook with everything counts one by one.
COUNTED: Final[Mapping[str, Any]] = {
    "required": gettext_lazy("Documents demanded"),
    "current": gettext_lazy("Documents current"),
    "missing": gettext_lazy("Documents missing"),
    "expired": gettext_lazy("Documents expired"),
}
KINDS: Final[Mapping[str, Kind]] = {
    **dict.fromkeys((*HOURS, *COUNTED), "number"),
    **dict.fromkeys(DAYS, "date"),
    "changed_at": "moment",
}
MANY: Final = ("used_by", "agreements")


def list_workbook(assets: AssetQuerySet, codes: Sequence[str], title: str) -> bytes:
    """Return the assets in their order as an .xlsx file: the name, these columns, the address."""
    columns = [
        Column(label("name")),
        *(Column(COUNTED.get(code) or label(code), kind=KINDS.get(code, "text")) for code in codes),
        Column(_("Link"), kind="link"),
    ]
    return workbook(
        [Sheet(title, columns, _lines(assets, codes))],
        title=title,
        author=Municipality.current().name,
        language=get_language() or settings.LANGUAGE_CODE,
    )


def _lines(assets: AssetQuerySet, codes: Sequence[str]) -> Iterator[Sequence[Value]]:
    many = [name for name in MANY if name in codes]
    found = assets.select_related("area", "supplier").prefetch_related(*many)
    layout = Layout([code for code in codes if code not in {*COUNTED, *MANY}])
    today = timezone.localdate()
    for some in batched(found.iterator(chunk_size=AT_ONCE), AT_ONCE):
        for row in rows_of(some, today):
            link = f"{settings.SITE_URL}{row.asset.get_absolute_url()}"
            yield (row.asset.name, *(_value(layout, row, code) for code in codes), link)


def _value(layout: Layout, row: Row, code: str) -> Value:
    if code in COUNTED:
        number: int = getattr(row, code)
        return number
    if code in MANY:
        return ", ".join(str(one) for one in getattr(row.asset, code).all())
    return layout.value(row, code)
