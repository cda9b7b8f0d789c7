"""Lists people keep."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person


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
