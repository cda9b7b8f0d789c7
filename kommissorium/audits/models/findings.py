"""Findings of audits, their owners' answers, and the closure that the auditor accepts."""

from __future__ import annotations

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.assets.models import Asset
from kommissorium.audits.models.audits import Audit, AuditReport
from kommissorium.core.evidence.models import Past
from kommissorium.core.files.models import StoredFile
from kommissorium.registers.models.activities import ActivityFinding


class Sort(models.TextChoices):
    """The kind of a finding."""

    NONCONFORMITY = "nonconformity", _("Nonconformity")
    OBSERVATION = "observation", _("Observation")
    IMPROVEMENT = "improvement", _("Improvement")


class Severity(models.IntegerChoices):
    """The seriousness of a finding."""

    LOW = 1, _("Low")
    MEDIUM = 2, _("Medium")
    HIGH = 3, _("High")


class FindingState(models.TextChoices):
    """The state of a finding."""

    OPEN = "open", _("Not answered")
    ANSWERED = "answered", _("Answered")
    ASKED = "asked", _("Waits for the auditor")
    RETURNED = "returned", _("Not accepted")
    CLOSED = "closed", _("Closed")


TONES = {
    FindingState.OPEN: "warning",
    FindingState.ANSWERED: "info",
    FindingState.ASKED: "info",
    FindingState.RETURNED: "warning",
    FindingState.CLOSED: "success",
}


class AuditFindingQuerySet(models.QuerySet["AuditFinding"]):
    """Questions about findings."""

    def visible_to(self, person: Person) -> AuditFindingQuerySet:
        """Return those of audits whose report one reads or which one audits today, and those one is
        to put right."""
        audits = Audit.objects.told_to(person).order_by()
        return self.filter(Q(task__owner=person) | Q(activity__in=audits.values("pk")))

    def dressed(self) -> AuditFindingQuerySet:
        """Return them with what their state is read from (`newest_verdict`, `has_answer`)."""
        newest = Closure.objects.filter(finding=OuterRef("pk")).order_by("-pk")
        answers = Answer.objects.filter(finding=OuterRef("pk"))
        rows = self.select_related("task__owner", "activity__plan", "asset")
        verdict = Subquery(newest.values("verdict")[:1])
        added = {"newest_verdict": verdict, "has_answer": models.Exists(answers)}
        return rows.annotate(**added)


class AuditFinding(ActivityFinding):
    """A finding of an audit, and the task of the person who puts it right. Never changed.

    `newest_verdict` and `has_answer` are there once it was fetched `dressed`.
    """

    PAST = Past()

    newest_verdict: str | None
    has_answer: bool

    activity = models.ForeignKey(Audit, models.PROTECT, related_name="findings")
    sort = models.CharField(_("kind"), max_length=15, choices=Sort, default=Sort.OBSERVATION)
    severity = models.PositiveSmallIntegerField(
        _("severity"), choices=Severity, default=Severity.LOW
    )
    reference = models.CharField(
        _("which clause or control"), max_length=60, blank=True, default=""
    )
    asset = models.ForeignKey(
        Asset, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("system")
    )

    objects = AuditFindingQuerySet.as_manager()

    class Meta(ActivityFinding.Meta):
        verbose_name = _("finding")

    def get_absolute_url(self) -> str:
        return reverse("audit_finding", args=[self.pk])

    @property
    def state(self) -> FindingState:
        """Return its state; for one that was fetched `dressed`."""
        found = {
            Verdict.ASKED: FindingState.ASKED,
            Verdict.ACCEPTED: FindingState.CLOSED,
            Verdict.RETURNED: FindingState.RETURNED,
        }
        if self.newest_verdict is not None:
            return found[Verdict(self.newest_verdict)]
        return FindingState.ANSWERED if self.has_answer else FindingState.OPEN

    @property
    def tone(self) -> str:
        return TONES[self.state]

    @property
    def is_of_former_asset(self) -> bool:
        """Return whether it is about an asset that has left the register."""
        return self.asset is not None and self.asset.is_over

    def can_be_answered_by(self, person: Person) -> bool:
        """Return whether `person` may answer it and ask for its closure."""
        is_theirs = person.pk == self.task.owner_id or person.is_coordinator
        return is_theirs and self.activity.called_off_at is None

    def closure_can_be_asked_by(self, person: Person) -> bool:
        """Return whether `person` may say that it is put right: not who answered for the owner."""
        if person.pk == self.task.owner_id:
            return self.can_be_answered_by(person)
        answered = self.answers.filter(made_by=person).exists()
        return self.can_be_answered_by(person) and not answered

    def can_be_judged_by(self, person: Person) -> bool:
        """Return whether `person` may accept its closure: the auditor alone, never their own."""
        return self.activity.is_worked_on_by(person) and person.pk != self.task.owner_id


class Answer(models.Model):
    """The owner's answer to a finding: the cause, and what is done. The newest counts."""

    finding = models.ForeignKey(AuditFinding, models.PROTECT, related_name="answers")
    cause = models.TextField(_("why it is so"))
    remedy = models.TextField(_("what is done about it"))
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("answer")

    def __str__(self) -> str:
        return self.cause


class Verdict(models.TextChoices):
    """The auditor's verdict on the evidence."""

    ASKED = "asked", _("Waits for the auditor")
    ACCEPTED = "accepted", _("Accepted")
    RETURNED = "returned", _("Not accepted")


class Closure(models.Model):
    """A report that a finding is put right, with evidence, and the auditor's verdict.

    Judged, it never changes (0002_freeze).
    """

    finding = models.ForeignKey(AuditFinding, models.PROTECT, related_name="closures")
    evidence = models.TextField(
        _("evidence"), help_text=_("What shows it, and where the auditor can see it.")
    )
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    verdict = models.CharField(max_length=10, choices=Verdict, default=Verdict.ASKED)
    judged_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    judged_at = models.DateTimeField(null=True)
    because = models.TextField(_("why"), blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("closure")
        constraints = [
            models.UniqueConstraint(
                fields=["finding"],
                condition=Q(verdict__in=["asked", "accepted"]),
                name="one_closure_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.evidence

    def is_by_another_than(self, report: AuditReport | None) -> bool:
        """Return whether it was judged by somebody who did not make the report, after it."""
        if report is None or report.auditor_id is None or self.judged_at is None:
            return False
        return self.judged_at > report.made_at and self.judged_by_id != report.auditor_id


class ClosureFile(models.Model):
    """A file of evidence that a finding is put right.

    Never changed, nor added to what the auditor has judged (0003_closure_files).
    """

    closure = models.ForeignKey(Closure, models.PROTECT, related_name="files")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("audit_evidence", args=[self.pk])
