"""A committee's conclusions about a half-year's information and teaching."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kommissorium.registers.halves import Half
from kommissorium.registers.models.evaluations import Evaluation
from kommissorium.registers.models.proposals import ProposalQuerySet


class AwarenessEvaluation(Evaluation):
    """The evaluation of a half-year, compared with the one before. Approved, it never changes."""

    page = "awareness_evaluation"

    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveSmallIntegerField(_("half-year"))
    effect = models.TextField(
        _("what the figures show"),
        blank=True,
        help_text=_("The figures and their change are added by themselves."),
    )
    learning = models.TextField(_("what is learned of it"), blank=True)
    effort = models.TextField(_("what the next half-year is used for"), blank=True)

    objects = ProposalQuerySet["AwarenessEvaluation"].as_manager()

    class Meta(Evaluation.Meta):
        ordering = ["-year", "-number", "-pk"]
        verbose_name = _("evaluation of awareness")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(number__in=[1, 2]), name="a_year_has_two_halves"
            )
        ]

    def __str__(self) -> str:
        return self.half.label

    @property
    def half(self) -> Half:
        return Half(self.year, self.number)
