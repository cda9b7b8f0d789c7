"""The plan of information and teaching, its activities, completions, figures and evaluations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import OrganisationRole, Person, held_on
from kommissorium.assets.models import Area
from kommissorium.committees.models import Clause, Holding
from kommissorium.measures.periods import Half
from kommissorium.registers.models.activities import (
    Activity,
    ActivityFinding,
    ActivityQuerySet,
    YearPlan,
)
from kommissorium.registers.models.kept import RoomSettings, only_row
from kommissorium.registers.models.proposals import Evaluation, ProposalQuerySet
from kommissorium.registers.numbers import LEAST, parted

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


class GroupFiguresQuerySet(models.QuerySet["GroupFigures"]):
    def visible_to(self, person: Person) -> GroupFiguresQuerySet:
        """Return all to coordinators; to others what is published of plans that they read."""
        if person.is_coordinator:
            return self
        plans = AwarenessPlan.objects.visible_to(person).values("pk")
        rows = self.filter(activity__plan__in=plans).order_by("activity", "pk")
        groups = groupby(rows, key=lambda one: one.activity_id)
        keys = [one.pk for _activity, group in groups for one in published(group).rows]
        return self.filter(pk__in=keys)


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

    objects = GroupFiguresQuerySet.as_manager()

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


class CompletionQuerySet(models.QuerySet["Completion"]):
    def visible_to(self, person: Person) -> CompletionQuerySet:
        """Return all to keepers of the register and the data protection officer, else one's own."""
        return self if reads_persons(person) else self.filter(person=person)


class Completion(models.Model):
    """A person whom a course is for, and when they completed it; None while they have not.

    `who` is an e-mail or a number of the learning system. Erased by rule, months after.
    """

    UNKEPT = "a rule erases them"

    activity = models.ForeignKey(AwarenessActivity, models.PROTECT, related_name="completions")
    who = models.CharField(_("e-mail or number"), max_length=254)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("area")
    )
    audience = models.CharField(
        _("who they are"), max_length=10, choices=Audience, default=Audience.EMPLOYEES
    )
    done_on = models.DateField(_("completed on"), null=True)
    edit_version = models.PositiveIntegerField(default=1)

    objects = CompletionQuerySet.as_manager()

    class Meta:
        ordering = ["who"]
        verbose_name = _("course of a person")
        constraints = [models.UniqueConstraint(fields=["activity", "who"], name="once_in_a_course")]

    def __str__(self) -> str:
        return self.who


def reads_persons(person: Person) -> bool:
    """Return whether `person` reads who took a course: coordinators, and the data protection
    officer, who is so by role and by an adviser's seat."""
    if person.is_coordinator:
        return True
    if OrganisationRole.Kind.DPO not in person.current_roles:
        return False
    today = timezone.localdate()
    seats = Holding.objects.filter(held_on(today), held_on(today, "seat__"), person=person)
    return seats.filter(seat__role=Clause.Role.ADVISER).exists()


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


class AwarenessSettings(RoomSettings):
    """Settings of the register."""

    names = ("person_months",)

    person_months = models.PositiveSmallIntegerField(
        _("months until it is erased who took a course"),
        default=12,
        help_text=_("Counted from the day of the course. The figures of areas stay."),
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )

    class Meta(RoomSettings.Meta):
        constraints = [only_row("one_row_of_awareness_settings")]


def published(figures: Iterable[GroupFigures]) -> Published:
    """Return the groups that can be shown, the number of others, and the sums of all."""
    rows = list(figures)
    by_key = sorted(rows, key=lambda one: one.pk or 0)
    shown, hidden = parted(by_key, lambda one: one.people)
    kept = {id(one) for one in shown}
    whole = {name: sum(getattr(one, name) for one in rows) for name in NUMBERS}
    return Published(
        [one for one in rows if id(one) in kept],
        len(hidden),
        whole if whole["people"] >= LEAST else None,
    )
