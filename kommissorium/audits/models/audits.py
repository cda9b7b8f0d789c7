"""The plan of audits and each audit in it, the auditor's work there, and the wanted interval."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.assets.models import Area
from kommissorium.core.evidence.models import Record
from kommissorium.registers.models.activities import Activity, ActivityQuerySet, YearPlan
from kommissorium.registers.models.kept import RoomSettings, only_row
from kommissorium.registers.models.proposals import Evaluation, ProposalQuerySet
from kommissorium.registers.readers import laid_before

SLUG = "audits"


class AuditPlan(YearPlan):
    """The plan of a year's audits. Approved, it never changes (0002_freeze)."""

    slug = SLUG

    objects = ProposalQuerySet["AuditPlan"].as_manager()

    class Meta(YearPlan.Meta):
        verbose_name = _("plan of audits")


class AuditQuerySet(ActivityQuerySet["Audit"]):
    """Questions about audits."""

    def reported_to(self, person: Person) -> Self:
        """Return those whose report is the person's to read: who answers for the audit, the
        committee it was laid before, and those who read all of them."""
        before = laid_before(person, "plan__committee", "evaluations__committee")
        audits = Audit.objects.filter(before | Q(responsible=person)).order_by()
        return self.filter(pk__in=audits.values("pk"))

    def told_to(self, person: Person) -> Self:
        """Return those of which the person reads every finding: those whose report is theirs to
        read, and those they audit today."""
        reported = Audit.objects.reported_to(person).order_by()
        return self.filter(opened_to(person) | Q(pk__in=reported.values("pk")))


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

    objects = AuditQuerySet.as_manager()

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


USUAL_MONTHS = 12


class AuditSettings(RoomSettings):
    """Settings of the register."""

    names = ("months",)

    months = models.PositiveSmallIntegerField(
        _("months within which an audit is held and evaluated"),
        default=USUAL_MONTHS,
        validators=[MinValueValidator(3), MaxValueValidator(36)],
    )

    class Meta(RoomSettings.Meta):
        constraints = [only_row("one_row_of_audit_settings")]


class CheckOutcome(models.TextChoices):
    """The outcome of a line of the checklist."""

    OPEN = "", _("Not looked at")
    MET = "met", _("As it should be")
    NOT_MET = "not_met", _("Not as it should be")
    NOT_RELEVANT = "not_relevant", _("Not relevant")


class CheckLine(models.Model):
    """A line of the checklist for the auditor, and what was seen."""

    audit = models.ForeignKey(Audit, models.CASCADE, related_name="checks")
    text = models.CharField(_("what is looked at"), max_length=300)
    outcome = models.CharField(
        _("what it showed"), max_length=15, choices=CheckOutcome, blank=True, default=""
    )
    note = models.TextField(_("what was seen"), blank=True)
    edit_version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("line of the checklist")
        constraints = [
            models.UniqueConstraint(fields=["audit", "text"], name="once_on_a_checklist"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def tone(self) -> str:
        return {"met": "success", "not_met": "warning"}.get(self.outcome, "neutral")


class Sample(models.Model):
    """Systems drawn at random from those in the scope. Never changed: anybody can draw it again.

    `population` are the keys of all that could be drawn, `drawn` of those that were.
    """

    audit = models.ForeignKey(Audit, models.PROTECT, related_name="samples")
    seed = models.CharField(max_length=32)
    population: Any = models.JSONField()
    drawn: Any = models.JSONField()
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("sample")

    def __str__(self) -> str:
        return self.seed


class AuditReport(models.Model):
    """The report of an audit, frozen when the auditor issued it: no finding is added after it."""

    audit = models.OneToOneField(Audit, models.PROTECT, related_name="report")
    record = models.ForeignKey(Record, models.PROTECT, related_name="+")
    # Whose report it is: a coordinator may issue it for an auditor without login.
    auditor = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("report of an audit")

    def __str__(self) -> str:
        return str(self.audit_id)

    def get_absolute_url(self) -> str:
        return reverse("audit_report", args=[self.audit_id])
