"""Sheets that were handed in, and what taking one in did to each thing."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.core.files.models import StoredFile


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    def visible_to(self, person: Person) -> ImportRunQuerySet:
        """Return all for coordinators, who make them, and for auditors."""
        return self if ImportRun.can_be_read_by(person) else self.none()


class ImportRun(models.Model):
    """A sheet that was handed in: read, mapped, shown, and perhaps taken in.

    `kind` names the import of a register, and `options` is what was said of the file beside it.
    `parsed` holds headings and rows as they were read from `file`. `mapping` gives the target of
    each column by the column's number as text; `key` is the target that tells which row is which
    thing. `choices` says who is meant by a name nobody has, by group and folded name.
    `people_added` holds the keys of people who were added because its cells name them.
    """

    UNKEPT = "a rule erases them, where they are about people"

    class State(models.TextChoices):
        READ = "read", _("Not taken in yet")
        DONE = "done", _("Taken in")
        UNDONE = "undone", _("Undone")
        DROPPED = "dropped", _("Given up")

    kind = models.CharField(max_length=40)
    options = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.READ)
    shape = models.CharField(max_length=20, blank=True)  # a known layout, such as KITOS
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    parsed = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    headings = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    key = models.CharField(max_length=40, blank=True)
    choices = models.JSONField(default=dict)
    people_added = models.JSONField(default=list)
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

    UNSEALED_COLUMNS: ClassVar = {"progress": _("how far it has come, for the page that waits")}

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("import")

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return self.address("import_page")

    def address(self, name: str) -> str:
        """Return the address of that name among those of this import."""
        return reverse(name, args=[self.kind, self.pk])

    @property
    def is_open(self) -> bool:
        """Return whether it waits to be taken in."""
        return self.state == self.State.READ

    @property
    def left_out(self) -> int:
        """Return how many rows were left out though nothing in them is wrong, as sums are."""
        return self.row_count - self.added - self.changed - self.same - self.faulty

    @staticmethod
    def can_be_made_by(person: Person) -> bool:
        return person.is_coordinator

    @staticmethod
    def can_be_read_by(person: Person) -> bool:
        return person.is_coordinator or person.is_auditor


class ImportedRow(models.Model):
    """Change by an import to one thing. `thing_id` is None once a new one was removed again.

    `before` holds its `name`, the `fields` that changed with what they held, and what else the
    register needs to put it back.
    """

    UNKEPT = "a rule erases them, where they are about people"

    run = models.ForeignKey(ImportRun, models.PROTECT, related_name="rows")
    thing_id = models.PositiveBigIntegerField(null=True)
    number = models.PositiveIntegerField()
    is_new = models.BooleanField(default=False)
    before = models.JSONField(default=dict)
    after_version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["number", "pk"]

    def __str__(self) -> str:
        return f"{self.run_id} {self.number}"
