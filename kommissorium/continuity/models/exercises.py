"""The year's tests of contingency and real activations, their findings and evaluations."""

from __future__ import annotations

from typing import Final

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.assets.models.assets import MOST_HOURS
from kommissorium.continuity.models.services import Service
from kommissorium.registers.models.activities import (
    Activity,
    ActivityFinding,
    ActivityQuerySet,
    YearPlan,
)
from kommissorium.registers.models.proposals import Evaluation, ProposalQuerySet

SLUG: Final = "continuity"


class Sort(models.TextChoices):
    """The sort of test. An activation was no test: the plans were needed."""

    DESK = "desk", gettext_lazy("Desk test")
    RESTORE = "restore", gettext_lazy("Technical restore")
    CRISIS = "crisis", gettext_lazy("Crisis staff exercise")
    ALARM = "alarm", gettext_lazy("Test of the alarm list")
    ACTIVATION = "activation", gettext_lazy("Real activation")


class Notice(models.TextChoices):
    """Whether the participants know of it beforehand."""

    ANNOUNCED = "announced", gettext_lazy("Announced")
    UNANNOUNCED = "unannounced", gettext_lazy("Unannounced")


def _hours(label: object) -> models.PositiveIntegerField[int | None, int | None]:
    validators = [MaxValueValidator(MOST_HOURS)]
    return models.PositiveIntegerField(label, null=True, blank=True, validators=validators)  # type: ignore[arg-type]


class ContinuityTestPlan(YearPlan):
    """The plan of a year's tests. Approved, it never changes (0002_freeze)."""

    slug = SLUG

    objects = ProposalQuerySet["ContinuityTestPlan"].as_manager()

    class Meta(YearPlan.Meta):
        verbose_name = gettext_lazy("plan of tests")


class ContinuityTest(Activity):
    """A test of one service's plans or of the municipality's crisis staff, with times in hours.

    The targets are those of the service and its systems on the day it was noted how it went.
    """

    slug = SLUG
    plan = models.ForeignKey(ContinuityTestPlan, models.CASCADE, related_name="activities")
    sort = models.CharField(gettext_lazy("kind"), max_length=10, choices=Sort)
    notice = models.CharField(gettext_lazy("notice"), max_length=11, choices=Notice)
    service = models.ForeignKey(
        Service,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tests",
        verbose_name=gettext_lazy("service"),
        help_text=gettext_lazy("None is the whole municipality."),
    )
    scenario = models.TextField(gettext_lazy("scenario"))
    participants = models.TextField(gettext_lazy("who takes part"))
    actual_rto = _hours(gettext_lazy("ran again after (hours)"))
    actual_rpo = _hours(gettext_lazy("data that were lost (hours)"))
    target_rto = _hours(gettext_lazy("was to run again within (hours)"))
    target_rpo = _hours(gettext_lazy("data that could be lost (hours)"))

    # Of an activation what it began with, in another register (registers.happenings).
    origin = models.CharField(max_length=60, null=True, editable=False)

    objects = ActivityQuerySet["ContinuityTest"].as_manager()

    class Meta(Activity.Meta):
        verbose_name = gettext_lazy("test")

    @property
    def is_activation(self) -> bool:
        return self.sort == Sort.ACTIVATION

    @property
    def is_missed(self) -> bool:
        """Return whether a time took longer than its target."""
        pairs = (self.actual_rto, self.target_rto), (self.actual_rpo, self.target_rpo)
        return any(a is not None and t is not None and a > t for a, t in pairs)


class ContinuityFinding(ActivityFinding):
    """A finding of a test, and its task (0002_freeze)."""

    activity = models.ForeignKey(ContinuityTest, models.PROTECT, related_name="findings")

    class Meta(ActivityFinding.Meta):
        verbose_name = gettext_lazy("finding")


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
