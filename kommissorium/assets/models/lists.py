"""Lists people keep, and what was imported."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.assets.models.assets import Asset
from kommissorium.assets.models.kinds import Kind
from kommissorium.core.files.models import StoredFile


class SavedFilter(models.Model):
    """A list of assets somebody wants to come back to: the address's question, and a name."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="saved_filters")
    name = models.CharField(_("name"), max_length=80)
    query = models.CharField(max_length=2000)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "name"], name="one_filter_of_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class ImportQuerySet(models.QuerySet["Import"]):
    def visible_to(self, person: Person) -> ImportQuerySet:
        """Return all for coordinators, who make them, and for auditors."""
        return self if person.is_coordinator or person.is_auditor else self.none()


class Import(models.Model):
    """A sheet that was handed in: read, mapped, shown, and perhaps taken in.

    `parsed` holds headings and rows as they were read from `file`. `mapping` gives the field of
    each column by the column's number as text; `key` is the field that tells which row is which
    asset. `choices` says who is meant by a name nobody has, by group and folded name.
    """

    class State(models.TextChoices):
        READ = "read", _("To be mapped")
        DONE = "done", _("Taken in")
        UNDONE = "undone", _("Undone")
        DROPPED = "dropped", _("Given up")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.READ)
    shape = models.CharField(max_length=20, blank=True)  # a known layout, such as KITOS
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    parsed = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    file_name = models.CharField(max_length=200)
    headings = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    key = models.CharField(max_length=20, blank=True)
    choices = models.JSONField(default=dict)
    row_count = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    faulty = models.PositiveIntegerField(default=0)
    # How far the reading or the taking in has come, of a hundred; None when nothing runs.
    progress = models.PositiveSmallIntegerField(null=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    edit_version = models.PositiveIntegerField(default=1)

    objects = ImportQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("import")

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("asset_import", args=[self.pk])

    @staticmethod
    def can_be_made_by(person: Person) -> bool:
        return Asset.can_be_added_by(person)

    def can_be_undone_on(self, day: date) -> bool:
        """Return whether it can still be taken back: on the day it was taken in."""
        if self.state != self.State.DONE or self.done_at is None:
            return False
        return timezone.localdate(self.done_at) == day


class ImportedRow(models.Model):
    """What an import did to an asset. `asset` is None once a new one was removed again.

    `before` holds its `name`, the `fields` that changed with what they held, and by role the
    keys of the `owners` it made and ended.
    """

    run = models.ForeignKey(Import, models.PROTECT, related_name="rows")
    asset = models.ForeignKey(Asset, models.PROTECT, null=True, related_name="+")
    number = models.PositiveIntegerField()
    is_new = models.BooleanField(default=False)
    before = models.JSONField(default=dict)
    after_version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["number", "pk"]

    def __str__(self) -> str:
        return f"{self.run_id} {self.number}"
