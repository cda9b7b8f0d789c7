"""Numbers of the controls: their predicates, words and lists."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from kommissorium.controls.models import Applies, Control
from kommissorium.controls.status import (
    EXCLUDED,
    LABELS,
    UNDECIDED,
    ControlStatus,
    statuses_of,
)
from kommissorium.registers.requirements import Standing
from kommissorium.registers.signals import OfRow, RowSignals, Signal

type Controls = Signal[OfRow[ControlStatus]]


def _standing(code: str, **more: Any) -> Controls:
    """Return the signal of those that stand so."""
    return Signal(
        code=code,
        label=LABELS[code],
        holds=lambda one: one.code == code,
        narrowed=f"status={code}",
        **more,
    )


ALL: Final[Controls] = Signal(
    code="controls",
    label=_("Controls"),
    holds=lambda _one: True,
    sentence=ngettext_lazy(
        "The statement has one control.", "The statement has %(number)d controls.", "number"
    ),
)
APPLYING: Final[Controls] = Signal(
    code="applying",
    label=Applies.YES.label,
    holds=lambda one: one.control.applies == Applies.YES,
    narrowed="applies=yes",
    sentence=ngettext_lazy("One control applies.", "%(number)d controls apply.", "number"),
    none=_("No control applies."),
)
LEFT_OUT: Final = _standing(
    EXCLUDED,
    sentence=ngettext_lazy(
        "One control does not apply.", "%(number)d controls do not apply.", "number"
    ),
    none=_("No control is left out."),
)
OPEN: Final = _standing(
    UNDECIDED,
    sentence=ngettext_lazy(
        "It is not decided whether one control applies.",
        "It is not decided whether %(number)d controls apply.",
        "number",
    ),
    button=_("Decide"),
)
MET: Final = _standing(
    Standing.MET.value,
    sentence=ngettext_lazy(
        "One control is met by what the registers show.",
        "%(number)d controls are met by what the registers show.",
        "number",
    ),
    none=_("No control is met by what the registers show."),
)
AGAINST: Final = _standing(
    Standing.AGAINST.value,
    sentence=ngettext_lazy(
        "Something speaks against one control.",
        "Something speaks against %(number)d controls.",
        "number",
    ),
)
UNSAID: Final[Controls] = Signal(
    code="unsaid",
    label=_("Nothing said of how it is met"),
    holds=lambda one: one.is_unsaid,
    narrowed="unsaid=1",
    sentence=ngettext_lazy(
        "It is not said how one control is met.",
        "It is not said how %(number)d controls are met.",
        "number",
    ),
    button=_("Say how"),
)
WITHOUT_OWNER: Final[Controls] = Signal(
    code="without_owner",
    label=_("Without an owner"),
    holds=lambda one: APPLYING.holds(one) and not one.control.has_owner,
    narrowed="applies=yes&without_owner=1",
    sentence=ngettext_lazy(
        "One control has no owner.", "%(number)d controls have no owner.", "number"
    ),
)
SIGNALS: Final = RowSignals(
    page="controls",
    signals=(ALL, APPLYING, LEFT_OUT, OPEN, MET, AGAINST, UNSAID, WITHOUT_OWNER),
    rows=lambda day: statuses_of(Control.objects.select_related("owner"), day),
    key=lambda one: one.control.pk,
)
