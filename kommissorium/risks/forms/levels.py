"""A risk level: the words, and a tick for each acceptable cell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.core.ui.forms import PlainForm, VersionField
from kommissorium.registers.actions.proposals import YEARS_AHEAD
from kommissorium.risks.actions.levels import TEXT_LENGTH, level_values
from kommissorium.risks.models import Band, Group, RiskLevel, Scale


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
    statement = forms.CharField(
        label=gettext_lazy("What the committee accepts"),
        help_text=gettext_lazy(
            "In words everybody understands: what the municipality lives with, and what must be "
            "brought down or decided on."
        ),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea({"rows": 6}),
    )
    edit_version = VersionField()

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
