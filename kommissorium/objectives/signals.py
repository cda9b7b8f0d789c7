"""Numbers of the objectives: their predicates, words, lists and weights."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from kommissorium.measures.rules import objectives as rules
from kommissorium.objectives.status import ObjectiveStatus, Progress, statuses_on
from kommissorium.registers.agenda import Weight
from kommissorium.registers.offered import LevelLink
from kommissorium.registers.signals import OfRow, RowSignals, Signal

type Objectives = Signal[OfRow[ObjectiveStatus]]


def _of(progress: Progress, **more: Any) -> Objectives:
    """Return the signal of those that stand so."""
    return Signal(
        code=progress.value,
        label=progress.label,
        holds=lambda one: one.progress == progress,
        narrowed=f"progress={progress.value}",
        **more,
    )


IN_FORCE: Final[Objectives] = Signal.of(
    rules.IN_FORCE,
    label=_("In force"),
    holds=lambda _one: True,
)
REACHED: Final = _of(
    Progress.REACHED,
    sentence=ngettext_lazy(
        "One objective is reached.", "%(number)d objectives are reached.", "number"
    ),
    none=_("No objective is reached."),
    wanted="more",
)
UNDER_WAY: Final = _of(Progress.UNDER_WAY)
AT_RISK: Final = _of(
    Progress.AT_RISK,
    sentence=ngettext_lazy(
        "One objective is at risk.", "%(number)d objectives are at risk.", "number"
    ),
    weight=Weight.WORSE,
    wanted="less",
)
MISSED: Final = _of(
    Progress.MISSED,
    sentence=ngettext_lazy(
        "One objective is not reached in time.",
        "%(number)d objectives are not reached in time.",
        "number",
    ),
    point=ngettext_lazy(
        "asks the owner of the objective that is not reached in time to propose before the next "
        "meeting what is done instead",
        "asks the owners of the %(number)d objectives that are not reached in time to propose before "
        "the next meeting what is done instead",
        "number",
    ),
    weight=Weight.DECIDE,
    wanted="less",
)
LATE: Final[Objectives] = Signal.of(
    rules.LATE,
    label=Progress.LATE.label,
    holds=lambda one: one.progress == Progress.LATE,
    weight=Weight.WORSE,
    wanted="less",
)
REALISED: Final[Objectives] = Signal(
    code="realised",
    label=_("Realised: reached at some time"),
    holds=lambda one: one.is_realised,
)
WITHOUT_OWNER: Final[Objectives] = Signal.of(
    rules.WITHOUT_OWNER,
    label=_("Without an owner"),
    holds=lambda one: not one.objective.has_owner,
)
UNLINKED: Final[Objectives] = Signal.of(
    rules.UNLINKED,
    label=_("Not linked to a risk level"),
    holds=lambda one: one.link == LevelLink.NONE,
)
OLD_LINK: Final[Objectives] = Signal.of(
    rules.OLD_LINK,
    label=_("Linked to a risk level that was replaced"),
    holds=lambda one: one.link == LevelLink.OLD,
)
PROGRESS: Final = (REACHED, UNDER_WAY, AT_RISK, MISSED, LATE)
SIGNALS: Final = RowSignals(
    page="objectives",
    signals=(IN_FORCE, *PROGRESS, REALISED, WITHOUT_OWNER, UNLINKED, OLD_LINK),
    rows=statuses_on,
    key=lambda one: one.objective.pk,
)
