"""Treatment plans: what is to be done about risks, by whom, until when, and at what cost."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db import models
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.assets.models import reads_whole_register
from kommissorium.core.evidence.models import Event
from kommissorium.measures.days import add_months
from kommissorium.meetings.models import Decision
from kommissorium.risks.models.assessments import WORD_LENGTH, Assessment, Scenario
from kommissorium.tasks.models import Ending, Task

DUE_CHANGED: Final = ("tasks.task_changed",)
AGREED: Final = "risks.action_day_agreed"
SLIPPED: Final = "risks.slipped"  # the kind of item that asks about what does not go as planned
FINISHED_FOR: Final = timedelta(
    days=60
)  # what is done counts as a plan: then its risk is looked at
AHEAD: Final = 12  # months that a plan reaches without the committee's word


class PlanActionQuerySet(models.QuerySet["PlanAction"]):
    def visible_to(self, person: Person) -> PlanActionQuerySet:
        """Return those of the risks `person` may read."""
        if reads_whole_register(person):
            return self
        return self.filter(scenario__in=Scenario.objects.visible_to(person).values("pk"))

    def open(self) -> PlanActionQuerySet:
        return self.filter(task__state=Task.State.OPEN)

    def overdue(self, on: date) -> PlanActionQuerySet:
        """Return the open ones that should have been done before the date."""
        return self.open().filter(task__due__lt=on)

    def standing(self, day: date) -> PlanActionQuerySet:
        """Return those that count as plans for their risks when the day ends, or now.

        An open one stands while it goes as planned: not late, not put off beyond the day that
        the committee last decided on, not said to be impossible, and not farther ahead than twelve
        months without its word. One that is done stands for sixty days, or until its risk has
        been assessed anew: what is above the level even so needs another.
        """
        then = self.as_on(day)
        done = models.Q(done_on__gte=day - FINISHED_FOR) & ~models.Exists(_assessed_anew(day))
        as_planned = _goes_as_planned(day) & _is_near(day)
        return then.filter(done | models.Q(done_on=None) & as_planned)

    def finished_long(self, day: date) -> PlanActionQuerySet:
        """Return those done for more than sixty days whose risk nobody has assessed since."""
        is_old = models.Q(done_on__lt=day - FINISHED_FOR)
        return self.as_on(day).filter(is_old, ~models.Exists(_assessed_anew(day)))

    def slipped(self, day: date) -> PlanActionQuerySet:
        """Return those that were open when the day ended, or are now, and do not go as planned."""
        return self.as_on(day).filter(~_goes_as_planned(day), models.Q(done_on=None))

    def far(self, day: date) -> PlanActionQuerySet:
        """Return the open ones as planned that are due more than twelve months after the day, and
        of whose day the committee has not decided."""
        is_open = models.Q(done_on=None)
        return self.as_on(day).filter(is_open, _goes_as_planned(day), ~_is_near(day))

    def to_decide(self, day: date) -> PlanActionQuerySet:
        """Return those that the committee is asked about: slipped, or that far ahead."""
        as_planned = _goes_as_planned(day) & _is_near(day)
        return self.as_on(day).filter(~as_planned, models.Q(done_on=None))

    def impossible(self) -> PlanActionQuerySet:
        """Return the open ones of which somebody has said that they cannot be done."""
        return self.open().filter(impossible_at__isnull=False)

    def finished(self) -> PlanActionQuerySet:
        """Return those that are done, of risks that no open action is left for."""
        left = PlanAction.objects.open().filter(
            scenario__lineage=models.OuterRef("scenario__lineage")
        )
        done = self.filter(task__state=Task.State.DONE)
        return done.filter(~models.Exists(left.order_by()))

    def as_on(self, day: date) -> PlanActionQuerySet:
        """Return those that were there and not dropped, each with the day it was done on, due on
        and promised for, as that stood when the day ended. What was asked so already is the same."""
        if "done_on" in self.query.annotations:
            return self
        if day >= timezone.localdate():
            rows = self.exclude(task__state=Task.State.DROPPED)
            return rows.annotate(
                done_on=TruncDate("task__done_at"),
                due_then=models.F("task__due"),
                agreed_then=models.F("agreed_due"),
                promised=Coalesce("agreed_due", "first_due"),
            )
        end = end_of(day)
        due, agreed = days_as_at(end)
        over = Ending.objects.filter(task=models.OuterRef("task"), at__lte=end)
        over = over.filter(models.Q(undone_at=None) | models.Q(undone_at__gt=end)).order_by()
        dropped = models.Exists(over.filter(state=Task.State.DROPPED))
        rows = self.filter(~dropped, task__created_at__lte=end)
        done = over.filter(state=Task.State.DONE).annotate(on=TruncDate("at")).values("on")[:1]
        return rows.annotate(
            done_on=models.Subquery(done),
            due_then=_told(due, models.F("task__due")),
            agreed_then=_told(agreed, models.F("agreed_due")),
            promised=Coalesce(_told(agreed, models.F("agreed_due")), "first_due"),
        )


def _goes_as_planned(day: date) -> models.Q:
    """Return the condition on an open action of as_on() that it goes as planned on the day."""
    kept = models.Q(due_then__gte=day, due_then__lte=models.F("promised"))
    possible = models.Q(impossible_at=None)
    if day < timezone.localdate():
        possible |= models.Q(impossible_at__gt=end_of(day))
    return kept & possible


def _is_near(day: date) -> models.Q:
    """Return the condition on an open action of as_on() that it is due within twelve months, or
    that the committee has decided on its day."""
    return models.Q(due_then__lte=last_near(day)) | models.Q(agreed_then__isnull=False)


def last_near(day: date) -> date:
    """Return the last day that a plan reaches on a day without the committee's word."""
    return add_months(day, AHEAD)


def _assessed_anew(day: date) -> models.QuerySet[Assessment]:
    """Return what was in force on the day and assessed the outer action's risk after it was done."""
    anew = Assessment.objects.in_force_on(day).filter(
        scenarios__lineage=models.OuterRef("scenario__lineage"),
        in_force_from__gt=models.OuterRef("done_on"),
    )
    found: models.QuerySet[Assessment] = anew.order_by()
    return found


def _told(days: Mapping[int, date | None], now: models.F) -> models.expressions.Combinable:
    """Return the day told of a task then; where it has not changed since, what stands now."""
    whens = [
        models.When(task=key, then=models.Value(one, models.DateField()))
        for key, one in days.items()
    ]
    return models.Case(*whens, default=now, output_field=models.DateField()) if whens else now


def end_of(day: date) -> datetime:
    """Return the last moment of a day."""
    after = datetime.combine(day + timedelta(days=1), time())
    return timezone.make_aware(after) - timedelta(microseconds=1)


def days_as_at(moment: datetime) -> tuple[dict[int, date | None], dict[int, date | None]]:
    """Return when tasks were due, and the days the committee had agreed to, at a past moment.

    By the key of the task, for those alone whose day changed since: the chain tells (two queries
    each).
    """
    due = _before(moment, DUE_CHANGED, (*DUE_CHANGED, "tasks.task_given"), "tasks.task")
    return due, _before(moment, (AGREED,), (AGREED,), "risks.scenario")


def _before(
    moment: datetime, changing: Sequence[str], telling: Sequence[str], kind: str
) -> dict[int, date | None]:
    """Return the last day told before the moment of each task that one was told of after it."""
    events = Event.objects.filter(object_kind=kind)
    since = list(events.filter(act__in=changing, at__gt=moment))
    found: dict[int, date | None] = {_task_of(one): None for one in since}
    about = {one.object_id for one in since}
    told = events.filter(act__in=telling, at__lte=moment, object_id__in=about).order_by("seq")
    for one in told if about else ():
        if _task_of(one) in found:
            found[_task_of(one)] = date.fromisoformat(json.loads(one.facts)["due"])
    return found


def _task_of(event: Event) -> int:
    """Return the key of the task an event tells a day of."""
    key = event.object_id if event.act != AGREED else json.loads(event.facts)["task"]
    return int(key)


class PlanAction(models.Model):
    """A task that is to lower a risk. Owner, due date and state are the task's.

    `cost` is whole kroner, None for not known. `first_due` is the day first promised, and
    `agreed_due` the one that stood when the committee last decided on it by `agreed_in`: a task
    that is due later than that, or overdue, has slipped. `impossible_at` says that it cannot be done.
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

    @property
    def is_far(self) -> bool:
        """Return whether it is open and far ahead, and the committee has not decided on its day."""
        return (
            self.task.is_open
            and self.agreed_due is None
            and self.task.due > last_near(timezone.localdate())
        )

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
