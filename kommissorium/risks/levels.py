"""What a risk comes to by its scale, which level holds on a day, and what lies above it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final, Literal, Protocol

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.core.refusals import Refused
from kommissorium.risks.models import DIMENSIONS, OPTIONAL_DIMENSIONS, RiskLevel, Scale

type Levels = Mapping[str, RiskLevel]  # by category; "" for every one that has none of its own
type Picture = Literal["", "residual_"]  # the risk before treatment, or what is left after it

BEFORE: Final = ""
AFTER: Final = "residual_"


LOW: Final = ("green", "lightgreen")  # the tones of what is proposed as acceptable


class Scored(Protocol):
    """A risk with its cell: a Scenario, or what stands for one."""

    group: str
    consequence: int | None
    likelihood: int | None
    residual_consequence: int | None
    residual_likelihood: int | None


def proposed_cells(scale: Scale) -> list[list[bool]]:
    """Return the cells that a first level is proposed to accept: the scale's lowest bands.

    None without all milder ones, and never the worst.
    """
    numbers = range(1, scale.size + 1)
    ranks = [rank for rank, band in enumerate(scale.bands, start=1) if band["tone"] in LOW] or [1]
    cells: list[list[bool]] = []
    for c in numbers:
        row: list[bool] = []
        for n in numbers:
            milder = (not row or row[-1]) and (not cells or cells[-1][n - 1])
            is_worst = c == n == scale.size
            row.append(milder and scale.rank_of(c, n) in ranks and not is_worst)
        cells.append(row)
    return cells


def levels_on(day: date) -> dict[str, RiskLevel]:
    """Return the level of each category that had one on the day, with its scale.

    Each also says in `other_scales` which scales have another number of steps than its own.
    """
    found = RiskLevel.objects.in_force_on(day).select_related("scale", "record")
    levels = {level.group: level for level in found.order_by("in_force_from", "pk")}
    sizes = dict(Scale.objects.values_list("pk", "size")) if levels else {}
    for level in levels.values():
        level.other_scales = frozenset(pk for pk, size in sizes.items() if size != level.scale.size)
    return levels


def accept_the_same(levels: Levels, others: Levels) -> bool:
    """Return whether what lies above both can be compared: they accept the same cells."""
    cells, other = ({key: one.cells for key, one in held.items()} for held in (levels, others))
    return cells == other


def level_of(group: str, levels: Levels) -> RiskLevel | None:
    """Return the level a category is held against; None where none was laid down."""
    return levels.get(group) or levels.get("")


def term_end(scenarios: Iterable[Scored]) -> date:
    """Return the last day of the year of the risk level of these risks, the first of several.

    The last day of this year where no level holds, or one of a past year still does.
    """
    today = timezone.localdate()
    levels = levels_on(today)
    found = (level_of(one.group, levels) for one in scenarios)
    years = {level.year for level in found if level is not None} or {today.year}
    return date(max(min(years), today.year), 12, 31)


def is_above(risk: Scored, levels: Levels, of: Picture = BEFORE) -> bool:
    """Return whether a risk lies above the level; one without scores, or without a level, does not.

    What was assessed by a scale with another number of steps than the level's cannot be
    compared and counts as above it. Ask for rows with their assessment (select_related).
    """
    consequence: int | None = getattr(risk, f"{of}consequence")
    likelihood: int | None = getattr(risk, f"{of}likelihood")
    level = level_of(risk.group, levels)
    if level is None or consequence is None or likelihood is None:
        return False
    assessment = getattr(risk, "assessment", None) if level.other_scales else None
    if assessment is not None and assessment.scale_id in level.other_scales:
        return True
    return not level.accepts(consequence, likelihood)


def lies_outside(
    cells: Sequence[Sequence[bool]], size: int, consequence: int, likelihood: int
) -> bool:
    """Return whether a cell of a scale of `size` steps is none that a level accepts.

    What a level of another size was laid down for cannot be compared and lies outside it.
    """
    return size != len(cells) or not cells[consequence - 1][likelihood - 1]


def above_level(levels: Levels, of: Picture = BEFORE) -> Q:
    """Return the condition on Scenario that is_above() asks of one; false for all without levels."""
    found = Q(pk__in=[])
    own = [group for group in levels if group]
    for group, level in levels.items():
        whose = Q(group=group) if group else ~Q(group__in=own)
        found |= whose & _outside(level, of)
    return found


def _outside(level: RiskLevel, of: Picture) -> Q:
    found = Q(pk__in=[])
    for consequence, row in enumerate(level.cells, start=1):
        refused = [likelihood for likelihood, ok in enumerate(row, start=1) if not ok]
        if refused:
            found |= Q(**{f"{of}consequence": consequence, f"{of}likelihood__in": refused})
    if level.other_scales:
        scored = Q(**{f"{of}consequence__isnull": False, f"{of}likelihood__isnull": False})
        found |= scored & Q(assessment__scale__in=level.other_scales)
    return found


ALL_DIMENSIONS: Final = (*DIMENSIONS, *OPTIONAL_DIMENSIONS)
STEPS: Final = ("likelihood", *ALL_DIMENSIONS, "residual_likelihood", "residual_consequence")
# What is lost, and for whom, in words for who is no expert.
LABELS: Final[Mapping[str, Any]] = {
    "confidentiality_person": gettext_lazy("The data subject: others learn of it"),
    "integrity_person": gettext_lazy("The data subject: the data are wrong"),
    "availability_person": gettext_lazy("The data subject: the data cannot be reached"),
    "confidentiality_organisation": gettext_lazy("The organisation: others learn of it"),
    "integrity_organisation": gettext_lazy("The organisation: the data are wrong"),
    "availability_organisation": gettext_lazy("The organisation: the data cannot be reached"),
    "society": gettext_lazy("Society"),
    "authenticity": gettext_lazy("It is not certain who sent or changed it"),
}


def scored(scale: Scale, values: Mapping[str, Any]) -> dict[str, int | None]:
    """Return `consequence`, `rank` and `residual_rank` of what was chosen, None while unknown.

    Raises Refused, by field, for a step the scale has not, and where what is left once the
    treatment works would be a greater risk than today's.
    """
    for name in STEPS:
        step = values.get(name)
        if step is not None and not 1 <= step <= scale.size:
            raise Refused(**{name: _("The scale has no such step.")})
    worst = max((step for name in ALL_DIMENSIONS if (step := values.get(name))), default=None)
    rank = _rank(scale, worst, values.get("likelihood"))
    left = _rank(scale, values.get("residual_consequence"), values.get("residual_likelihood"))
    if rank is not None and left is not None and left > rank:
        raise Refused(
            residual_likelihood=_(
                "What is left after the treatment cannot be a greater risk than today's. Choose "
                "less there, or more for how likely and how bad it is today."
            )
        )
    return {"consequence": worst, "rank": rank, "residual_rank": left}


def moved(scale: Scale, former: Scale, values: Mapping[str, Any]) -> dict[str, int | None]:
    """Return the steps and ranks that what was scored by `former` has by `scale`.

    Steps are kept where both have as many of them. Else they mean something else, and all are
    empty. So is what is left after the treatment where the new cells make it the greater risk.
    """
    steps = dict.fromkeys(STEPS) | {name: values.get(name) for name in STEPS}
    if scale.size != former.size:
        steps = dict.fromkeys(STEPS)
    try:
        return steps | scored(scale, steps)
    except Refused:
        steps |= {"residual_likelihood": None, "residual_consequence": None}
        return steps | scored(scale, steps)


def _rank(scale: Scale, consequence: int | None, likelihood: int | None) -> int | None:
    if consequence is None or likelihood is None:
        return None
    return scale.rank_of(consequence, likelihood)
