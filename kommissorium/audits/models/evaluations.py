"""What a committee concludes of an audit."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.audits.models.audits import Audit
from kommissorium.registers.models.proposals import Proposal, ProposalQuerySet


class AuditEvaluationQuerySet(ProposalQuerySet["AuditEvaluation"]):
    """Questions about evaluations."""


class AuditEvaluation(Proposal):
    """The evaluation of an audit, with what it found. Approved, it never changes."""

    audit = models.ForeignKey(Audit, models.PROTECT, related_name="evaluations")
    judgement = models.TextField(_("what the audit shows"), blank=True)
    effort = models.TextField(_("what comes of it"), blank=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = AuditEvaluationQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("evaluation of an audit")

    def __str__(self) -> str:
        return self.audit.title

    def get_absolute_url(self) -> str:
        return reverse("audit_evaluation", args=[self.pk])
