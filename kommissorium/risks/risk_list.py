"""The list of risks of today."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from kommissorium.accounts.models import Person
from kommissorium.assets.models import Asset, reads_whole_register
from kommissorium.assets.models.areas import matches
from kommissorium.assets.rows import NO_AREA, AreaFilter
from kommissorium.core.ui.localised import day
from kommissorium.core.ui.navigation import Crumb
from kommissorium.registers.lists.filters import (
    Choice,
    Flag,
    Hidden,
    Named,
    PersonFilter,
    Words,
    key,
    mentions,
    one_of,
)
from kommissorium.risks.asking import crumbs
from kommissorium.risks.cell_counts import is_accepted
from kommissorium.risks.levels import AFTER, BEFORE, Picture, above_level
from kommissorium.risks.models import Assessment, Group, Scenario, Treatment
from kommissorium.risks.overview import GREATEST
from kommissorium.risks.past_day import DOWN, NEW, UP, WAYS, moved
from kommissorium.risks.risk_columns import COLUMNS, RiskPage

AFTER_WISH: Final = "after"
YES, NO = "yes", "no"


def _search(word: str) -> Q:
    """Return the condition that a word stands in a risk, or in what it is about."""
    assets = Asset.objects.filter(matches(word)).order_by().values("pk")
    about = Assessment.objects.filter(mentions(word, "title", "process") | Q(assets__in=assets))
    return matches(word) | Q(assessment__in=about.order_by())


def _of_area(area: str, _page: Any) -> Q:
    """Return the condition that an assessment is of an area or of something in it."""
    if area == NO_AREA:
        found = Assessment.objects.filter(Q(area__isnull=False) | Q(assets__area__isnull=False))
        return ~Q(assessment__in=found.order_by().values("pk"))
    found = Assessment.objects.filter(Q(area=int(area)) | Q(assets__area=int(area)))
    return Q(assessment__in=found.order_by().values("pk"))


def _in_cell(name: str) -> Callable[[str, RiskList], Q]:
    """Return the condition of a step or a band, in the picture that is asked for."""

    def condition(step: str, page: RiskList) -> Q:
        found = Q(**{f"{page.picture}{name}": int(step)})
        mixed = page.scales.is_mixed()
        return found & Q(assessment__scale__in=page.scales.alike) if mixed else found

    return condition


def _bands(page: RiskList) -> list[tuple[str, str]]:
    scale = page.scales.drawn
    return [(str(band.rank), band.name) for band in reversed(scale.band_list)] if scale else []


def _steps(axis: str) -> Callable[[RiskList], list[tuple[str, str]]]:
    """Return what offers the steps of an axis of the scale that is drawn, the highest first."""

    def offered(page: RiskList) -> list[tuple[str, str]]:
        steps = getattr(page.scales.drawn, axis, ())  # no scale is drawn before one is in use
        return [(str(step.number), step.name) for step in reversed(steps)]

    return offered


def _assets_of(words: str) -> QuerySet[Asset]:
    found = Q()
    for word in words.split():
        found &= matches(word)
    return Asset.objects.filter(found)


def _about(assets: QuerySet[Any]) -> Q:
    about = Assessment.objects.filter(assets__in=assets)
    return Q(assessment__in=about.order_by().values("pk"))


def _known_owners(page: RiskList) -> QuerySet[Person]:
    seen = page.rows().order_by()
    found: QuerySet[Person] = Person.objects.filter(Exists(seen.filter(owner=OuterRef("pk"))))
    return found


class RiskList(RiskPage):
    """Risks of assessments in force, the greatest first."""

    code = "risk_list"
    title = gettext_lazy("Risks")
    counted = ngettext_lazy("%(number)s risk", "%(number)s risks", "value")
    columns_label = gettext_lazy("Columns of the list, beside the risk")
    file_name = gettext_lazy("risks")
    template = "risks/risk_list.html"
    css_class = "table-risks table-tight"
    model = Scenario
    columns = COLUMNS
    usual = ("assessment", "risk", "treatment", "left", "owner", "accepted")
    on_phone = ("owner", "risk")
    filters = (
        Words(_search),
        Choice("group", gettext_lazy("Category"), Group.choices, is_folded=False),
        AreaFilter(_of_area),
        Choice("rank", gettext_lazy("Risk"), _bands, _in_cell("rank"), is_folded=False),
        Choice(
            "of",
            gettext_lazy("Which picture"),
            [(AFTER_WISH, gettext_lazy("Residual risk"))],
            everything=gettext_lazy("Risk today"),
            is_modifier=True,
        ),
        Choice(
            "likelihood",
            gettext_lazy("Likelihood"),
            _steps("likelihood_steps"),
            _in_cell("likelihood"),
        ),
        Choice(
            "consequence",
            gettext_lazy("Consequence"),
            _steps("consequence_steps"),
            _in_cell("consequence"),
        ),
        Choice("treatment", gettext_lazy("Treatment"), Treatment.choices, unset="none"),
        Choice(
            "accepted",
            gettext_lazy("Risk acceptance"),
            [
                (YES, gettext_lazy("Accepted by somebody")),
                (NO, gettext_lazy("Not accepted")),
            ],
            lambda wish, _page: is_accepted() if wish == YES else ~is_accepted(),
        ),
        PersonFilter("owner", gettext_lazy("Risk owner"), known=_known_owners),
        Named(
            "asset",
            gettext_lazy("System, data or archive"),
            Asset,
            found_by=_assets_of,
            through=_about,
            known=lambda page: Asset.objects.visible_to(page.person),
        ),
        Flag(
            "above",
            gettext_lazy("Above the risk level"),
            lambda page: above_level(page.levels, page.picture),
        ),
        Flag("without_owner", gettext_lazy("Without risk owner"), Q(owner=None)),
        Flag(
            "unsaid",
            gettext_lazy("Nobody has said what the treatment leaves"),
            Q(residual_rank=None),
        ),
        Hidden("assessment", key),
        Hidden("since", date.fromisoformat, is_modifier=True),
        Hidden("moved", one_of(*WAYS), is_modifier=True),
    )
    default_sort = "-risk"
    order = GREATEST
    ties = ("title_order", "pk")
    related = ("assessment", "owner")
    deferred = ("search", "title_order", "description", "assessment__summary")
    unfolds = False

    @property
    def picture(self) -> Picture:
        return AFTER if self.value("of") == AFTER_WISH else BEFORE

    def rows(self) -> QuerySet[Scenario]:
        return Scenario.objects.visible_to(self.person).in_force()

    def narrow(self, rows: QuerySet[Scenario]) -> QuerySet[Scenario]:
        """Return those that fit; also by the way they went since a day."""
        found, since, way = super().narrow(rows), self.value("since"), self.value("moved")
        return moved(found, since, way, self.scales.comparable) if since and way else found

    @property
    def narrows(self) -> bool:
        return super().narrows or bool(self.value("moved"))

    @property
    def told(self) -> list[str]:
        """Return what is asked for in words, first which way the risks went and since when."""
        since, way = self.value("since"), self.value("moved")
        if not (since and way):
            return super().told
        words = {
            NEW: _("New since %(day)s"),
            UP: _("Higher than on %(day)s"),
            DOWN: _("Lower than on %(day)s"),
        }
        return [words[way] % {"day": day(since)}, *super().told]

    def breadcrumbs(self) -> list[Crumb]:
        return crumbs(_("List"))

    def context(self) -> dict[str, Any]:
        return {"reads_whole_register": reads_whole_register(self.person)}
