"""The plan of information and teaching, its campaigns, courses and simulations, and their figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.assets.models import Area
from kommissorium.registers.models.activities import (
    Activity,
    ActivityFinding,
    ActivityQuerySet,
    YearPlan,
)
from kommissorium.registers.models.proposals import ProposalQuerySet

SLUG = "awareness"
NUMBERS = ("people", "done", "clicked", "gave_data", "reported")


class Sort(models.TextChoices):
    """The sort of activity: a campaign informs, a course and a simulation teach."""

    CAMPAIGN = "campaign", _("Campaign")
    COURSE = "course", _("Course")
    PHISHING = "phishing", _("Phishing simulation")


class Audience(models.TextChoices):
    """The audience. Leaders and the executive board are counted apart from other employees."""

    EMPLOYEES = "employees", _("Employees")
    LEADERS = "leaders", _("Leaders")
    EXECUTIVE = "executive", _("The executive board")


class AwarenessPlan(YearPlan):
    """The plan of a year's information and teaching. Approved, it never changes (0002_freeze)."""

    slug = SLUG

    objects = ProposalQuerySet["AwarenessPlan"].as_manager()

    class Meta(YearPlan.Meta):
        verbose_name = _("plan of information and teaching")


@dataclass(frozen=True, slots=True)
class Published:
    """The public figures of an activity's groups; `total` is None where it tells of few people."""

    rows: Sequence[GroupFigures]
    hidden: int
    total: Mapping[str, int] | None


class AwarenessActivity(Activity):
    """A campaign, a course or a phishing simulation, for one audience of one area or of all.

    `known` is what anybody may see of its figures, once it was fetched (AwarenessKind.prepare).
    """

    slug = SLUG
    known: Published
    plan = models.ForeignKey(AwarenessPlan, models.CASCADE, related_name="activities")
    sort = models.CharField(_("kind"), max_length=10, choices=Sort)
    audience = models.CharField(_("for whom"), max_length=10, choices=Audience)
    area = models.ForeignKey(
        Area,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("area"),
        help_text=_("None is the whole municipality."),
    )
    target = models.PositiveSmallIntegerField(
        _("per cent who are to complete it"),
        null=True,
        blank=True,
        help_text=_("Of a course alone. Below it nobody can say that it was reached."),
    )

    objects = ActivityQuerySet["AwarenessActivity"].as_manager()

    class Meta(Activity.Meta):
        verbose_name = _("activity")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(target=None) | models.Q(target__gte=1, target__lte=100),
                name="awareness_target_is_a_percentage",
            )
        ]

    def completions_can_be_noted_by(self, person: Person) -> bool:
        """Return whether `person` may note completions: of a course, coordinators alone."""
        is_course = self.sort == Sort.COURSE
        return person.is_coordinator and is_course and self.can_be_held_by(person)

    @property
    def for_whom(self) -> str:
        """Return the audience in words, with its area."""
        whom = str(self.get_audience_display())
        if self.area is None:
            return whom
        return gettext("%(whom)s in %(area)s") % {"whom": whom, "area": self.area.name}


class AwarenessFinding(ActivityFinding):
    """A finding of a campaign, a course or a simulation, and its task (0002_freeze)."""

    activity = models.ForeignKey(AwarenessActivity, models.PROTECT, related_name="findings")

    class Meta(ActivityFinding.Meta):
        verbose_name = _("finding")


class GroupFigures(models.Model):
    """The figures of one group: an area's employees, leaders, or executive board.

    Of a course `people` took part in it by right, and `done` completed it; of a simulation
    `people` were sent the mail. Counted ones come of rows of persons; others are written by hand.
    """

    activity = models.ForeignKey(AwarenessActivity, models.PROTECT, related_name="figures")
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("area")
    )
    audience = models.CharField(
        _("who they are"), max_length=10, choices=Audience, default=Audience.EMPLOYEES
    )
    people = models.PositiveIntegerField(_("how many it was for"))
    done = models.PositiveIntegerField(_("completed or reached"), default=0)
    clicked = models.PositiveIntegerField(_("clicked"), default=0)
    gave_data = models.PositiveIntegerField(_("gave data"), default=0)
    reported = models.PositiveIntegerField(_("reported it"), default=0)
    is_counted = models.BooleanField(default=False)

    class Meta:
        ordering = ["area__name", "audience", "pk"]
        verbose_name = _("figures of a group")
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "area", "audience"], name="one_row_of_figures_per_group"
            ),
            models.UniqueConstraint(
                fields=["activity", "audience"],
                condition=models.Q(area=None),
                name="one_row_of_figures_without_area",
            ),
            models.CheckConstraint(
                condition=models.Q(done__lte=models.F("people"))
                & models.Q(clicked__lte=models.F("people"))
                & models.Q(gave_data__lte=models.F("clicked"))
                & models.Q(reported__lte=models.F("people")),
                name="no_more_than_there_are_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.area_id} {self.audience}"
