"""Sheets of risks that were handed in."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.core.files.models import StoredFile
from kommissorium.risks.models.assessments import TITLE_LENGTH, Assessment


class RiskImportQuerySet(models.QuerySet["RiskImport"]):
    def visible_to(self, person: Person) -> RiskImportQuerySet:
        """Return all for coordinators, who make them, and for auditors."""
        return self if person.is_coordinator or person.is_auditor else self.none()


class RiskImport(models.Model):
    """A sheet of risks: read, mapped, shown, and perhaps taken in as one draft assessment.

    `parsed` holds headings and rows as they were read from `file`; `mapping` gives by the
    column's number as text what it is. `scope` is what the risks are about: the organisation, a
    process, or the assets that a column names.
    """

    class State(models.TextChoices):
        READ = "read", _("Not taken in yet")
        DONE = "done", _("Taken in")
        UNDONE = "undone", _("Undone")
        DROPPED = "dropped", _("Given up")

    state = models.CharField(max_length=10, choices=State.choices, default=State.READ)
    scope = models.CharField(max_length=15, choices=Assessment.Scope.choices)
    process = models.CharField(_("process"), max_length=TITLE_LENGTH, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    parsed = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    headings = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    row_count = models.PositiveIntegerField(default=0)
    taken = models.PositiveIntegerField(default=0)
    faulty = models.PositiveIntegerField(default=0)
    assessment = models.ForeignKey(Assessment, models.PROTECT, null=True, related_name="imports")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    edit_version = models.PositiveIntegerField(default=1)

    objects = RiskImportQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("import of risks")

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("risk_import", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Return whether it waits to be taken in."""
        return self.state == self.State.READ

    @property
    def can_be_undone(self) -> bool:
        """Return whether it can still be taken back: as long as what it made is a draft."""
        made = self.assessment
        return self.state == self.State.DONE and made is not None and made.is_draft

    @staticmethod
    def can_be_made_by(person: Person) -> bool:
        return person.is_coordinator
