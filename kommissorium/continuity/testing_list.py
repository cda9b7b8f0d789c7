"""The list of tests and real activations."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

from kommissorium.continuity.kind import KIND, for_what
from kommissorium.continuity.models import ContinuityTest, Notice, Sort
from kommissorium.continuity.tabs import tab_line
from kommissorium.registers.activity_list import FILTERS, FIRST, LAST, ActivityList
from kommissorium.registers.lists.columns import column, field_column
from kommissorium.registers.lists.filters import Choice


def _results(row: ContinuityTest, _page: Any) -> str:
    return ", ".join(f"{label}: {value}" for label, value in KIND.results(row))


class ContinuityTestList(ActivityList[ContinuityTest]):
    """Tests of approved plans."""

    code, kind, model = "continuity_tests", KIND, ContinuityTest
    title = gettext_lazy("Tests of contingency")
    file_name = gettext_lazy("tests")
    template = "continuity/tests.html"
    related = ("plan", "responsible", "service")
    columns = (
        *FIRST,
        field_column(ContinuityTest, "sort", order="sort"),
        field_column(ContinuityTest, "notice", order="notice"),
        column("service", gettext_lazy("Service"), value=lambda row, _page: for_what(row)),
        column("results", gettext_lazy("Times"), value=_results),
        *LAST,
        field_column(ContinuityTest, "scenario"),
        field_column(ContinuityTest, "participants"),
    )
    usual = ("sort", "notice", "service", "state", "held_on", "outcome", "responsible")
    filters = (
        *FILTERS,
        Choice("sort", gettext_lazy("Kind"), Sort.choices),
        Choice("notice", gettext_lazy("Notice"), Notice.choices),
    )

    def context(self) -> dict[str, Any]:
        return {**super().context(), "line": tab_line(self.person, "continuity_tests")}
