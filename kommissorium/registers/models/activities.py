"""Models of yearly plans, their activities and findings; migration steps keep what was approved.

Abstract: a room names its own tables, and what else it says of an activity.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar, Final, Self

from django.db import models
from django.db.migrations.operations.base import Operation
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.core.evidence.freeze_triggers import freeze_table, refuse_changes
from kommissorium.core.evidence.models import Past
from kommissorium.registers.models.proposals import Proposal
from kommissorium.tasks.models import Task


class YearPlan(Proposal):
    """Plan of a year's activities, as a committee approves it. Approved, it never changes.

    An activity can be added to it later all the same: it says that the committee did not see it.
    """

    slug: ClassVar[str]  # of its ActivityKind

    year = models.PositiveSmallIntegerField(_("year"))
    statement = models.TextField(_("what is wanted this year"), blank=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        abstract = True
        ordering = ["-year", "-pk"]

    def __str__(self) -> str:
        return str(self.year)

    def get_absolute_url(self) -> str:
        return reverse("activity_plan", args=[self.slug, self.pk])

    def takes_more_on(self, day: date) -> bool:
        """Return whether activities can be added: to a draft, and while it holds or is to hold."""
        is_kept = self.in_force_to is None or self.in_force_to > day
        return self.is_draft or (self.is_approved and is_kept)


class ActivityState(models.TextChoices):
    """State of an activity. Late is one that is past its day, neither held nor called off."""

    PLANNED = "planned", _("Planned")
    LATE = "late", _("Late")
    HELD = "held", _("Held")
    CALLED_OFF = "called_off", _("Called off")


TONES = {
    ActivityState.PLANNED: "info",
    ActivityState.LATE: "error",
    ActivityState.HELD: "success",
    ActivityState.CALLED_OFF: "neutral",
}


class ActivityOutcome(models.TextChoices):
    """Outcome of an activity, measured against the criterion."""

    MET = "met", _("Reached")
    PARTLY = "partly", _("Partly reached")
    NOT_MET = "not_met", _("Not reached")


class ActivityQuerySet[M: Activity](models.QuerySet[M]):
    """Questions about activities."""

    def approved(self) -> Self:
        """Return those of plans that a committee has approved."""
        return self.filter(plan__state="approved")

    def in_state(self, state: str, day: date) -> Self:
        """Return those that are so on the day."""
        return self.filter(in_state(state, day))


def in_state(state: str, day: date) -> models.Q:
    """Return the condition that an activity is so on the day."""
    is_off, is_held = models.Q(called_off_at__isnull=False), models.Q(held_on__isnull=False)
    is_open = ~is_off & ~is_held
    conditions = {
        ActivityState.PLANNED: is_open & models.Q(planned_for__gte=day),
        ActivityState.LATE: is_open & models.Q(planned_for__lt=day),
        ActivityState.HELD: is_held,
        ActivityState.CALLED_OFF: is_off,
    }
    return conditions[ActivityState(state)]


class Activity(models.Model):
    """Something planned for a day, which somebody answers for; held, or called off with a reason.

    A room adds `plan`, the foreign key to its YearPlan, with the related name "activities".
    """

    PAST = Past(under="plan", opened_to=lambda person: person.is_coordinator)

    State = ActivityState
    Outcome = ActivityOutcome
    slug: ClassVar[str]  # of its ActivityKind
    plan: Any
    plan_id: int

    title = models.CharField(_("what is to be done"), max_length=200)
    planned_for = models.DateField(_("to be held by"))
    responsible = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name=_("who answers for it")
    )
    criterion = models.TextField(
        _("what is to come of it"), help_text=_("What you will hold the result against.")
    )
    is_extra = models.BooleanField(default=False)  # added after the committee approved the plan
    held_on = models.DateField(_("held on"), null=True)
    outcome = models.CharField(
        _("held against what was wanted"), max_length=10, choices=ActivityOutcome, default=""
    )
    conclusion = models.TextField(_("conclusion"), default="")
    called_off_at = models.DateTimeField(null=True)
    called_off_because = models.TextField(_("why it was called off"), default="")
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    edit_version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True
        ordering = ["planned_for", "pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return self.address("activity")

    def address(self, name: str) -> str:
        """Return the address of that name among those of this activity."""
        return reverse(name, args=[self.slug, self.pk])

    @property
    def is_held(self) -> bool:
        return self.held_on is not None

    @property
    def is_open(self) -> bool:
        """Return whether it is still to be held."""
        return not self.is_held and self.called_off_at is None

    def state_on(self, day: date) -> ActivityState:
        """Return how it stands on the day, by what is known today."""
        if self.called_off_at is not None:
            return ActivityState.CALLED_OFF
        if self.is_held:
            return ActivityState.HELD
        return ActivityState.LATE if self.planned_for < day else ActivityState.PLANNED

    def can_be_held_by(self, person: Person) -> bool:
        """Return whether `person` may say how it went: who answers for it, and coordinators."""
        is_theirs = person.is_coordinator or person.pk == self.responsible_id
        return is_theirs and bool(self.plan.is_approved) and self.called_off_at is None

    def findings_can_be_noted_by(self, person: Person) -> bool:
        """Return whether `person` may note what it showed."""
        return self.can_be_held_by(person)

    def can_be_changed_by(self, person: Person) -> bool:
        """Return whether `person` may edit it in a draft, or move it while it is to be held."""
        is_kept = self.plan.is_draft or (self.plan.is_approved and self.is_open)
        return bool(is_kept and self.plan.can_be_drafted_by(person))


class ActivityFinding(models.Model):
    """Finding of an activity and the task that deals with it. It is settled when that ends.

    A room adds `activity`, the foreign key to its Activity, with the related name "findings".
    """

    activity: Any

    text = models.TextField(_("what was found"))
    task = models.ForeignKey(Task, models.PROTECT, related_name="+")
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        abstract = True
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text

    @property
    def is_settled(self) -> bool:
        return not self.task.is_open


PLAN: Final = (
    *("year", "statement", "state", "committee_id", "proposed_by_id", "proposed_at"),
    *("decision_id", "record_id", "in_force_from", "made_by_id", "made_at"),
)
ACTIVITY: Final = ("plan_id", "title", "criterion", "is_extra", "made_by_id", "made_at")
CALLED_OFF: Final = ("called_off_at", "called_off_because", "held_on", "outcome", "conclusion")


def freeze_activities(
    plan: str, activity: str, finding: str, own: Sequence[str] = ()
) -> list[Operation]:
    """Return the steps for these three tables; `own` are the room's columns of what was planned.

    Who answers and when it is held stay free, as does what came of it until it is called off.
    """
    approved = f"(SELECT state FROM {plan} WHERE id = OLD.plan_id) = 'approved'"  # noqa: S608 tables of migrations
    return [
        refuse_changes(plan, PLAN, "OLD.state = 'approved'"),
        refuse_changes(activity, (*ACTIVITY, *own), approved),
        refuse_changes(activity, CALLED_OFF, "OLD.called_off_at IS NOT NULL", name="called_off"),
        freeze_table(finding, ["id"]),
    ]
