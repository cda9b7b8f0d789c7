"""T3: the security policy is revised, and follows the picture of risks."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _

from kommissorium.committees.models import Clause
from kommissorium.compliance.checks.unmeasured import not_measured
from kommissorium.compliance.history import History
from kommissorium.registers.findings import Finding, Question, State, not_fulfilled, unmeasured

PICTURE: Final = "risk_picture"  # the aspect of a register that is asked for it


def policy_revision(clause: Clause, history: History, asked: Question) -> Finding:
    """T3, as far as risks tell: there is a picture of risks to hold the policy against."""
    picture = history.aspect(PICTURE, clause, asked)
    if picture is None or picture.state in (State.UNMEASURED, State.NOT_YET_DUE):
        return not_measured(clause)
    if picture.state == State.NOT_FULFILLED:
        lead = _("The policy is to follow the picture of risks.")
        text = f"{lead} {picture.sentence}"
        return not_fulfilled(text, *picture.evidence, step=picture.step)
    rest = _(
        "Whether the policy follows it is seen from the register of policies and guidelines, "
        "which is not part of the program yet."
    )
    return unmeasured(f"{picture.sentence} {rest}", *picture.evidence)
