"""Form for the limits of acceptance in each capacity."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _

from kommissorium.core.ui.forms import PlainForm, VersionField
from kommissorium.core.ui.kroner_field import KronerField, KronerInput
from kommissorium.risks.actions.limits import Limit
from kommissorium.risks.models import Capacity, Scale
from kommissorium.risks.models.acceptances import HIGHEST

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
            choices = [("", _("Any") if is_high else "–"), *(named if is_high else named[:-1])]
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
