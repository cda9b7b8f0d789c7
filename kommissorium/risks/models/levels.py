"""The level of risk the committee sets: what is acceptable, and what lies above."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.registers.models.proposals import Proposal, ProposalQuerySet
from kommissorium.risks.models.scales import Scale
from kommissorium.risks.models.threats import Group


class RiskLevel(Proposal):
    """Acceptable risk in a year. Approved, it never changes (0002_freeze) but for its end.

    `cells[c - 1][l - 1]` is true where the cell of the scale is acceptable. `group` "" holds for
    every category that has none of its own.
    """

    year = models.PositiveSmallIntegerField(_("year"))
    group = models.CharField(_("category"), max_length=15, blank=True, choices=Group.choices)
    scale = models.ForeignKey(Scale, models.PROTECT, related_name="levels")
    statement = models.TextField(_("what the committee accepts"))
    cells = models.JSONField()
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    # Keys of the scales with another number of steps: set by levels.levels_on.
    other_scales: frozenset[int] = frozenset()

    objects = ProposalQuerySet["RiskLevel"].as_manager()

    class Meta:
        ordering = ["-year", "group", "-pk"]
        verbose_name = _("risk level")

    def __str__(self) -> str:
        return f"{self.year} {self.group}"

    def get_absolute_url(self) -> str:
        return reverse("risk_level", args=[self.pk])

    def accepts(self, consequence: int, likelihood: int) -> bool:
        """Return whether a cell lies within the level."""
        return bool(self.cells[consequence - 1][likelihood - 1])

    def is_coming_on(self, day: date) -> bool:
        """Return whether it is approved and begins later than the day."""
        return self.in_force_from is not None and self.in_force_from > day

    def is_over_on(self, day: date) -> bool:
        """Return whether it held once and has been replaced."""
        return self.in_force_to is not None and self.in_force_to <= day
