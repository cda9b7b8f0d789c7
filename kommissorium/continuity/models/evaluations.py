"""A committee's conclusion about a test or a real activation."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.continuity.models.exercises import ContinuityTest
from kommissorium.registers.models.evaluations import Evaluation
from kommissorium.registers.models.proposals import ProposalQuerySet


class ContinuityEvaluation(Evaluation):
    """The evaluation of a test. Approved, it never changes.

    `changes` is what the plans are to say otherwise; "" where they stand the test. `counts` says
    of a real activation that the committee takes it for a test.
    """

    page = "continuity_evaluation"

    test = models.ForeignKey(ContinuityTest, models.PROTECT, related_name="evaluations")
    learning = models.TextField(gettext_lazy("what is learned of it"), blank=True)
    changes = models.TextField(
        gettext_lazy("what is changed in the plans"),
        blank=True,
        help_text=gettext_lazy("Leave it empty where the plans are right as they are."),
    )
    counts = models.BooleanField(
        gettext_lazy("the activation counts as a test"),
        default=False,
        help_text=gettext_lazy("Of a real activation alone."),
    )

    objects = ProposalQuerySet["ContinuityEvaluation"].as_manager()

    class Meta(Evaluation.Meta):
        verbose_name = gettext_lazy("evaluation of a test")

    def __str__(self) -> str:
        return _("Evaluation of “%(title)s”") % {"title": self.test.title}
