"""Plan what is done about risks: tasks with a cost and with what they are to bring the risk to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.cleaning import clean_reason
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.localised import MOST_KRONER, kroner
from kommissorium.meetings.models import Decision
from kommissorium.risks.elsewhere import lineage_of
from kommissorium.risks.models import Assessment, PlanAction, Scenario
from kommissorium.risks.models.plans import SLIPPED, days_as_at, last_near, plan_can_be_kept_by
from kommissorium.tasks.actions.delegations import delegate_task
from kommissorium.tasks.actions.tasks import change_task, give_task
from kommissorium.tasks.models import Task


@dataclass(frozen=True, slots=True)
class Plan:
    """Cost of an action, in whole kroner, and the steps it is to bring the risk down to."""

    cost: int | None = None
    expected_likelihood: int | None = None
    expected_consequence: int | None = None


@transaction.atomic
def add_action(
    scenario: Scenario,
    *,
    by: Person,
    title: str,
    owner: Person | None,
    due: date,
    plan: Plan = Plan(),
    description: str = "",
) -> PlanAction:
    """Plan an action against a risk; it is a task of its owner.

    Whoever may not give tasks to others keeps it until the other has said yes. Raises Refused
    as give_task does, for a cost nobody can mean, for steps the scale has not, and for a risk
    that is no longer looked after.
    """
    if not plan_can_be_kept_by(scenario, by):
        raise PermissionDenied
    _refuse_over(scenario)
    _refuse_plan(scenario, plan)
    gives = Task.can_be_given_by(by, None, owner)
    task = give_task(
        by=by,
        title=title,
        owner=owner if gives or owner is None else by,
        due=due,
        description=description,
        born=scenario,
        born_link=reverse("risk", args=[scenario.pk]),
    )
    if owner is not None and not gives:
        delegate_task(task, by=by, to=owner)
    return _planned(scenario, task, plan, by)


@transaction.atomic
def weigh_again(key: str, title: str, *, by: Person, **more: Any) -> Task | None:
    """Plan that a risk is assessed anew, by whoever owns it or assessed it, as a committee decided.

    Its caller has checked who may. None where the risk is looked after no more.
    """
    lineage = lineage_of(key)
    found = Scenario.objects.in_force().filter(lineage=lineage).first() if lineage else None
    if found is None:
        return None
    owner = next((o for o in (found.owner, found.assessment.assessor) if o and o.is_active), by)
    link = reverse("risk", args=[found.pk])
    task = give_task(by=by, title=title, owner=owner, born=found, born_link=link, **more)
    _planned(found, task, Plan(), by)
    return task


def _planned(scenario: Scenario, task: Task, plan: Plan, by: Person) -> PlanAction:
    made = PlanAction.objects.create(
        scenario=scenario, task=task, first_due=task.due, **asdict(plan)
    )
    facts = {"task": task.pk, "due": task.due, **_given(plan)}
    record("risks.action_planned", scenario, by=by, facts=facts)
    return made


@transaction.atomic
def change_action(
    action: PlanAction,
    *,
    by: Person,
    title: str,
    owner: Person | None,
    due: date,
    plan: Plan,
    description: str,
    edit_version: int,
) -> None:
    """Change an open action; `edit_version` is its task's. A later day makes it slip.

    Raises Refused and Conflict as change_task and add_action do.
    """
    _refuse_plan(action.scenario, plan)
    change_task(
        action.task,
        by=by,
        title=title,
        description=description,
        owner=owner,
        due=due,
        edit_version=edit_version,
    )
    PlanAction.objects.filter(pk=action.pk).update(**asdict(plan))
    action.refresh_from_db()
    facts = {"task": action.task_id, "due": due, **_given(plan)}
    record("risks.action_changed", action.scenario, by=by, facts=facts)


@transaction.atomic
def say_impossible(action: PlanAction, *, by: Person, because: str) -> None:
    """Say that an open action cannot be done, and why: the committee then takes it up.

    Raises Refused for no reason, for a finished one, and where it has been said already.
    """
    if not action.can_be_called_impossible_by(by):
        raise PermissionDenied
    because = clean_reason(because)
    rows = PlanAction.objects.open().filter(pk=action.pk, impossible_at=None)
    said = {"impossible_because": because, "impossible_at": timezone.now(), "impossible_by": by}
    if not rows.update(**said):
        raise Refused(_("It is finished, or somebody has said so already."))
    action.refresh_from_db()
    record("risks.action_impossible", action.scenario, by=by, facts={"task": action.task_id})


@transaction.atomic
def say_possible(action: PlanAction, *, by: Person) -> None:
    """Take back that an action cannot be done. Raises Refused where nobody has said so."""
    if not action.can_be_called_impossible_by(by):
        raise PermissionDenied
    rows = PlanAction.objects.filter(pk=action.pk, impossible_at__isnull=False)
    if not rows.update(impossible_because="", impossible_at=None, impossible_by=None):
        raise Refused(_("Nobody has said that it cannot be done."))
    action.refresh_from_db()
    record("risks.action_possible", action.scenario, by=by, facts={"task": action.task_id})


@transaction.atomic
def agree_to_days(days: Mapping[PlanAction, date], decision: Decision, *, by: Person) -> None:
    """Note the days some actions were due when the committee decided on them.

    They slip when they are put off beyond that. Part of the decision's effect: its caller has
    checked who may.
    """
    for action, due in days.items():
        PlanAction.objects.filter(pk=action.pk).update(agreed_due=due, agreed_in=decision)
        facts = {"task": action.task_id, "due": due, "decision": decision.pk}
        record("risks.action_day_agreed", action.scenario, by=by, facts=facts)


@transaction.atomic
def agree_to_plans(assessment: Assessment, decision: Decision, *, by: Person) -> None:
    """Note the days of the open actions of an assessment as they stood when it was approved: those
    that moved, and those more than twelve months ahead.

    What was put off is left to the item about it, where the meeting has one.
    """
    meeting = decision.meeting
    moment = (meeting.closed_at or meeting.ends_at) if meeting else decision.decided_at
    moved, _agreed = days_as_at(moment)
    lineages = assessment.scenarios.order_by().values("lineage")
    rows = PlanAction.objects.open().filter(
        scenario__lineage__in=lineages, task__created_at__lte=moment
    )
    decided_on = timezone.localdate(moment)
    is_asked = meeting and meeting.items.standing().filter(subject_kind=SLIPPED).exists()
    days = {}
    for one in rows.select_related("task", "scenario").order_by("pk"):
        due, promised = moved.get(one.task_id, one.task.due), one.agreed_due or one.first_due
        is_far = one.agreed_due is None and due is not None and due > last_near(decided_on)
        if due and (due != promised or is_far) and not (is_asked and (due > promised or is_far)):
            days[one] = due
    agree_to_days(days, decision, by=by)


def may_change(action: PlanAction, person: Person) -> bool:
    """Return whether `person` may change it: as long as it is open, who may change its task."""
    return action.task.is_open and action.task.can_be_changed_by(person)


def _refuse_over(scenario: Scenario) -> None:
    open_states = {Assessment.State.DRAFT, Assessment.State.PROPOSED}
    if not (scenario.is_in_force or scenario.assessment.state in open_states):
        raise Refused(_("A newer assessment has taken the place of this one. Plan it there."))


def _refuse_plan(scenario: Scenario, plan: Plan) -> None:
    errors = {}
    if plan.cost is not None and plan.cost < 0:
        errors["cost"] = _("The amount cannot be less than 0.")
    if plan.cost is not None and plan.cost > MOST_KRONER:
        text = _("The amount can be %(most)s at most.")
        errors["cost"] = text % {"most": kroner(MOST_KRONER)}
    for name in ("likelihood", "consequence"):
        step, now = getattr(plan, f"expected_{name}"), getattr(scenario, name)
        if step is not None and not 1 <= step <= scenario.assessment.scale.size:
            errors[f"expected_{name}"] = _("Choose from the list.")
        elif step is not None and now is not None and step > now:
            errors[f"expected_{name}"] = _("An action cannot be meant to make the risk greater.")
    if errors:
        raise Refused(**errors)


def _given(plan: Plan) -> dict[str, int]:
    return {name: value for name, value in asdict(plan).items() if value is not None}
