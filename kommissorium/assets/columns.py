"""The columns of the list of assets: their headings, and what a row says in each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from kommissorium.assets.facts import TONES, hours, label_of, personal_data
from kommissorium.assets.models import Asset, Role
from kommissorium.assets.rows import Holder, Row
from kommissorium.core.documents.excel import Value
from kommissorium.core.ui.wording import day

SHOWN = 140  # characters of a long text in the list
# The columns there can be, in order; the name always comes first.
COLUMNS: Final[tuple[str, ...]] = (
    *("kind", "alias", "local_id", "purpose", "area", "owner", "manager", "documents"),
    *("criticality", "confidentiality", "integrity", "availability", "mtd", "rto", "rpo"),
    *("personal_data", "kle", "lifecycle", "hosting", "supplier", "operator", "contract_ends"),
    *("uses_ai", "place", "keeper", "retention", "preservation", "registered_on", "ended_on"),
    "changed_at",
)
DEFAULT: Final[tuple[str, ...]] = ("kind", "area", "criticality", "owner", "documents", "lifecycle")
LABELS: Final[Mapping[str, Any]] = {
    "owner": pgettext_lazy("of an asset", "Owner"),
    "documents": gettext_lazy("Documents"),
    "ended_because": gettext_lazy("Why it was taken out"),
    "changed_at": gettext_lazy("Changed"),
}
HOURS: Final = ("mtd", "rto", "rpo")


@dataclass(frozen=True, slots=True)
class Cell:
    """What a row says in a column. With a tone it is a state; `mark` is a word of warning."""

    text: str = ""
    tone: str = ""
    mark: str = ""


def label(code: str) -> str:
    """Return the heading of a column."""
    if code in LABELS:
        return str(LABELS[code])
    return str(Role(code).label) if code in Role.values else label_of(code)


def chosen(wishes: Iterable[str], kind: str = "") -> list[str]:
    """Return the columns wished for, each wish one or several between commas, in our order.

    Nonsense and no wish at all give the usual ones, without the kind where only one is shown.
    """
    wished = {one for wish in wishes for one in wish.split(",")}
    found = [code for code in COLUMNS if code in wished]
    return found or [code for code in DEFAULT if not (code == "kind" and kind)]


class Layout:
    """Some columns. All words are looked up once: a list has many rows and few words."""

    def __init__(self, codes: Sequence[str]) -> None:
        self.codes = codes
        self.labels = {code: label(code) for code in codes}
        self._words = {code: _words_of(code) for code in codes}
        self._nobody, self._left, self._expired = _("Nobody"), _("Has left"), _("Expired")
        self._held, self._none = _("%(current)d of %(required)d"), _("None demanded")

    def value(self, row: Row, code: str) -> Value:
        """Return what a row holds in a column, as a workbook takes it."""
        if code in READERS:
            return READERS[code](self, row)
        if code in Role.values:
            return row.holders[code].name if code in row.holders else ""
        found = getattr(row.asset, code)
        if words := self._words[code]:
            return words.get(found, "")
        if found is None or isinstance(found, int | date):
            return found
        return str(found)

    def cell(self, row: Row, code: str) -> Cell:
        """Return what a row says in a column of the page."""
        if code in ("owner", "manager"):
            return self._people(row.owners if code == "owner" else _manager(row), code)
        found = self.value(row, code)
        if code == "documents":
            return Cell(str(found), mark=self._expired if row.expired else "")
        if isinstance(found, date):
            return Cell(day(found))
        if isinstance(found, int) and code in HOURS:
            return Cell(hours(found))
        text = "" if found is None else str(found)
        if code in ("criticality", "lifecycle"):
            tone = TONES.get(getattr(row.asset, code), "")
            return Cell(text, tone if code == "criticality" or tone == "warning" else "")
        return Cell(text if len(text) <= SHOWN else f"{text[:SHOWN]}…")

    def documents(self, row: Row) -> str:
        """Return how many of the required documents are current, in words."""
        if not row.required:
            return self._none
        return self._held % {"current": row.current, "required": row.required}

    def _people(self, holders: Sequence[Holder], code: str) -> Cell:
        if not holders:
            return Cell(mark=self._nobody if code == "owner" else "")
        left = not all(holder.is_active for holder in holders)
        return Cell(", ".join(one.name for one in holders), mark=self._left if left else "")


def _words_of(code: str) -> dict[Any, str]:
    """Return the choices of a field in words; none for a field without choices."""
    if code in LABELS or code in Role.values:
        return {}
    choices = getattr(Asset._meta.get_field(code), "flatchoices", [])  # noqa: SLF001
    return {value: str(word) for value, word in choices}


def _manager(row: Row) -> list[Holder]:
    return [row.holders[Role.MANAGER]] if Role.MANAGER in row.holders else []


READERS: Final[Mapping[str, Callable[[Layout, Row], Value]]] = {
    "owner": lambda _layout, row: ", ".join(one.name for one in row.owners),
    "documents": lambda layout, row: layout.documents(row),
    "personal_data": lambda _layout, row: personal_data(row.asset),
    "area": lambda _layout, row: row.asset.area.name if row.asset.area else "",
    "supplier": lambda _layout, row: row.asset.supplier.name if row.asset.supplier else "",
    "changed_at": lambda _layout, row: row.asset.changed_at,
    "ended_because": lambda _layout, row: row.asset.ended_because,
}
