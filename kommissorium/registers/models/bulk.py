"""Changes of many rows of a list at once, and what each row said before."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person


class BulkChangeQuerySet(models.QuerySet["BulkChange"]):
    def visible_to(self, person: Person) -> BulkChangeQuerySet:
        """Return one's own; all of them for coordinators and auditors."""
        if person.is_coordinator or person.is_auditor:
            return self
        return self.filter(by=person)


class BulkChange(models.Model):
    """One press that changed many rows of a list.

    `code` is that of the ListPage, and `wishes` what was asked for, by the part's code.
    """

    code = models.CharField(max_length=40)
    wishes = models.JSONField(default=dict)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    objects = BulkChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("change of many")

    def __str__(self) -> str:
        return f"{self.code} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("bulk_change", args=[self.pk])

    def can_be_undone_by(self, person: Person) -> bool:
        """Return whether it is theirs to undo: of whoever made it, and of coordinators."""
        return self.undone_at is None and (person.is_coordinator or self.by_id == person.pk)


class BulkRow(models.Model):
    """Change to one row: `before` and `after` by the part's code, where they differ.

    `kept` is what the register needs beside `before` to put the row back.
    """

    change = models.ForeignKey(BulkChange, models.PROTECT, related_name="rows")
    thing_id = models.PositiveBigIntegerField()
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    kept = models.JSONField(default=dict)
    after_version = models.PositiveIntegerField(default=1)
    is_back = models.BooleanField(default=False)  # put back as it was before

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.change_id} {self.thing_id}"
