"""The list of campaigns, courses and phishing simulations."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from kommissorium.awareness.evaluation import EVALUATION, half_to_evaluate
from kommissorium.awareness.kind import KIND
from kommissorium.awareness.models import Audience, AwarenessActivity, Sort
from kommissorium.registers.activity_list import FILTERS, LAST, ActivityList, named_by
from kommissorium.registers.lists.columns import column, field_column
from kommissorium.registers.lists.filters import Choice
from kommissorium.registers.lists.shared import AREA_COLUMN, AREA_FILTER


def _results(row: AwarenessActivity, _page: Any) -> str:
    words = ", ".join(f"{label}: {value}" for label, value in KIND.results(row))
    return words or str(_("Too few people to be shown") if row.known.hidden else "")


class AwarenessList(ActivityList[AwarenessActivity]):
    """Campaigns, courses and simulations of approved plans."""

    code, kind, model = "awareness", KIND, AwarenessActivity
    evaluation = EVALUATION
    title = _("Awareness")
    counted = ngettext_lazy("%(number)s activity", "%(number)s activities", "value")
    file_name = _("awareness")
    template = "awareness/awareness.html"
    related = ("plan", "responsible", "area")
    columns = (
        named_by(_("Activity")),
        field_column(AwarenessActivity, "sort", order="sort"),
        column("for_whom", _("For whom")),
        column("results", _("Figures"), value=_results),
        *LAST,
        AREA_COLUMN,
    )
    usual = ("sort", "for_whom", "state", "held_on", "results", "responsible")
    filters = (
        *FILTERS,
        Choice("sort", _("Kind"), Sort.choices),
        Choice("audience", _("For whom"), Audience.choices),
        AREA_FILTER,
    )

    def context(self) -> dict[str, Any]:
        own = super().context()
        return {**own, "to_evaluate": own["may_draft"] and half_to_evaluate(self.today)}
