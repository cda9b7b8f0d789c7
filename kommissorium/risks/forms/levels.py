"""A risk level, its words and acceptable cells; how much may be accepted in each capacity."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.assets.forms.told import text_field
from kommissorium.core.ui.forms import PlainForm, VersionField
from kommissorium.core.ui.localised import KronerField, KronerInput
from kommissorium.core.ui.required import When
from kommissorium.registers.actions.proposals import YEARS_AHEAD
from kommissorium.risks.actions.levels import TEXT_LENGTH, level_values
from kommissorium.risks.actions.limits import Limit
from kommissorium.risks.models import Band, Capacity, Group, RiskLevel, Scale
from kommissorium.risks.models.acceptances import HIGHEST


class LevelForm(PlainForm):
    """A risk level by a scale."""

    year = forms.TypedChoiceField(label=gettext_lazy("Year"), coerce=int)
    group = forms.ChoiceField(
        label=gettext_lazy("Category"),
        required=False,
        help_text=gettext_lazy(
            "A category with a level of its own is not held against the common one."
        ),
    )
    statement = text_field(
        6,
        label=gettext_lazy("What the committee accepts"),
        help_text=gettext_lazy(
            "In words everybody understands: what the municipality lives with, and what must be "
            "brought down or decided on."
        ),
        max_length=TEXT_LENGTH,
    )
    wide_because = text_field(
        3,
        label=gettext_lazy("Why nearly all is accepted"),
        required=False,
        max_length=TEXT_LENGTH,
    )
    edit_version = VersionField()
    required_when: Mapping[str, When] = {
        "wide_because": When(gettext_lazy("at least seven cells in eight are acceptable"))
    }

    def __init__(self, *args: Any, scale: Scale, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scale = scale
        first = timezone.localdate().year
        year: Any = self.fields["year"]
        year.choices = [(one, str(one)) for one in range(first, first + YEARS_AHEAD + 1)]
        group: Any = self.fields["group"]
        group.choices = [("", _("All categories")), *Group.choices]
        for consequence in scale.consequence_steps:
            for likelihood in scale.likelihood_steps:
                words = {"consequence": consequence.name, "likelihood": likelihood.name}
                name = f"cell_{consequence.number}_{likelihood.number}"
                label = _("Acceptable: consequence %(consequence)s, likelihood %(likelihood)s")
                self.fields[name] = forms.BooleanField(label=label % words, required=False)

    @staticmethod
    def initial_of(level: RiskLevel) -> dict[str, Any]:
        """Return the form's values for a level."""
        return LevelForm.in_form(level_values(level))

    @staticmethod
    def in_form(values: Mapping[str, Any]) -> dict[str, Any]:
        """Return what a level says as the form has it: a tick for each cell."""
        rest = {name: value for name, value in values.items() if name != "cells"}
        return rest | ticks_of(values["cells"])

    def values(self) -> dict[str, Any]:
        """Return what the form says, as the actions take it."""
        given = self.cleaned_data
        numbers = range(1, self.scale.size + 1)
        return {
            "year": given["year"],
            "group": given["group"],
            "statement": given["statement"],
            "wide_because": given["wide_because"],
            "cells": [[given[f"cell_{c}_{n}"] for n in numbers] for c in numbers],
        }

    def rows(self) -> list[tuple[str, list[tuple[Band, BoundField]]]]:
        """Return the rows of the matrix, the highest consequence on top, each cell with its tick."""
        scale = self.scale
        return [
            (
                step.name,
                [
                    (
                        scale.band(scale.rank_of(step.number, likelihood.number)),
                        self[f"cell_{step.number}_{likelihood.number}"],
                    )
                    for likelihood in scale.likelihood_steps
                ],
            )
            for step in reversed(scale.consequence_steps)
        ]


def ticks_of(cells: list[list[bool]]) -> dict[str, bool]:
    """Return the form's ticks for the acceptable cells."""
    return {
        f"cell_{c}_{likelihood}": is_acceptable
        for c, row in enumerate(cells, start=1)
        for likelihood, is_acceptable in enumerate(row, start=1)
    }


AMOUNTS = ("per_risk", "per_year")


class LimitsForm(PlainForm):
    """The limits of all capacities. Whose line is left empty may accept nothing."""

    edit_version = VersionField()

    def __init__(self, *args: Any, scale: Scale | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bands = scale.band_list if scale else []
        named = [(band.rank, band.name) for band in bands]
        for code, label in Capacity.choices:
            is_high = code in HIGHEST
            choices = [("", _("All") if is_high else "–"), *(named if is_high else named[:-1])]
            for name in AMOUNTS:
                text = f"{label}, {_heading(name).lower()}"
                widget = KronerInput({"class": "form-input rule-input", "aria-label": text})
                field = KronerField(label=text, required=False, widget=widget)
                self.fields[f"{code}_{name}"] = field
            self.fields[f"{code}_highest_rank"] = forms.TypedChoiceField(
                label=f"{label}, {_heading('highest_rank').lower()}",
                choices=choices,
                coerce=int,
                empty_value=None,
                required=False,
            )

    @staticmethod
    def initial_of(limits: Mapping[str, Limit]) -> dict[str, Any]:
        """Return the form's values for the limits."""
        values: dict[str, Any] = {}
        for code, limit in limits.items():
            for name in AMOUNTS:
                values[f"{code}_{name}"] = getattr(limit, name)
            values[f"{code}_highest_rank"] = limit.highest_rank or ""
        return values

    def limits(self) -> dict[str, Limit]:
        """Return what the form says."""
        given = self.cleaned_data
        return {
            code: Limit(*(given[f"{code}_{name}"] for name in (*AMOUNTS, "highest_rank")))
            for code in Capacity.values
        }

    def headings(self) -> list[str]:
        return [_heading(name) for name in (*AMOUNTS, "highest_rank")]

    def rows(self) -> list[tuple[str, list[BoundField]]]:
        """Return a row of fields for each capacity, under its name."""
        names = (*AMOUNTS, "highest_rank")
        return [(str(one.label), [self[f"{one.value}_{n}"] for n in names]) for one in Capacity]


def _heading(name: str) -> str:
    words = {
        "per_risk": _("Most for one acceptance"),
        "per_year": _("Most in a budget year"),
        "highest_rank": _("Worst risk"),
    }
    return words[name]
