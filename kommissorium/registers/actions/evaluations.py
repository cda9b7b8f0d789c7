"""Begin an evaluation; what comes then is the way of any standard proposal."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.refusals import Refused
from kommissorium.registers.actions.standard_proposals import record_draft
from kommissorium.registers.evaluations import EvaluationProposal
from kommissorium.registers.models.evaluations import Evaluation


@transaction.atomic
def draft_evaluation[M: Evaluation](kind: EvaluationProposal[M], *, by: Person, **of: Any) -> M:
    """Begin the evaluation of what `of` says. Raises Refused where one is begun already."""
    if not kind.model.can_be_drafted_by(by):
        raise PermissionDenied
    kind.refuse_new(of)
    rows = kind.model._default_manager  # noqa: SLF001
    if rows.filter(**of).exclude(state="dropped").exists():
        raise Refused(_("It is evaluated already, or about to be."))
    made: M = rows.create(made_by=by, made_at=timezone.now(), **of, **kind.begun_with(of))
    record_draft(kind, made, by=by)
    return made
