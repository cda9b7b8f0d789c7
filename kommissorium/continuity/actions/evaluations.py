"""Draft the evaluation of a test; what comes then is the way of any standard proposal."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.continuity.evaluation import EVALUATION
from kommissorium.continuity.models import ContinuityEvaluation, ContinuityTest
from kommissorium.core.refusals import Refused
from kommissorium.registers.actions.standard_proposals import record_draft


@transaction.atomic
def draft_evaluation(test: ContinuityTest, *, by: Person) -> ContinuityEvaluation:
    """Begin the evaluation of a test that was held. Raises Refused where there is one."""
    if not ContinuityEvaluation.can_be_drafted_by(by):
        raise PermissionDenied
    if not test.is_held:
        raise Refused(_("Say first when it was held."))
    if ContinuityEvaluation.objects.filter(test=test).exclude(state="dropped").exists():
        raise Refused(_("It is evaluated already, or about to be."))
    made = ContinuityEvaluation.objects.create(
        test=test, counts=test.is_activation, made_by=by, made_at=timezone.now()
    )
    record_draft(EVALUATION, made, by=by)
    return made
