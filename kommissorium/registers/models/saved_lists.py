"""Lists that people keep under a name."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person


class SavedList(models.Model):
    """A list somebody wants to come back to: the address's question, and a name.

    `code` is that of the ListPage.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="saved_lists")
    code = models.CharField(max_length=40)
    name = models.CharField(_("name"), max_length=80)
    query = models.CharField(max_length=2000)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "code", "name"], name="one_saved_list_of_a_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name
