"""Forms about services, their plans, tests, evaluations and paper copies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kommissorium.assets.forms.told import AssetNames
from kommissorium.assets.models import Asset, Criticality
from kommissorium.continuity.models import (
    ContinuityEvaluation,
    ContinuityPlan,
    ContinuityTest,
    PaperCopy,
    PlanPart,
    Service,
)
from kommissorium.continuity.models.services import CRITICAL
from kommissorium.core.built_in import starters_of
from kommissorium.core.ui.forms import PlainForm, make_native
from kommissorium.core.ui.localised import day
from kommissorium.core.ui.required import When, chosen
from kommissorium.registers.agenda import enumerated
from kommissorium.registers.forms.activities import ActivityForm
from kommissorium.registers.forms.rows import FORWARD, AreaRowForm, RowForm

MOST_NAMED: Final = 3  # systems that a proposal is told to stand on
PLANS = When(_("the plans are put forward"))
PLAN_STARTERS: Final = Path(__file__).with_name("plan_starters.toml")
TEST_SCRIPTS: Final = Path(__file__).with_name("test_scripts.toml")


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
        systems = list(row.systems.order_by("name")) if row else []
        if row and not row.criticality:
            self._propose_criticality(systems)
        self.fields["systems"] = AssetNames(
            label=_("Systems and data it needs"),
            help_text=_(
                "One a line, as the register of assets calls them. How soon each must run again stands there."
            ),
            initial="\n".join(one.name for one in systems),
        )

    def _propose_criticality(self, systems: Sequence[Asset]) -> None:
        """Begin with the highest criticality of the systems it needs, and say so."""
        for level in (*CRITICAL, Criticality.NOT_CRITICAL):
            if names := [one.name for one in systems if one.criticality == level]:
                text = gettext("A proposal: the highest of the systems it needs (%(systems)s).")
                self.fields["criticality"].help_text = text % {
                    "systems": enumerated(names[:MOST_NAMED])
                }
                self.initial["criticality"] = level.value
                return

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
        if not any(row.part(one) for one in PlanPart.values):
            help_text = _("What is empty is filled with it when you save. Make it your own then.")
            self.fields["starter"] = _choice(
                PLAN_STARTERS, _("Begin with a plan of ours"), help_text
            )
            self.order_fields(["starter"])
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

    def values(self) -> dict[str, Any]:
        """Return what was filled in; what was left empty as the chosen plan has it."""
        found = super().values()
        told = starters_of(PLAN_STARTERS).get(self.cleaned_data.get("starter", ""), {})
        for name in ("starts_when", *PlanPart.values):
            if not (found[name] or found.get(f"no_{name}")):
                found[name] = told.get(name, "").strip()
        return found


class ContinuityTestForm(_ServiceChoosing, ActivityForm):
    """A test, or a real activation that has happened."""

    model = ContinuityTest
    own = ("sort", "notice", "service", "scenario", "participants")
    required_when: Mapping[str, When] = dict.fromkeys(
        ("scenario", "participants", "criterion"),
        When(_("no script is chosen"), chosen("script", "")),
    )

    def __init__(self, data: Any = None, *, row: ContinuityTest | None = None) -> None:
        super().__init__(data, row=row)
        if "scenario" not in self.fields:
            return
        help_text = _("It is added below the scenario, and fills what is empty, when you save.")
        self.fields["script"] = _choice(TEST_SCRIPTS, _("Take a script of ours"), help_text)
        self.order_fields(["title", "sort", "notice", "service", "script"])
        for name in self.required_when:
            self.fields[name].required = self.fields[name].widget.is_required = False

    def values(self) -> dict[str, Any]:
        """Return what was filled in, with the chosen script."""
        found = super().values()
        told = starters_of(TEST_SCRIPTS).get(self.cleaned_data.get("script", ""))
        if told is None:
            return found
        script = told["scenario"].strip()
        if script not in found["scenario"]:
            found["scenario"] = f"{found['scenario']}\n\n{script}".strip()
        return found | {name: found[name] or told[name] for name in ("participants", "criterion")}


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


def _choice(path: Path, label: Any, help_text: Any) -> forms.ChoiceField:
    """Return the choice of a text of ours to begin with."""
    offered = [(code, one["name"]) for code, one in starters_of(path).items()]
    field = forms.ChoiceField(
        label=label, help_text=help_text, choices=[("", _("None")), *offered], required=False
    )
    make_native(field)
    return field
