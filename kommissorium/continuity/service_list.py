"""The list of what must go on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy

from kommissorium.accounts.models import danish_order
from kommissorium.assets.models import Criticality, reads_whole_register
from kommissorium.continuity.models import Service
from kommissorium.continuity.service_status import (
    Standing,
    critical_without_service,
    not_assessed,
    statuses_of,
)
from kommissorium.continuity.tabs import tab_line
from kommissorium.registers.lists.columns import column, field_column
from kommissorium.registers.lists.filters import Choice, Flag, Words, mentions
from kommissorium.registers.lists.list_page import ListPage
from kommissorium.registers.lists.ordering import place_of

SHOWN = 8  # systems under the list


def _standing(standing: str, page: ServiceList) -> Q:
    rows = statuses_of(Service.objects.visible_to(page.person), page.today)
    return Q(pk__in=[one.service.pk for one in rows if one.standing == standing])


def _systems(row: Any, _page: Any) -> str:
    return ", ".join(sorted(one.name for one in row.systems.all()))


def _missing(row: Any, _page: Any) -> str:
    return ", ".join(row.status.missing) if row.is_critical else ""


def _warnings(row: Any, _page: Any) -> str:
    return " ".join(row.status.warnings)


class ServiceList(ListPage[Service]):
    """Services and processes; without a wish those in the register."""

    code = "continuity"
    title = gettext_lazy("Continuity")
    search_label = gettext_lazy("Search services")
    file_name = gettext_lazy("continuity")
    template = "continuity/services.html"
    model = Service
    columns = (
        field_column(Service, "title", order=danish_order("title")),
        field_column(Service, "criticality", order=place_of("criticality", Criticality.values)),
        field_column(Service, "mtd", order="mtd"),
        column(
            "standing",
            gettext_lazy("How it stands"),
            value="status.standing.label",
            tone="status.tone",
        ),
        column("missing", gettext_lazy("Plans that lack"), value=_missing),
        column(
            "review_by", gettext_lazy("To be reviewed by"), value="status.review_by", kind="date"
        ),
        column("systems", gettext_lazy("Systems and data it needs"), value=_systems),
        column("warnings", gettext_lazy("What does not fit"), value=_warnings),
        column(
            "responsible",
            gettext_lazy("Who answers for it"),
            value="responsible.name",
            order=danish_order("responsible__name"),
        ),
        column("area", gettext_lazy("Area"), value="area.name", order=danish_order("area__name")),
        field_column(Service, "impact"),
        field_column(Service, "calls"),
    )
    usual = ("criticality", "mtd", "standing", "review_by", "systems", "responsible")
    on_phone = ("standing", "mtd")
    filters = (
        Words(lambda word: mentions(word, "title", "impact", "responsible__name")),
        Choice(
            "standing",
            gettext_lazy("How it stands"),
            [one for one in Standing.choices if one[0] != Standing.RETIRED],
            _standing,
            is_folded=False,
        ),
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

    def narrow(self, rows: QuerySet[Service]) -> QuerySet[Service]:
        found = super().narrow(rows)
        return found if self.value("retired") else found.filter(is_retired=False)

    def prepare(self, rows: Sequence[Service]) -> None:
        """Say of each how it stands (two queries)."""
        for row, status in zip(rows, statuses_of(rows, self.today), strict=True):
            row.status = status  # type: ignore[attr-defined]

    def context(self) -> dict[str, Any]:
        reads = reads_whole_register(self.person)
        groups = [
            (gettext_lazy("Critical systems that no service names"), critical_without_service),
            (gettext_lazy("Systems whose criticality nobody has assessed"), not_assessed),
        ]
        rows = [(title, list(find())) for title, find in groups if reads and not self.narrows]
        return {
            "line": tab_line(self.person, "continuity"),
            "may_keep": Service.can_be_kept_by(self.person),
            "reads": reads,
            "systems": [(title, found[:SHOWN], found[SHOWN:]) for title, found in rows],
        }
