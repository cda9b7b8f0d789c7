"""A scale as one form: its steps in words, its colours, and a choice for each cell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.core.ui.forms import PlainForm, VersionField, make_native
from kommissorium.risks.actions.scales import STEP_LENGTH, TEXT_LENGTH, Content
from kommissorium.risks.models import TONES
from kommissorium.risks.models.scales import NAME_LENGTH

TONE_NAMES = {
    "green": gettext_lazy("Green"),
    "lightgreen": gettext_lazy("Light green"),
    "yellow": gettext_lazy("Yellow"),
    "orange": gettext_lazy("Orange"),
    "red": gettext_lazy("Red"),
}
AXES = {"likelihood": gettext_lazy("Likelihood"), "consequence": gettext_lazy("Consequence")}


class ScaleForm(PlainForm):
    """A scale of `size` steps. A colour without a name is not used."""

    name = forms.CharField(label=gettext_lazy("Name of the scale"), max_length=NAME_LENGTH)
    edit_version = VersionField()

    def __init__(self, *args: Any, size: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.size = size
        for axis, label in AXES.items():
            for number in self.numbers:
                self._add_step(axis, f"{label} {number}", number)
        for tone in TONES:
            self.fields[f"band_{tone}"] = forms.CharField(
                label=TONE_NAMES[tone], required=False, max_length=STEP_LENGTH
            )
        for consequence in self.numbers:
            for likelihood in self.numbers:
                self._add_cell(consequence, likelihood)
        for field in self.fields.values():
            make_native(field)

    @property
    def numbers(self) -> range:
        return range(1, self.size + 1)

    @staticmethod
    def initial_of(content: Content, edit_version: int = 0) -> dict[str, Any]:
        """Return the form's values for what a scale says."""
        values: dict[str, Any] = {"name": content.name, "edit_version": edit_version}
        for axis, steps in zip(AXES, (content.likelihoods, content.consequences), strict=True):
            for number, step in enumerate(steps, start=1):
                values[f"{axis}_{number}"] = step["name"]
                values[f"{axis}_{number}_text"] = step["text"]
        values |= {f"band_{band['tone']}": band["name"] for band in content.bands}
        for c, row in enumerate(content.cells, start=1):
            for likelihood, rank in enumerate(row, start=1):
                values[f"cell_{c}_{likelihood}"] = content.bands[rank - 1]["tone"]
        return values

    def content(self) -> Content:
        """Return what the form says. A cell whose colour has no name has rank 0."""
        values = self.cleaned_data
        tones = [tone for tone in TONES if values[f"band_{tone}"].strip()]
        ranks = {tone: rank for rank, tone in enumerate(tones, start=1)}
        return Content(
            name=values["name"],
            likelihoods=self._steps("likelihood"),
            consequences=self._steps("consequence"),
            bands=[{"name": values[f"band_{tone}"], "tone": tone} for tone in tones],
            cells=[
                [ranks.get(values[f"cell_{c}_{likelihood}"], 0) for likelihood in self.numbers]
                for c in self.numbers
            ],
        )

    def axes(self) -> Iterator[tuple[str, list[tuple[int, BoundField, BoundField]]]]:
        """Yield each axis with its steps: number, name and text, the lowest first."""
        for axis, label in AXES.items():
            rows = [(n, self[f"{axis}_{n}"], self[f"{axis}_{n}_text"]) for n in self.numbers]
            yield str(label), rows

    def bands(self) -> list[tuple[str, BoundField]]:
        """Return the colours, the mildest first, each with its field."""
        return [(tone, self[f"band_{tone}"]) for tone in TONES]

    def rows(self) -> list[tuple[str, list[BoundField]]]:
        """Return the rows of cells with the name of their consequence, the highest on top."""
        return [
            (
                self._step_name("consequence", c),
                [self[f"cell_{c}_{likelihood}"] for likelihood in self.numbers],
            )
            for c in reversed(self.numbers)
        ]

    def columns(self) -> list[str]:
        """Return the names of the likelihoods as they stand in the form."""
        return [self._step_name("likelihood", number) for number in self.numbers]

    def _step_name(self, axis: str, number: int) -> str:
        return str(self[f"{axis}_{number}"].value() or number)

    def _steps(self, axis: str) -> list[dict[str, str]]:
        values = self.cleaned_data
        return [
            {"name": values[f"{axis}_{number}"], "text": values[f"{axis}_{number}_text"]}
            for number in self.numbers
        ]

    def _add_step(self, axis: str, step: str, number: int) -> None:
        self.fields[f"{axis}_{number}"] = forms.CharField(label=step, max_length=STEP_LENGTH)
        self.fields[f"{axis}_{number}_text"] = forms.CharField(
            label=_("%(step)s: what it means") % {"step": step},
            required=False,
            max_length=TEXT_LENGTH,
            widget=forms.Textarea({"rows": 3}),
        )

    def _add_cell(self, consequence: int, likelihood: int) -> None:
        where = {"consequence": consequence, "likelihood": likelihood}
        self.fields[f"cell_{consequence}_{likelihood}"] = forms.ChoiceField(
            label=_("Consequence %(consequence)d, likelihood %(likelihood)d") % where,
            choices=[(tone, TONE_NAMES[tone]) for tone in TONES],
        )
