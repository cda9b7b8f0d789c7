"""The columns of the list of risks: their headings, and what a row says in each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.core.documents.excel import Kind, Value
from kommissorium.core.ui.wording import day, kroner
from kommissorium.risks.counting import Counted, Given
from kommissorium.risks.drawn import Scales
from kommissorium.risks.levels import Levels
from kommissorium.risks.models import Band, Group, Scenario, Treatment
from kommissorium.risks.models.assessments import ScenarioQuerySet

SHOWN: Final = 140  # characters of a long text in the list
EMPTY: Final = SafeString("–")
# The columns there can be, in order; the title always comes first.
LABELS: Final[Mapping[str, Any]] = {
    "assessment": gettext_lazy("Risk assessment"),
    "assets": gettext_lazy("Systems, data and archives"),
    "area": gettext_lazy("Area"),
    "group": gettext_lazy("Category"),
    "likelihood": gettext_lazy("Likelihood"),
    "consequence": gettext_lazy("Consequence"),
    "risk": gettext_lazy("Risk today"),
    "measures": gettext_lazy("Measures today"),
    "treatment": gettext_lazy("Treatment"),
    "treatment_note": gettext_lazy("What is to be done"),
    "left": gettext_lazy("Risk after the treatment"),
    "owner": gettext_lazy("Risk owner"),
    "accepted": gettext_lazy("Accepted until"),
    "amount": gettext_lazy("Accepted amount"),
    "assessed_on": gettext_lazy("Assessed on"),
}
# What of a row the columns read that stand in it, and what a row always needs.
FIELDS: Final[Mapping[str, Sequence[str]]] = {
    "measures": ["measures"],
    "treatment_note": ["treatment_note"],
    "assessed_on": ["assessment__assessed_on"],
    "area": ["assessment__area__name"],
}
ALWAYS: Final = (
    *("title", "lineage", "group", "likelihood", "consequence", "rank", "residual_rank"),
    *("treatment", "owner__name", "assessment__title", "assessment__scale"),
)
DEFAULT: Final = ("assessment", "risk", "treatment", "left", "owner", "accepted")
KINDS: Final[Mapping[str, Kind]] = {
    "accepted": "date",
    "amount": "kroner",
    "assessed_on": "date",
}


def chosen(wishes: Iterable[str]) -> list[str]:
    """Return the columns wished for, each wish one or several between commas, in our order.

    Nonsense and no wish at all give the usual ones.
    """
    wished = {one for wish in wishes for one in wish.split(",")}
    return [code for code in LABELS if code in wished] or list(DEFAULT)


def along(risks: ScenarioQuerySet, codes: Iterable[str]) -> ScenarioQuerySet:
    """Return the risks with what their columns are read from, and no more."""
    columns = set(codes)
    found = risks.select_related("assessment", "owner")
    if "area" in columns:
        found = found.select_related("assessment__area")
        found = found.prefetch_related("assessment__assets__area")
    elif "assets" in columns:
        found = found.prefetch_related("assessment__assets")
    return found.only(*ALWAYS, *(name for code in columns for name in FIELDS.get(code, ())))


class Layout:
    """Some columns of risks. All words are looked up once: a list has many rows, few words."""

    def __init__(
        self,
        codes: Sequence[str],
        scales: Scales,
        levels: Levels,
        accepted: Mapping[UUID, Given],
    ) -> None:
        self.codes = codes
        self.labels = {code: str(LABELS[code]) for code in codes}
        self.scales, self.levels, self.accepted = scales, levels, accepted
        self.groups = {one.value: str(one.label) for one in Group}
        self.treatments = {one.value: str(one.label) for one in Treatment}
        self._above, self._nobody = _("Above the level"), _("Nobody")
        self._bands: dict[tuple[int, int, bool], SafeString] = {}

    def value(self, row: Scenario, code: str) -> Value:
        """Return what a row holds in a column, as a workbook takes it."""
        found: Value = READERS[code](self, row)
        return found

    def is_above(self, row: Scenario) -> bool:
        """Return whether a risk lies above the level today."""
        if row.consequence is None or row.likelihood is None:
            return False
        cell = (row.group, row.consequence, row.likelihood)
        return Counted(row.assessment.scale_id, *cell, 1).is_above(self.levels)

    def band(self, row: Scenario, rank: int | None) -> Band | None:
        return None if rank is None else self.scales.by_key[row.assessment.scale_id].band(rank)

    def step(self, row: Scenario, code: str) -> str:
        """Return a step of the scale in words, its number first."""
        number: int | None = getattr(row, code)
        if number is None:
            return ""
        scale = self.scales.by_key[row.assessment.scale_id]
        steps = scale.likelihoods if code == "likelihood" else scale.consequences
        return f"{number} {steps[number - 1]['name']}"

    # On the page

    def drawn(self, row: Scenario) -> SafeString:
        """Return the cells of a row, each with the heading that a narrow screen shows beside it."""
        cells = (
            f'<td data-label="{escape(label)}"><div>{self._inside(row, code) or EMPTY}</div></td>'
            for code, label in self.labels.items()
        )
        return mark_safe("".join(cells))

    def _inside(self, row: Scenario, code: str) -> SafeString:
        match code:
            case "risk":
                return self._mark(row, row.rank, is_above=self.is_above(row))
            case "left":
                return self._mark(row, row.residual_rank)
            case "owner" if row.owner is None:
                return format_html('<span class="badge badge-warning">{}</span>', self._nobody)
            case "assessment":
                address = row.assessment.get_absolute_url()
                return format_html('<a href="{}">{}</a>', address, row.assessment.title)
        return escape(_worded(self.value(row, code), code))

    def _mark(self, row: Scenario, rank: int | None, *, is_above: bool = False) -> SafeString:
        if rank is None:
            return EMPTY
        key = (row.assessment.scale_id, rank, is_above)
        if key not in self._bands:
            band = self.band(row, rank)
            mark = format_html('<span class="risk-mark risk-{}">{}</span>', band.tone, band.name)  # type: ignore[union-attr]
            above = format_html('<span class="risk-above">{}</span>', self._above)
            self._bands[key] = mark + above if is_above else mark
        return self._bands[key]


def _worded(found: Value, code: str) -> str:
    if isinstance(found, date):
        return day(found)
    if isinstance(found, int) and code == "amount":
        return kroner(found)
    text = str(found or "")
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def _names(row: Scenario) -> str:
    return ", ".join(asset.name for asset in row.assessment.assets.all())


def _areas(row: Scenario) -> str:
    found = [row.assessment.area] if row.assessment.area else []
    found += [asset.area for asset in row.assessment.assets.all() if asset.area]
    return ", ".join(dict.fromkeys(area.name for area in found))


def _band_name(layout: Layout, row: Scenario, rank: int | None) -> str:
    band = layout.band(row, rank)
    return band.name if band else ""


def _given(layout: Layout, row: Scenario) -> Given | None:
    return layout.accepted.get(row.lineage)


READERS: Final[Mapping[str, Callable[[Layout, Scenario], Value]]] = {
    "assessment": lambda _layout, row: row.assessment.title,
    "assets": lambda _layout, row: _names(row),
    "area": lambda _layout, row: _areas(row),
    "group": lambda layout, row: layout.groups.get(row.group, row.group),
    "likelihood": lambda layout, row: layout.step(row, "likelihood"),
    "consequence": lambda layout, row: layout.step(row, "consequence"),
    "risk": lambda layout, row: _band_name(layout, row, row.rank),
    "measures": lambda _layout, row: row.measures,
    "treatment": lambda layout, row: layout.treatments.get(row.treatment, ""),
    "treatment_note": lambda _layout, row: row.treatment_note,
    "left": lambda layout, row: _band_name(layout, row, row.residual_rank),
    "owner": lambda _layout, row: row.owner.name if row.owner else "",
    "accepted": lambda layout, row: given.until if (given := _given(layout, row)) else None,
    "amount": lambda layout, row: given.kroner if (given := _given(layout, row)) else None,
    "assessed_on": lambda _layout, row: row.assessment.assessed_on,
}
