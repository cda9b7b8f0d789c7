"""Forms for objectives and their measurements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.core.evidence.models import Record
from kommissorium.core.ui.required import When, chosen
from kommissorium.objectives.actions import AFTERWARDS
from kommissorium.objectives.models import EVERY, Measurement, Objective
from kommissorium.registers.counts import indicators
from kommissorium.registers.forms.rows import FORWARD, AreaRowForm, Choice, RowForm
from kommissorium.registers.offered import level_in_words, levels_today


class ObjectiveForm(AreaRowForm):
    """An objective; of an approved one only who answers for it, and its risk level."""

    model = Objective
    required_when: Mapping[str, When] = {
        "unit": When(
            gettext_lazy("it is measured by hand"),
            chosen("indicator", ""),
            gettext_lazy("Write in what it is measured: percent, days, exercises."),
        ),
        "owner": FORWARD,
        "risk_level": When(gettext_lazy("the draft is put forward, and a risk level holds")),
    }
    names: tuple[str, ...] = (
        *("title", "why", "serves", "serves_link", "risk_level", "area", "indicator"),
        *("direction", "target", "unit", "due", "every", "owner"),
    )

    def __init__(self, data: Any = None, *, row: Objective | None = None) -> None:
        is_approved = row is not None and row.set.is_approved
        self.names = AFTERWARDS if is_approved else self.names
        super().__init__(data, row=row)
        self.fields["owner"].required = is_approved

    def field_of(self, name: str) -> forms.Field:
        found: Any = super().field_of(name)
        if name == "risk_level":
            kept = Record.objects.filter(pk=getattr(self.row, "risk_level_id", None) or 0)
            found.queryset = levels_today().records | kept.defer("pdf")
            found.empty_label = _("Not linked")
            found.label_from_instance = level_in_words
            if not found.queryset.exists():
                found.help_text = _("No risk level is in force yet. Link it when one is approved.")
        return found  # type: ignore[no-any-return]

    @staticmethod
    def theirs(current: Mapping[str, Any]) -> dict[str, object]:
        shown = dict(RowForm.theirs(current))
        if "risk_level" in current:
            shown["risk_level"] = level_in_words(current["risk_level"])
        return shown

    def choices_of(self, name: str) -> Iterable[Choice] | None:
        if name == "indicator":
            counted = [(code, one.label) for code, one in indicators().items()]
            return [("", _("By hand")), *counted]
        return [(number, str(number)) for number in EVERY] if name == "every" else None


class MeasurementForm(RowForm):
    """Form for a measurement; what a register counts is not typed."""

    model = Measurement
    names: tuple[str, ...] = ("value", "day", "note")

    def __init__(self, data: Any = None, *, objective: Objective) -> None:
        if objective.indicator:
            self.names = ("note",)
        super().__init__(data)
