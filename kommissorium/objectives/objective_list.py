"""The list of objectives, and the years they were set for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import danish_order
from kommissorium.assets.rows import AreaFilter, KnowsAreas
from kommissorium.objectives.models import Objective, ObjectiveSet
from kommissorium.objectives.proposal import KIND
from kommissorium.objectives.status import Progress, statuses_of
from kommissorium.objectives.todo import todos_of
from kommissorium.registers.lists.columns import column, field_column
from kommissorium.registers.lists.filters import Choice, Flag, Words, mentions
from kommissorium.registers.lists.shared import OF_OWNERS, OWNER, OwnedList
from kommissorium.registers.offered import LevelLink, levels_today


def _in_progress(progress: str, page: ObjectiveList) -> Q:
    rows = statuses_of(Objective.objects.in_force_on(page.today).select_related("set"), page.today)
    return Q(pk__in=[one.objective.pk for one in rows if one.progress == progress])


def _yes_or_no(holds: bool) -> str:
    return gettext("Yes") if holds else gettext("No")


def _in_link(link: str, _page: ObjectiveList) -> Q:
    current = Q(risk_level__in=levels_today().keys)
    none = Q(risk_level=None)
    return {LevelLink.NONE: none, LevelLink.CURRENT: current, LevelLink.OLD: ~none & ~current}[
        LevelLink(link)
    ]


class ObjectiveList(KnowsAreas, OwnedList[Objective]):
    """Approved objectives; unfiltered, those that no later ones have replaced."""

    code = "objectives"
    title = _("Objectives")
    counted = ngettext_lazy("%(number)s objective", "%(number)s objectives", "value")
    file_name = _("objectives")
    template = "objectives/objectives.html"
    model = Objective
    columns = (
        field_column(Objective, "title", order=danish_order("title")),
        column("wanted", _("Wanted")),
        column("measured", _("Last measured"), value="status.measured"),
        column("progress", _("How it stands"), value="status.progress.label", tone="status.tone"),
        field_column(Objective, "due", order="due"),
        OWNER,
        column("measured_by", _("Measured by")),
        column("year", _("Year"), value="set.year", order="set__year", kind="number"),
        field_column(Objective, "why"),
        field_column(Objective, "serves"),
        column("area", _("Area"), value="area_name", order=lambda page: page.area_order()),
        column(
            "realised", _("Realised"), value=lambda row, _page: _yes_or_no(row.status.is_realised)
        ),
        column("link", _("Linked to the risk level"), value="status.link.label"),
    )
    usual = ("wanted", "measured", "progress", "due", "owner")
    on_phone = ("owner", "progress")
    filters = (
        Words(lambda word: mentions(word, "title", "why", "owner__name")),
        Choice("progress", _("How it stands"), Progress.choices, _in_progress, is_folded=False),
        AreaFilter(),
        Choice("link", _("Linked to the risk level"), LevelLink.choices, _in_link),
        *OF_OWNERS,
        Flag("former", _("Also those held before"), Q(), is_modifier=True),
    )
    default_sort = "due"
    order = ("due", "pk")
    related = ("set", "owner", "area", "risk_level")

    def seen(self) -> QuerySet[Objective]:
        return Objective.objects.visible_to(self.person).filter(set__state="approved")

    def narrow(self, rows: QuerySet[Objective]) -> QuerySet[Objective]:
        found = super().narrow(rows)
        is_kept = Q(set__in_force_to=None) | Q(set__in_force_to__gt=self.today)
        return found if self.value("former") else found.filter(is_kept)

    def prepare(self, rows: Sequence[Objective]) -> None:
        """Say of each how it stands, and how it is linked (two queries)."""
        statuses = statuses_of(rows, self.today, levels_today())
        for row, status in zip(rows, statuses, strict=True):
            row.status = status  # type: ignore[attr-defined]

    def context(self) -> dict[str, Any]:
        sets = KIND.visible_to(self.person).exclude(state="dropped").order_by("-year", "-pk")
        return {
            "sets": sets,
            "may_draft": ObjectiveSet.can_be_drafted_by(self.person),
            "waits": [] if self.narrows else list(todos_of(self.person, self.today)),
        }
