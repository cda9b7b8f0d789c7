"""What people fill in about objectives."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from kommissorium.objectives.models import EVERY, Measurement, Objective, ObjectiveSet
from kommissorium.registers.counts import indicators
from kommissorium.registers.forms.rows import Choice, RowForm


class SetForm(RowForm):
    """The year of objectives, and what is wanted in it."""

    model = ObjectiveSet
    names = ("year", "statement")


class ObjectiveForm(RowForm):
    """An objective; of an approved one only who answers for it."""

    model = Objective
    names: tuple[str, ...] = (
        *("title", "why", "serves", "indicator", "direction", "target", "unit"),
        *("due", "every", "owner"),
    )

    def __init__(self, data: Any = None, *, row: Objective | None = None) -> None:
        is_approved = row is not None and row.set.is_approved
        self.names = ("owner",) if is_approved else self.names
        super().__init__(data, row=row)
        self.fields["owner"].required = is_approved

    def choices_of(self, name: str) -> Iterable[Choice] | None:
        if name == "indicator":
            counted = [(code, one.label) for code, one in indicators().items()]
            return [("", _("By hand")), *counted]
        return [(number, str(number)) for number in EVERY] if name == "every" else None


class MeasurementForm(RowForm):
    """What was measured; what a register counts is not typed."""

    model = Measurement
    names: tuple[str, ...] = ("value", "day", "note")

    def __init__(self, data: Any = None, *, objective: Objective) -> None:
        if objective.indicator:
            self.names = ("note",)
        super().__init__(data)
