"""What an import would make of a row, in the words of the scale."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kommissorium.risks.importing.plan import Plan, PlannedRisk, State
from kommissorium.risks.models import Band, Scale, Treatment
from kommissorium.risks.wording import label_of

MOST_SHOWN = 120  # characters
NEW = ("likelihood", "consequence", "treatment", "measures")


@dataclass(frozen=True, slots=True)
class Line:
    """A value of a risk; `before` is what the assessment in force says, where it differs."""

    label: str
    after: str
    before: str = ""
    is_change: bool = False


@dataclass(frozen=True)
class Shown:
    """A row with its band, and what to say of it."""

    row: PlannedRisk
    band: Band | None
    lines: list[Line]


def shown_of(plan: Plan, row: PlannedRisk) -> Shown:
    """Return a row as the preview shows it."""
    if row.state == State.CHANGED and row.before is not None:
        scale = plan.former.scale if plan.former else plan.scale
        lines = [
            Line(
                _label(name),
                _text(plan.scale, name, row.values.get(name)),
                _text(scale, name, getattr(row.before, name)),
                is_change=True,
            )
            for name in row.differs
        ]
    elif row.state == State.NEW:
        told = [(name, _text(plan.scale, name, row.values.get(name))) for name in NEW]
        lines = [Line(_label(name), text) for name, text in told if text]
    else:
        lines = []
    return Shown(row, plan.band(row), lines)


def _label(name: str) -> str:
    return _("Consequence") if name == "consequence" else label_of(name)


def _text(scale: Scale, name: str, value: Any) -> str:
    if value in (None, ""):
        return ""
    if name == "treatment":
        return str(Treatment(value).label)
    if isinstance(value, int):
        steps = scale.likelihood_steps if name.endswith("likelihood") else scale.consequence_steps
        return steps[value - 1].name
    return value if len(value) <= MOST_SHOWN else f"{value[:MOST_SHOWN]}…"
