"""The lists of what was asked of rules: interpretations, and dispensations."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from kommissorium.accounts.models import danish_order
from kommissorium.core.ui.navigation import Crumb, path_of
from kommissorium.policies.policy_list import tab_line
from kommissorium.registers.lists.columns import column, field_column
from kommissorium.registers.lists.filters import Flag, Words, mentions
from kommissorium.registers.lists.list_page import ListPage
from kommissorium.rulings.models import Dispensation, Interpretation
from kommissorium.rulings.signals import (
    APPLICATIONS,
    EXPIRING,
    IN_FORCE,
    LATE,
    OF_DISPENSATIONS,
    OF_QUESTIONS,
    OUT,
    QUESTIONS,
)

NAMED: Any = Concat("document__title", Value(" "), "heading_title")
RULE = column("rule", gettext_lazy("Rule"), order=danish_order(NAMED))
SHARED = (
    column("state", gettext_lazy("State"), value="standing", tone="tone", order="state"),
    field_column(Interpretation, "made_by", value="made_by.name"),
    column("made_at", gettext_lazy("Asked"), order="made_at", kind="moment"),
    column("decision", gettext_lazy("Decision"), value="decision.number"),
)


class InterpretationList(ListPage[Interpretation]):
    """Interpretations: questions about rules, and how the rules are to be understood."""

    code = "interpretations"
    title = gettext_lazy("Interpretations")
    counted = ngettext_lazy("%(number)s interpretation", "%(number)s interpretations", "value")
    file_name = gettext_lazy("interpretations")
    template = "rulings/interpretations.html"
    model = Interpretation
    columns = (
        RULE,
        field_column(Interpretation, "question"),
        field_column(Interpretation, "ruling"),
        *SHARED,
        column("in_force_from", gettext_lazy("In force from"), order="in_force_from", kind="date"),
    )
    usual = ("question", "state", "made_at")
    on_phone = ("question", "state")
    filters = (
        Words(
            lambda word: mentions(word, "document__title", "heading_title", "question", "ruling")
        ),
        OF_QUESTIONS.flag(QUESTIONS),
        OF_QUESTIONS.flag(LATE),
        Flag("mine", gettext_lazy("Mine"), lambda page: Q(made_by=page.person)),
    )
    default_sort = "-made_at"
    order = ("-made_at", "-pk")
    related = ("document", "made_by", "decision")

    def context(self) -> dict[str, Any]:
        return {"line": tab_line(self.person, self.code)}

    def rows(self) -> QuerySet[Interpretation]:
        return Interpretation.objects.visible_to(self.person).exclude(state="dropped")

    def breadcrumbs(self) -> list[Crumb]:
        return _path(self.title)


class DispensationList(ListPage[Dispensation]):
    """Dispensations: where rules need not be followed, until when, and what is done instead."""

    code = "dispensations"
    title = gettext_lazy("Dispensations")
    counted = ngettext_lazy("%(number)s dispensation", "%(number)s dispensations", "value")
    file_name = gettext_lazy("dispensations")
    template = "rulings/dispensations.html"
    model = Dispensation
    columns = (
        RULE,
        field_column(Dispensation, "place", order=danish_order("place")),
        column("area", gettext_lazy("Area"), value="area.name", order=danish_order("area__name")),
        column("asset", gettext_lazy("System, data set or archive"), value="asset.name"),
        field_column(Dispensation, "reason"),
        field_column(Dispensation, "measure"),
        field_column(Dispensation, "last_day", order="last_day"),
        *SHARED,
        column("in_force_to", gettext_lazy("Ended on"), order="in_force_to", kind="date"),
    )
    usual = ("place", "measure", "last_day", "state")
    on_phone = ("place", "last_day", "state")
    filters = (
        Words(lambda word: mentions(word, "document__title", "heading_title", "place", "reason")),
        *(OF_DISPENSATIONS.flag(one) for one in (APPLICATIONS, EXPIRING, OUT, IN_FORCE)),
        Flag("mine", gettext_lazy("Mine"), lambda page: Q(made_by=page.person)),
    )
    default_sort = "last_day"
    order = ("last_day", "pk")
    related = ("document", "made_by", "area", "asset", "decision")

    def context(self) -> dict[str, Any]:
        return {"line": tab_line(self.person, self.code)}

    def rows(self) -> QuerySet[Dispensation]:
        return Dispensation.objects.visible_to(self.person).exclude(state="dropped")

    def breadcrumbs(self) -> list[Crumb]:
        return _path(self.title)


def _path(title: object) -> list[Crumb]:
    return path_of(Crumb(_("Policies"), reverse("policies")), str(title))
