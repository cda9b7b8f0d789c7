"""One risk of an assessment, as people fill it in with the words of the scale in sight."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from kommissorium.assets.forms.told import text_field
from kommissorium.core.ui.forms import PlainForm
from kommissorium.core.ui.required import When
from kommissorium.risks.actions.scenarios import FIELDS, values_of
from kommissorium.risks.levels import LABELS, STEPS
from kommissorium.risks.models import (
    DIMENSIONS,
    OPTIONAL_DIMENSIONS,
    Group,
    Scale,
    Scenario,
    Step,
    Threat,
    Treatment,
)
from kommissorium.risks.models.assessments import TITLE_LENGTH

type Choices = Sequence[tuple[str, Any]]

FORWARD: Final = When(_("the assessment is put forward"))

TREATMENTS: Final[Mapping[str, Any]] = {
    Treatment.NONE: _("Not decided yet"),
    Treatment.MITIGATE: _("Mitigate: do something that makes it less likely or less bad"),
    Treatment.ACCEPT: _("Accept: live with the risk as it is"),
    Treatment.SHARE: _("Share: with a supplier or an insurance"),
    Treatment.AVOID: _("Avoid: stop doing what causes the risk"),
}


class ScenarioForm(PlainForm):
    """Everything written of a risk. `was` is what its writer had before them, as JSON."""

    title = forms.CharField(label=_("What can happen"), max_length=TITLE_LENGTH)
    description = text_field(3, label=_("How, and what it would mean"), required=False)
    measures = text_field(
        3,
        label=_("What do you have today?"),
        help_text=_("What already makes it less likely or less bad, such as backup or training."),
        required=False,
    )
    likelihood = forms.TypedChoiceField(
        label=_("How likely is it with what you have today?"), required=False
    )
    treatment = forms.ChoiceField(
        label=_("Choose what to do"), required=False, choices=TREATMENTS.items()
    )
    treatment_note = text_field(3, label=_("What exactly?"), required=False)
    residual_likelihood = forms.TypedChoiceField(label=_("How likely is it then?"), required=False)
    residual_consequence = forms.TypedChoiceField(label=_("How bad is it then?"), required=False)
    owner = forms.TypedChoiceField(
        label=_("Who owns the risk?"),
        help_text=_("Somebody with a mandate over what is assessed."),
        required=False,
    )
    group = forms.ChoiceField(label=_("Category"), choices=Group.choices)
    edit_version = forms.IntegerField(widget=forms.HiddenInput)
    was = forms.CharField(widget=forms.HiddenInput, required=False, max_length=50_000)
    required_when: Mapping[str, When] = dict.fromkeys(("likelihood", "treatment", "owner"), FORWARD)

    def __init__(
        self,
        data: Any = None,
        *,
        scenario: Scenario,
        scale: Scale,
        owners: Iterable[tuple[int, str]],
        with_society: bool,
    ) -> None:
        held = values_of(scenario)
        initial = {**held, "edit_version": scenario.edit_version, "was": json.dumps(held)}
        super().__init__(data, auto_id=f"risk{scenario.pk}_%s", initial=initial)
        self.scale = scale
        for name in _dimensions(with_society):
            field: Any = forms.TypedChoiceField(label=LABELS[name], required=False)
            field.is_wanted = True  # none goes forward without one of them
            self.fields[name] = field
        likely, bad = _choices(scale.likelihood_steps), _choices(scale.consequence_steps)
        for name in STEPS:
            if name in self.fields:
                self._offer(name, likely if name.endswith("likelihood") else bad)
        self._offer("owner", [("", _("Nobody yet")), *((str(key), name) for key, name in owners)])
        if scenario.threat_id:
            del self.fields["group"]  # is the threat's

    def _offer(self, name: str, choices: Choices) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101 for the type checker
        field.choices, field.coerce, field.empty_value = choices, int, None

    @property
    def dimensions(self) -> list[forms.BoundField]:
        """Return the fields of consequence, in order."""
        return [self[name] for name in _dimensions(with_society=True) if name in self.fields]

    def values(self) -> dict[str, Any]:
        """Return what change_scenario takes."""
        return {name: self.cleaned_data[name] for name in FIELDS if name in self.cleaned_data}

    def seen(self) -> dict[str, Any] | None:
        """Return what the writer had before them; None where the page does not say."""
        try:
            found = json.loads(self.cleaned_data.get("was") or "null")
        except ValueError:
            return None
        return found if isinstance(found, dict) else None


class ThreatsForm(PlainForm):
    """Threats of the catalogue to take up, and one in own words."""

    threats = forms.MultipleChoiceField(
        label=_("Threats"), required=False, widget=forms.CheckboxSelectMultiple
    )
    own = forms.CharField(
        label=_("Something else, in your own words"), required=False, max_length=TITLE_LENGTH
    )
    own_group = forms.ChoiceField(
        label=_("Category of it"), choices=Group.choices, initial=Group.OPERATIONS, required=False
    )

    def __init__(self, data: Any = None, *, offered: Sequence[Threat]) -> None:
        super().__init__(data)
        self.offered = {str(one.pk): one for one in offered}
        self.fields["threats"].choices = [  # type: ignore[attr-defined]
            (key, one.label) for key, one in self.offered.items()
        ]

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not found.get("threats") and not found.get("own"):
            raise forms.ValidationError(_("Tick a threat, or write one."))
        return found

    def chosen(self) -> list[Threat]:
        return [self.offered[key] for key in self.cleaned_data["threats"]]


def _dimensions(with_society: bool) -> tuple[str, ...]:
    return (*DIMENSIONS, *OPTIONAL_DIMENSIONS) if with_society else DIMENSIONS


def _choices(steps: Sequence[Step]) -> Choices:
    return [("", _("Not assessed")), *((str(one.number), one.name) for one in steps)]
