"""The columns of the list of risks, and the values that they show."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, partial
from typing import Any, Final
from uuid import UUID

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.accounts.models import danish_order
from kommissorium.assets.rows import KnowsAreas
from kommissorium.registers.lists.columns import Column, column, field_column
from kommissorium.registers.lists.list_page import ListPage
from kommissorium.registers.lists.ordering import place_of
from kommissorium.risks.cell_counts import Given, accepted_of, levels_by_day
from kommissorium.risks.levels import LABELS, Levels, is_above
from kommissorium.risks.matrix import ScaleCache
from kommissorium.risks.models import Band, Group, Scenario, Treatment

field = partial(field_column, Scenario)


class RiskPage(KnowsAreas, ListPage[Scenario]):
    """A list of risks with the values that its columns show."""

    @cached_property
    def scales(self) -> ScaleCache:
        return ScaleCache.known()

    @cached_property
    def levels(self) -> Levels:
        """Return the risk levels of today, by category."""
        (levels,) = levels_by_day([self.today], self.scales.all)
        return levels

    def prepare(self, rows: Sequence[Scenario]) -> None:
        """Fetch the acceptance that counts now of each lineage (one query)."""
        self.accepted: dict[UUID, Given] = accepted_of(rows, self.person)

    def band(self, row: Scenario, rank: int | None) -> Band | None:
        return None if rank is None else self.scales.by_key[row.assessment.scale_id].band(rank)

    def said_above(self, row: Scenario) -> str:
        """Return whether a risk lies above the level, in words; "" without any level."""
        if not self.levels:
            return ""
        return _("Yes") if is_above(row, self.levels) else _("No")


def _band_name(row: Scenario, page: RiskPage, rank: int | None) -> str:
    band = page.band(row, rank)
    return band.name if band else ""


def _mark(row: Scenario, page: RiskPage, rank: int | None) -> SafeString:
    """Return a band as its word on its colour."""
    band = page.band(row, rank)
    if band is None:
        return SafeString()
    return format_html('<span class="risk-mark risk-{}">{}</span>', band.tone, band.name)


def _today(row: Scenario, page: RiskPage) -> SafeString:
    mark = _mark(row, page, row.rank)
    if not is_above(row, page.levels):
        return mark
    return mark + format_html('<span class="risk-above">{}</span>', _("Above the level"))


def _assessment(row: Scenario, page: RiskPage) -> str:
    return page.link(row.assessment, row.assessment.title)


def _areas(row: Scenario, page: RiskPage) -> str:
    """Return the areas of what was assessed between commas, each once."""
    keys = [row.assessment.area_id, *(asset.area_id for asset in row.assessment.assets.all())]
    return ", ".join(page.area_names[key] for key in dict.fromkeys(keys) if key)


def _assets(row: Scenario, _page: RiskPage) -> str:
    return ", ".join(asset.name for asset in row.assessment.assets.all())


def _step(code: str, label: Any, **more: Any) -> Column:
    """Return the column of a step of the scale in words, its number first."""

    def value(row: Scenario, page: RiskPage) -> str:
        number: int | None = getattr(row, code)
        if number is None:
            return ""
        scale = page.scales.by_key[row.assessment.scale_id]
        steps = scale.likelihoods if code.endswith("likelihood") else scale.consequences
        return f"{number} {steps[number - 1]['name']}"

    return column(code, label, value=value, **more)


def _given(row: Scenario, page: RiskPage) -> Given | None:
    return page.accepted.get(row.lineage)


COLUMNS: Final[tuple[Column, ...]] = (
    column("title", gettext_lazy("Risk"), order="title_order"),
    column(
        "assessment",
        gettext_lazy("Risk assessment"),
        value="assessment.title",
        cell=_assessment,
        order=danish_order("assessment__title"),
    ),
    column(
        "assets",
        gettext_lazy("Systems, data and archives"),
        value=_assets,
        many=("assessment__assets",),
    ),
    column(
        "area",
        gettext_lazy("Area"),
        value=_areas,
        many=("assessment__assets",),
    ),
    column(
        "group",
        gettext_lazy("Category"),
        choices=Group.choices,
        order=place_of("group", Group.values),
    ),
    _step("likelihood", gettext_lazy("Likelihood"), order="likelihood"),
    _step("consequence", gettext_lazy("Consequence"), order="consequence"),
    column(
        "risk",
        gettext_lazy("Risk today"),
        value=lambda row, page: _band_name(row, page, row.rank),
        cell=_today,
        order="rank",
    ),
    column("measures", gettext_lazy("Measures today")),
    column(
        "treatment",
        gettext_lazy("Treatment"),
        choices=Treatment.choices,
        order=place_of("treatment", Treatment.values),
    ),
    column("treatment_note", gettext_lazy("What is to be done")),
    column(
        "left",
        gettext_lazy("Residual risk"),
        value=lambda row, page: _band_name(row, page, row.residual_rank),
        cell=lambda row, page: _mark(row, page, row.residual_rank),
        order="residual_rank",
    ),
    column(
        "owner",
        gettext_lazy("Risk owner"),
        value="owner.name",
        missing=gettext_lazy("None"),
        order=danish_order("owner__name"),
    ),
    column(
        "accepted",
        gettext_lazy("Accepted until"),
        value=lambda row, page: given.until if (given := _given(row, page)) else None,
        kind="date",
    ),
    column(
        "amount",
        gettext_lazy("Accepted amount"),
        value=lambda row, page: given.kroner if (given := _given(row, page)) else None,
        kind="kroner",
    ),
    column(
        "assessed_on",
        gettext_lazy("Assessed on"),
        value="assessment.assessed_on",
        order="assessment__assessed_on",
        kind="date",
    ),
    # What the import needs to take the list in again as it was.
    column("description", gettext_lazy("How, and what it would mean"), place="full"),
    *(_step(name, label, place="full") for name, label in LABELS.items()),
    _step("residual_likelihood", gettext_lazy("Likelihood after the treatment"), place="full"),
    _step("residual_consequence", gettext_lazy("Consequence after the treatment"), place="full"),
    column(
        "above",
        gettext_lazy("Above the risk level"),
        value=lambda row, page: page.said_above(row),
        place="file",
    ),
)
