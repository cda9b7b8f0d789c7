"""What a committee concludes of an audit."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kommissorium.audits.models.audits import Audit
from kommissorium.registers.models.evaluations import Evaluation
from kommissorium.registers.models.proposals import ProposalQuerySet


class AuditEvaluation(Evaluation):
    """The evaluation of an audit, with what it found. Approved, it never changes."""

    page = "audit_evaluation"

    audit = models.ForeignKey(Audit, models.PROTECT, related_name="evaluations")
    judgement = models.TextField(_("what the audit shows"), blank=True)
    effort = models.TextField(_("what comes of it"), blank=True)

    objects = ProposalQuerySet["AuditEvaluation"].as_manager()

    class Meta(Evaluation.Meta):
        verbose_name = _("evaluation of an audit")

    def __str__(self) -> str:
        return self.audit.title
