"""Score of a risk by its scale: the greatest consequence, and the bands of two cells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.core.refusals import Refused
from kommissorium.risks.models import DIMENSIONS, OPTIONAL_DIMENSIONS, Scale

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
