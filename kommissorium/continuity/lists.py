"""The lists of services that must go on, and of tests and real activations."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy, ngettext_lazy

from kommissorium.accounts.models import danish_order
from kommissorium.assets.models import Criticality, reads_whole_register
from kommissorium.continuity.kind import KIND, for_what
from kommissorium.continuity.models import ContinuityTest, Notice, Service, Sort
from kommissorium.continuity.service_status import (
    Standing,
    critical_without_service,
    not_assessed,
    statuses_of,
)
from kommissorium.continuity.tabs import tab_line
from kommissorium.registers.activity_list import FILTERS, LAST, RESPONSIBLE, ActivityList, named_by
from kommissorium.registers.lists.columns import column, field_column
from kommissorium.registers.lists.filters import Choice, Flag, Words, mentions
from kommissorium.registers.lists.ordering import place_of
from kommissorium.registers.lists.shared import (
    AREA_COLUMN,
    REVIEW_BY,
    STANDING,
    StandingList,
    by_standing,
)

SHOWN = 8  # systems under the list


def _systems(row: Any, _page: Any) -> str:
    return ", ".join(sorted(one.name for one in row.systems.all()))


def _missing(row: Any, _page: Any) -> str:
    return ", ".join(row.status.missing) if row.is_critical else ""


def _warnings(row: Any, _page: Any) -> str:
    return " ".join(row.status.warnings)


class ServiceList(StandingList[Service]):
    """Services and processes; without a filter those in the register."""

    code = "continuity"
    title = gettext_lazy("Continuity")
    counted = ngettext_lazy("%(number)s service", "%(number)s services", "value")
    file_name = gettext_lazy("continuity")
    template = "continuity/services.html"
    model = Service
    statuses = staticmethod(statuses_of)
    columns = (
        field_column(Service, "title", order=danish_order("title")),
        field_column(Service, "criticality", order=place_of("criticality", Criticality.values)),
        field_column(Service, "mtd", order="mtd"),
        STANDING,
        column("missing", gettext_lazy("Missing plans"), value=_missing),
        REVIEW_BY,
        column("systems", gettext_lazy("Systems and data it needs"), value=_systems),
        column("warnings", gettext_lazy("What does not fit"), value=_warnings),
        RESPONSIBLE,
        AREA_COLUMN,
        field_column(Service, "impact"),
        field_column(Service, "calls"),
    )
    usual = ("criticality", "mtd", "standing", "review_by", "systems", "responsible")
    on_phone = ("standing", "mtd")
    filters = (
        Words(lambda word: mentions(word, "title", "impact", "responsible__name")),
        by_standing(one for one in Standing.choices if one[0] != Standing.RETIRED),
        Choice("criticality", gettext_lazy("Criticality"), Criticality.choices, unset="unset"),
        Flag("mine", gettext_lazy("Mine"), lambda page: Q(responsible=page.person)),
        Flag("retired", gettext_lazy("Also those taken out"), Q(), is_modifier=True),
    )
    default_sort = "title"
    order = ("title", "pk")
    related = ("responsible", "area")

    def rows(self) -> QuerySet[Service]:
        found = Service.objects.visible_to(self.person)
        if not reads_whole_register(self.person) and not found.exists():
            raise Http404
        return found

    def context(self) -> dict[str, Any]:
        reads = reads_whole_register(self.person)
        groups = [
            (
                gettext_lazy("Critical systems that no critical service names"),
                critical_without_service,
            ),
            (gettext_lazy("Systems whose criticality nobody has assessed"), not_assessed),
        ]
        rows = [(title, list(find())) for title, find in groups if reads and not self.narrows]
        return {
            "line": tab_line(self.person, "continuity"),
            "may_keep": Service.can_be_kept_by(self.person),
            "reads": reads,
            "systems": [(title, found[:SHOWN], found[SHOWN:]) for title, found in rows],
        }


def _results(row: ContinuityTest, _page: Any) -> str:
    return ", ".join(f"{label}: {value}" for label, value in KIND.results(row))


class ContinuityTestList(ActivityList[ContinuityTest]):
    """Tests of approved plans."""

    code, kind, model = "continuity_tests", KIND, ContinuityTest
    title = gettext_lazy("Tests of contingency")
    counted = ngettext_lazy("%(number)s test", "%(number)s tests", "value")
    file_name = gettext_lazy("tests")
    template = "continuity/tests.html"
    related = ("plan", "responsible", "service")
    columns = (
        named_by(gettext_lazy("Test")),
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
