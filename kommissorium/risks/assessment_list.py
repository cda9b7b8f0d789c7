"""The list of risk assessments, and which assets nobody has assessed lately."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cached_property, partial
from typing import Any, Final

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.http import Http404
from django.utils.translation import gettext_lazy, ngettext_lazy

from kommissorium.accounts.models import Person, danish_order
from kommissorium.assets.models import Asset, Lifecycle, reads_whole_register
from kommissorium.assets.rows import AreaFilter, KnowsAreas
from kommissorium.core.ui.navigation import Crumb
from kommissorium.registers.lists.columns import column, field_column
from kommissorium.registers.lists.filters import Choice, Flag, Hidden, Words, key, mentions
from kommissorium.registers.lists.list_page import ListPage
from kommissorium.risks.asking import begins_any, crumbs, reads_risks
from kommissorium.risks.models import Assessment, Band, Scenario
from kommissorium.risks.scope import state_of
from kommissorium.risks.templatetags.risks import risk_mark

A_YEAR: Final = timedelta(days=365)
HOLDS: Final = "holds"
field = partial(field_column, Assessment)


def _with(**assets: Any) -> Q:
    """Return the condition that one of some assets is in an assessment."""
    links = Assessment.assets.through.objects.filter(**assets)
    return Q(pk__in=links.values("assessment"))


def _of_area(area: str, _page: Any) -> Q:
    assets = Asset.objects.filter(area=int(area)).order_by().values("pk")
    return Q(area=int(area)) | _with(asset__in=assets)


def _in_state(state: str, _page: Any) -> Q:
    if state == HOLDS:
        return Q(in_force_from__isnull=False, in_force_to=None)
    return Q(state=state)


def _state(row: Assessment, page: AssessmentList) -> str:
    return page.badge(*state_of(row))


def _greatest(row: Assessment, page: AssessmentList) -> str:
    return risk_mark(page.band(row, "worst")) if page.number_of(row) else ""


def _left(row: Assessment, page: AssessmentList) -> str:
    return risk_mark(band) if (band := page.band(row, "left")) else ""


def _band_name(name: str) -> Any:
    return lambda row, page: band.name if (band := page.band(row, name)) else ""


class AssessmentList(KnowsAreas, ListPage[Assessment]):
    """Assessments, the newest first; unfiltered, all that are not given up."""

    code = "assessments"
    title = gettext_lazy("Risk assessments")
    counted = ngettext_lazy("%(number)s risk assessment", "%(number)s risk assessments", "value")
    file_name = gettext_lazy("risk-assessments")
    template = "risks/assessments.html"
    css_class = "table-tight"
    model = Assessment
    columns = (
        field("title", order=danish_order("title")),
        field("scope", order="scope"),
        column(
            "state",
            gettext_lazy("State"),
            value=lambda row, _page: state_of(row)[0],
            order="state",
            cell=_state,
        ),
        field("assessed_on", order="assessed_on", css_class="risk-amount"),
        column(
            "assessor",
            gettext_lazy("Assessed by"),
            value="assessor.name",
            order=danish_order("assessor__name"),
        ),
        column(
            "risks",
            gettext_lazy("Risks"),
            value=lambda row, page: page.number_of(row),
            kind="number",
        ),
        column(
            "worst",
            gettext_lazy("Greatest risk"),
            value=_band_name("worst"),
            cell=_greatest,
        ),
        column(
            "left",
            gettext_lazy("Residual risk"),
            value=_band_name("left"),
            cell=_left,
        ),
        column(
            "scale", gettext_lazy("Scale"), value=lambda row, _page: str(row.scale), place="file"
        ),
    )
    usual = ("scope", "state", "assessed_on", "assessor", "risks", "worst", "left")
    on_phone = ("assessor", "state")
    filters = (
        Words(lambda word: mentions(word, "title", "process")),
        Choice(
            "state",
            gettext_lazy("State"),
            [(HOLDS, gettext_lazy("Holds today")), *Assessment.State.choices],
            _in_state,
            everything=gettext_lazy("All except those given up"),
            is_folded=False,
        ),
        Choice(
            "scope", gettext_lazy("What is assessed"), Assessment.Scope.choices, is_folded=False
        ),
        AreaFilter(_of_area, has_none=False),
        Hidden("asset", key, lambda asset, _page: _with(asset=asset)),
        Flag(
            "old",
            gettext_lazy("Over a year old"),
            lambda page: Q(assessed_on__lt=page.today - A_YEAR),
            is_folded=False,
        ),
        Flag("mine", gettext_lazy("Mine"), lambda page: Q(assessor=page.person), is_folded=False),
    )
    default_sort = "-assessed_on"
    order = ("-assessed_on", "-pk")
    related = ("scale", "assessor")
    deferred = ("summary",)

    def rows(self) -> QuerySet[Assessment]:
        if not reads_risks(self.person):
            raise Http404
        if reads_whole_register(self.person):
            return Assessment.objects.all()
        seen = Assessment.objects.visible_to(self.person).values("pk")
        return Assessment.objects.filter(pk__in=seen)

    def narrow(self, rows: QuerySet[Assessment]) -> QuerySet[Assessment]:
        found = super().narrow(rows)
        return found if self.value("state") else found.exclude(state=Assessment.State.DROPPED)

    def prepare(self, rows: Sequence[Assessment]) -> None:
        """Count the risks of each, and find the greatest before and after treatment (one query)."""
        counted = Scenario.objects.filter(assessment__in=[one.pk for one in rows]).order_by()
        figures = counted.values("assessment").annotate(
            number=Count("pk"), worst=Max("rank"), left=Max("residual_rank")
        )
        self._figures: dict[int, dict[str, Any]] = {row["assessment"]: {**row} for row in figures}

    def number_of(self, row: Assessment) -> int:
        """Return how many risks there are in it."""
        number: int = self._figures.get(row.pk, {}).get("number", 0)
        return number

    def band(self, row: Assessment, name: str) -> Band | None:
        """Return the band of its greatest risk: the `worst` today, or what is `left`."""
        rank = self._figures.get(row.pk, {}).get(name)
        return None if rank is None else row.scale.band(rank)

    @cached_property
    def asset(self) -> Asset | None:
        """Return the asset the list is about, if the person may read it."""
        key = self.value("asset")
        return Asset.objects.visible_to(self.person).filter(pk=key).first() if key else None

    def breadcrumbs(self) -> list[Crumb]:
        return crumbs(str(self.title))

    def context(self) -> dict[str, Any]:
        return {"asset": self.asset, "may_begin": begins_any(self.person)}


def lacking(person: Person, today: date) -> QuerySet[Asset]:
    """Return the assets in use that `person` reads and that no assessment of the last year holds
    of, those never assessed first; each knows `assessed_on`."""
    holding = Assessment.objects.in_force().filter(assets=OuterRef("pk")).order_by("-assessed_on")
    fresh = holding.filter(assessed_on__gte=today - A_YEAR)
    seen = Asset.objects.visible_to(person).in_register().exclude(lifecycle=Lifecycle.OUT_OF_USE)
    last: Any = Subquery(holding.values("assessed_on")[:1])
    found = seen.filter(~Exists(fresh)).annotate(assessed_on=last)
    never_first = F("assessed_on").asc(nulls_first=True)
    return found.order_by(never_first, "name_order", "pk").select_related("area")
