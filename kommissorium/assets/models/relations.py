"""Relations between assets."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kommissorium.assets.models.assets import Asset


class Relation(models.Model):
    """A relation between two assets. Read from the first: it is `kind` the second."""

    class Kind(models.TextChoices):
        STORED_IN = "stored_in", _("is stored in")
        FEEDS = "feeds", _("gives data to")
        BACKED_UP_BY = "backed_up_by", _("is backed up by")
        RUNS_ON = "runs_on", _("runs on")

    from_asset = models.ForeignKey(Asset, models.PROTECT, related_name="relations_out")
    kind = models.CharField(_("relation"), max_length=15, choices=Kind.choices)
    to_asset = models.ForeignKey(Asset, models.PROTECT, related_name="relations_in")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["from_asset", "kind", "to_asset"], name="one_relation_of_a_kind"
            ),
            models.CheckConstraint(
                condition=~models.Q(from_asset=models.F("to_asset")),
                name="no_relation_to_itself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_asset_id} {self.kind} {self.to_asset_id}"
