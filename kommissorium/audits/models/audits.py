"""The plan of audits and each audit in it: its scope, its auditor and their days, its evaluation."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.assets.models import Area
from kommissorium.registers.models.activities import Activity, ActivityQuerySet, YearPlan
from kommissorium.registers.models.evaluations import Evaluation
from kommissorium.registers.models.proposals import ProposalQuerySet

SLUG = "audits"


class AuditPlan(YearPlan):
    """The plan of a year's audits. Approved, it never changes (0002_freeze)."""

    slug = SLUG

    objects = ProposalQuerySet["AuditPlan"].as_manager()

    class Meta(YearPlan.Meta):
        verbose_name = _("plan of audits")


class Audit(Activity):
    """An audit. Its scope is an area or all, clauses of the mandate, and ISO controls.

    The auditor reads what the scope needs from `first_day` to `last_day`; nothing without days.
    """

    slug = SLUG
    plan = models.ForeignKey(AuditPlan, models.CASCADE, related_name="activities")
    area = models.ForeignKey(
        Area,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("area"),
        help_text=_("None is the whole municipality."),
    )
    clauses = models.CharField(
        _("clauses of the mandate"),
        max_length=200,
        blank=True,
        help_text=_("Their numbers, with commas between: R4, T2. None means all."),
    )
    controls = models.CharField(
        _("ISO 27002 controls"),
        max_length=300,
        blank=True,
        help_text=_("Their numbers, with commas between: 5.15, 8.13. None means all."),
    )
    auditor = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("auditor"))
    independence = models.TextField(
        _("why the auditor is independent"),
        blank=True,
        help_text=_("What the auditor has to do with what is audited, and that it is nothing."),
    )
    first_day = models.DateField(
        _("auditor's first day"),
        null=True,
        blank=True,
        help_text=_("From this day to the last one the auditor reads what the scope needs."),
    )
    last_day = models.DateField(_("auditor's last day"), null=True, blank=True)

    objects = ActivityQuerySet["Audit"].as_manager()

    class Meta(Activity.Meta):
        verbose_name = _("audit")
        constraints = [
            models.CheckConstraint(
                condition=Q(first_day=None) | Q(last_day__gte=models.F("first_day")),
                name="audit_ends_after_it_begins",
            ),
        ]

    def is_opened_on(self, day: date) -> bool:
        """Return whether the day is one of the auditor's."""
        if self.first_day is None or self.last_day is None:
            return False
        return self.first_day <= day <= self.last_day

    def is_worked_on_by(self, person: Person) -> bool:
        """Return whether `person` is its auditor and may work on it today.

        On the auditor's days, and on any day whose role lets them read everything.
        """
        if person.pk != self.auditor_id or not self.plan.is_approved or self.called_off_at:
            return False
        return person.is_auditor or self.is_opened_on(timezone.localdate())

    def can_be_held_by(self, person: Person) -> bool:
        return super().can_be_held_by(person) or self.is_worked_on_by(person)

    def can_be_worked_on_by(self, person: Person) -> bool:
        """Return whether `person` may write what the auditor sees and finds: the auditor, and
        coordinators for one who has no login. Not who answers for it: they may run what is audited.
        """
        writes = person.is_coordinator and self.plan.is_approved and self.called_off_at is None
        return writes or self.is_worked_on_by(person)

    def findings_can_be_noted_by(self, person: Person) -> bool:
        return self.can_be_worked_on_by(person)

    def auditor_can_be_named_by(self, person: Person) -> bool:
        """Return whether `person` may name another auditor, or other days."""
        is_kept = self.plan.is_draft or self.plan.is_approved
        return is_kept and self.called_off_at is None and self.plan.can_be_drafted_by(person)

    def material_url(self) -> str:
        return reverse("audit_material", args=[self.pk])


def opened_to(person: Person) -> Q:
    """Return the condition that the person audits it and today is one of their days."""
    today = timezone.localdate()
    return Q(auditor=person, first_day__lte=today, last_day__gte=today)


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
