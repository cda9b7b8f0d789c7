"""Treatment plans: what is to be done about risks, by whom, until when, and at what cost."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.meetings.models import Decision
from kommissorium.risks.models.assessments import WORD_LENGTH, Scenario
from kommissorium.tasks.models import Task


class PlanActionQuerySet(models.QuerySet["PlanAction"]):
    def visible_to(self, person: Person) -> PlanActionQuerySet:
        """Return those of the risks `person` may read."""
        return self.filter(scenario__in=Scenario.objects.visible_to(person).values("pk"))

    def open(self) -> PlanActionQuerySet:
        return self.filter(task__state=Task.State.OPEN)

    def overdue(self, on: date) -> PlanActionQuerySet:
        """Return the open ones that should have been done before the date."""
        return self.open().filter(task__due__lt=on)

    def slipped(self, on: date) -> PlanActionQuerySet:
        """Return the open ones that are overdue, put off, or said to be impossible.

        One whose later day the committee has agreed to is not put off.
        """
        promised = Coalesce("agreed_due", "first_due")
        late = models.Q(task__due__lt=on) | models.Q(task__due__gt=promised)
        return self.open().filter(late | models.Q(impossible_at__isnull=False))

    def impossible(self) -> PlanActionQuerySet:
        """Return the open ones of which somebody has said that they cannot be done."""
        return self.open().filter(impossible_at__isnull=False)


class PlanAction(models.Model):
    """A task that is to lower a risk. Owner, due date and state are the task's.

    `cost` is whole kroner, None for not known. `first_due` is the day first promised, and
    `agreed_due` a later one the committee agreed to by the decision `agreed_in`: a task that is
    due later than promised, or overdue, has slipped. `impossible_at` says that it cannot be done.
    The expected steps are what the risk is to come down to.
    """

    scenario = models.ForeignKey(Scenario, models.PROTECT, related_name="actions")
    task = models.OneToOneField(Task, models.PROTECT, related_name="plan_action")
    cost = models.PositiveBigIntegerField(_("cost"), null=True)
    first_due = models.DateField()
    agreed_due = models.DateField(null=True)
    agreed_in = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="+")
    expected_likelihood = models.PositiveSmallIntegerField(null=True)
    expected_consequence = models.PositiveSmallIntegerField(null=True)
    impossible_because = models.CharField(max_length=WORD_LENGTH, blank=True)
    impossible_at = models.DateTimeField(null=True)
    impossible_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = PlanActionQuerySet.as_manager()

    class Meta:
        ordering = ["task__due", "pk"]
        verbose_name = _("action of a treatment plan")

    def __str__(self) -> str:
        return f"{self.scenario_id} {self.task_id}"

    @property
    def is_impossible(self) -> bool:
        """Return whether it is open and somebody has said that it cannot be done."""
        return self.impossible_at is not None and self.task.is_open

    @property
    def is_put_off(self) -> bool:
        """Return whether it is open and due later than was promised or agreed to."""
        return self.task.is_open and self.task.due > (self.agreed_due or self.first_due)

    def can_be_called_impossible_by(self, person: Person) -> bool:
        """Return whether `person` may say that it cannot be done: its owner, who keeps the plan."""
        return person.pk == self.task.owner_id or plan_can_be_kept_by(self.scenario, person)


def plan_can_be_kept_by(scenario: Scenario, person: Person) -> bool:
    """Return whether `person` may plan what is done about a risk, and propose to accept it.

    The coordinator, who assessed it, and who owns it.
    """
    own = person.pk in (scenario.owner_id, scenario.assessment.assessor_id)
    return own or person.is_coordinator


def whose_plan_is_kept_by(person: Person) -> models.Q:
    """Return the condition on Scenario that plan_can_be_kept_by() asks of one."""
    if person.is_coordinator:
        return models.Q()
    return models.Q(owner=person) | models.Q(assessment__assessor=person)
