"""Forms about services, their plans, tests, evaluations and paper copies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kommissorium.assets.forms.told import AssetNames
from kommissorium.continuity.models import (
    ContinuityEvaluation,
    ContinuityPlan,
    ContinuityTest,
    PaperCopy,
    PlanPart,
    Service,
)
from kommissorium.core.ui.forms import PlainForm
from kommissorium.core.ui.localised import day
from kommissorium.core.ui.required import When
from kommissorium.registers.forms.activities import ActivityForm
from kommissorium.registers.forms.rows import FORWARD, AreaRowForm, RowForm

PLANS = When(_("the plans are put forward"))


class _ServiceChoosing(RowForm):
    """A form that offers the services in the register, or none of them in particular."""

    none = _("The whole municipality")

    def field_of(self, name: str) -> forms.Field:
        found: Any = super().field_of(name)
        if name == "service":
            found.queryset = Service.objects.in_use()
            found.empty_label = str(self.none)
        return found  # type: ignore[no-any-return]


class ServiceForm(AreaRowForm):
    """A service: its criticality, its allowed downtime, whom to call, and its needs."""

    model = Service
    names = ("title", "impact", "criticality", "mtd", "area", "responsible", "calls")
    required_when: Mapping[str, When] = {
        "criticality": PLANS,
        "mtd": When(_("the plans of a critical service are put forward")),
        "calls": PLANS,
    }

    def __init__(self, data: Any = None, *, row: Service | None = None) -> None:
        super().__init__(data, row=row)
        self.fields["systems"] = AssetNames(
            label=_("Systems and data it needs"),
            help_text=_(
                "One a line, as the register of assets calls them. How soon each must run again stands there."
            ),
            initial="\n".join(one.name for one in row.systems.order_by("name")) if row else "",
        )

    def values(self) -> dict[str, Any]:
        return {**super().values(), "systems": self.cleaned_data["systems"]}


class RetireForm(PlainForm):
    """The reason why a service is taken out of the register."""

    because = forms.CharField(label=_("Why"), widget=forms.Textarea({"rows": 4}), max_length=1000)


class ContinuityPlanForm(RowForm):
    """The three plans of a service, step by step."""

    model = ContinuityPlan
    names = (
        "change_because",
        "improves",
        "starts_when",
        *(name for one in PlanPart.values for name in (one, f"no_{one}")),
    )
    required_when: Mapping[str, When] = {
        "starts_when": When(_("plans with steps are put forward")),
        **{one: When(_("the draft is put forward without another plan")) for one in PlanPart},
        **{f"no_{one}": When(_("the draft is put forward without any plan")) for one in PlanPart},
    }

    def __init__(self, data: Any = None, *, row: ContinuityPlan) -> None:
        super().__init__(data, row=row)
        if row.number > 1:
            self.required_when = {**self.required_when, "change_because": FORWARD}

    def field_of(self, name: str) -> forms.Field:
        found: Any = super().field_of(name)
        if name in PlanPart.values:
            found.widget.attrs["rows"] = 8
        if name.startswith("no_"):
            found.widget.attrs["rows"] = 2
        if name == "improves":
            found.empty_label = str(_("No test"))
            found.label_from_instance = lambda one: f"{one.title}, {day(one.held_on)}"
        return found  # type: ignore[no-any-return]


class ContinuityTestForm(_ServiceChoosing, ActivityForm):
    """A test, or a real activation that has happened."""

    model = ContinuityTest
    own = ("sort", "notice", "service", "scenario", "participants")


class ActivationForm(_ServiceChoosing):
    """A real activation, as it is added from the page of its cause."""

    model = ContinuityTest
    names = (
        *("title", "service", "planned_for", "scenario", "participants"),
        *("responsible", "criterion"),
    )

    def __init__(self, data: Any = None, *, row: ContinuityTest) -> None:
        super().__init__(data, row=row)
        self.fields["title"].label = _("What was activated")
        self.fields["planned_for"].label = _("Activated on")


class EvaluationForm(RowForm):
    """The committee's conclusion about a test."""

    model = ContinuityEvaluation
    names: tuple[str, ...] = ("learning", "changes", "counts")
    required_when: Mapping[str, When] = {
        "learning": FORWARD,
        "changes": When(_("the draft is put forward, and it took longer than it was to")),
    }

    def __init__(self, data: Any = None, *, row: ContinuityEvaluation | None = None) -> None:
        if row is not None and not row.test.is_activation:
            self.names = ("learning", "changes")
        super().__init__(data, row=row)


class CopyForm(_ServiceChoosing):
    """The holder of a printed copy, and where it is kept."""

    model = PaperCopy
    names = ("service", "holder", "place", "printed_on")
    none = _("All plans")
