"""Model of receipts: that something was filed in the municipality's records system."""

from __future__ import annotations

from django.db import models

from kommissorium.accounts.models import Person


class Filing(models.Model):
    """Receipt for something that was filed: when, in which case, noted by whom. Never changes.

    `kind` and `key` name the thing as the chain does. A later receipt of the same thing counts
    instead of the earlier one, which stands.
    """

    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=40)
    filed_on = models.DateField()
    case_number = models.CharField(max_length=60)
    noted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["kind", "key"])]

    def __str__(self) -> str:
        return f"filing of {self.kind} {self.key}"
