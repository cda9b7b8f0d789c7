"""Another auditor of an audit that was held: asked for with a reason, and agreed to by another."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person, SecondYes
from kommissorium.audits.models.audits import Audit


class AuditorChange(SecondYes):
    """A person who is to judge what another audited, once the chair or that other says yes."""

    audit = models.ForeignKey(Audit, models.PROTECT, related_name="auditor_changes")
    before = models.ForeignKey(Person, models.PROTECT, related_name="+")
    because = models.TextField(_("why another auditor"))
    independence = models.TextField(blank=True)
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("another auditor")
        constraints = [
            models.UniqueConstraint(
                fields=["audit"],
                condition=models.Q(answered_at=None),
                name="one_waiting_auditor_of_an_audit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} audits {self.audit_id}"

    def get_absolute_url(self) -> str:
        return reverse("audit_auditor_change", args=[self.pk])

    def may_be_seconded_by(self, person: Person) -> bool:
        """Return whether it is the old auditor, or who leads the committee that approved the plan."""
        committee = self.audit.plan.committee
        leads = committee is not None and bool(committee.leading_capacity_of(person))
        return person.pk == self.before_id or leads
