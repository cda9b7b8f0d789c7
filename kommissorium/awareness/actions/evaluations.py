"""Draft the evaluation of a half-year; what comes then is the way of any standard proposal."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.awareness.evaluation import EVALUATION
from kommissorium.awareness.models import AwarenessEvaluation
from kommissorium.core.refusals import Refused
from kommissorium.registers.actions.standard_proposals import record_draft
from kommissorium.registers.halves import Half


@transaction.atomic
def draft_evaluation(*, by: Person) -> AwarenessEvaluation:
    """Begin the evaluation of the half-year that ended last. Raises Refused where there is one."""
    if not AwarenessEvaluation.can_be_drafted_by(by):
        raise PermissionDenied
    half = Half.of(timezone.localdate()).before
    same = AwarenessEvaluation.objects.filter(year=half.year, number=half.number)
    if same.exclude(state="dropped").exists():
        raise Refused(_("%(half)s is evaluated already.") % {"half": half.label})
    made = AwarenessEvaluation.objects.create(
        year=half.year, number=half.number, made_by=by, made_at=timezone.now()
    )
    record_draft(EVALUATION, made, by=by)
    return made
