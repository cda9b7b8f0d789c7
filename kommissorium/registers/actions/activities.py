"""Plan the activities of a year, say how each went, give tasks of it, and begin evaluations.

Its events are the kit's own, with the facts by which their kind calls them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy as copied
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.actions.rows import change_row, refuse_gone
from kommissorium.core.cleaning import clean_fields, clean_reason, clean_text
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.localised import day
from kommissorium.measures.days import add_months
from kommissorium.registers.actions.planned_duties import finish_activity, keep_activity
from kommissorium.registers.actions.proposals import hold_draft
from kommissorium.registers.actions.standard_proposals import record_draft
from kommissorium.registers.models.activities import Activity, ActivityFinding, YearPlan
from kommissorium.registers.models.proposals import Evaluation
from kommissorium.registers.proposed_activities import missing
from kommissorium.registers.standard_proposals import EvaluationProposal
from kommissorium.tasks.actions import give_task

if TYPE_CHECKING:
    from kommissorium.registers.activities import ActivityKind

    type Kind = ActivityKind[Any]


@transaction.atomic
def draft_plan(
    kind: Kind, *, by: Person, year: int | None = None, proposed: Iterable[Activity] = ()
) -> YearPlan:
    """Begin a plan with what was approved last, moved to its year, and what is proposed beside it.

    Without a `year` it is for the one after that, or this one.
    """
    model = kind.plan.model
    if not model.can_be_drafted_by(by):
        raise PermissionDenied
    plans = model._default_manager  # noqa: SLF001
    last = plans.filter(state="approved").order_by("-year", "-pk").first()
    year = year or max(timezone.localdate().year, last.year + 1 if last else 0)
    words, now = last.statement if last else "", timezone.now()
    made: YearPlan = plans.create(year=year, statement=words, made_by=by, made_at=now)
    copies = []
    for row in last.activities.filter(called_off_at=None).order_by("pk") if last else ():
        planned = add_months(row.planned_for, 12 * (year - row.planned_for.year))
        copies.append(kind.added_to(row))
        copies[-1].planned_for = planned
    for one in (*copies, *missing(proposed, copies, kind.told_by)):
        one.plan, one.made_by, one.made_at = made, by, now
        one.save(force_insert=True)
        record("registers.activity_planned", one, by=by, facts=kind.told(one))
    record_draft(kind.plan, made, by=by)
    return made


@transaction.atomic
def plan_activity(kind: Kind, plan: YearPlan, *, by: Person, values: Mapping[str, Any]) -> Activity:
    """Add an activity to a draft, or to a plan that holds: then it says that it came later.

    What happened of itself is added to an approved plan of its year, whether that still holds.
    """
    if not plan.can_be_drafted_by(by):
        raise PermissionDenied
    cleaned = clean_fields(kind.model, values)
    wanted = kind.model(**cleaned)
    is_open = plan.takes_more_on(timezone.localdate())
    if plan.is_draft:
        hold_draft(plan)
    elif not (is_open or (plan.is_approved and kind.is_unplanned(wanted))):
        raise Refused(_("This plan takes no more: another has taken its place."))
    _refuse_day(kind, plan, wanted)
    kind.refuse_planned(cleaned)
    made: Activity = kind.model._default_manager.create(  # noqa: SLF001
        plan=plan, is_extra=plan.is_approved, made_by=by, made_at=timezone.now(), **cleaned
    )
    record("registers.activity_planned", made, by=by, facts=kind.told(made))
    keep_activity(kind, made, by=by)
    return made


@transaction.atomic
def change_activity(
    kind: Kind, activity: Activity, *, by: Person, values: Mapping[str, Any], edit_version: int
) -> None:
    """Change an activity of a draft; of an approved plan who answers for it, and its day.

    The day by which the committee approved it stays known by the chain. Raises Conflict.
    """
    if not activity.can_be_changed_by(by):
        raise PermissionDenied
    cleaned = clean_fields(kind.model, values)
    if activity.plan.is_draft:
        hold_draft(activity.plan)
    moved = copied(activity)
    moved.planned_for = cleaned["planned_for"]
    _refuse_day(kind, activity.plan, moved)
    kind.refuse_planned(cleaned)
    change_row(
        activity,
        cleaned,
        edit_version=edit_version,
        act="registers.activity_changed",
        by=by,
        facts=kind.told,
    )
    keep_activity(kind, activity, by=by)


@transaction.atomic
def remove_activity(kind: Kind, activity: Activity, *, by: Person) -> None:
    """Take an activity out of a draft."""
    if not activity.plan.can_be_drafted_by(by):
        raise PermissionDenied
    hold_draft(activity.plan)
    refuse_gone(activity)
    facts, plan = kind.told(activity) | {"activity": activity.pk}, activity.plan
    activity.delete()
    record("registers.activity_removed", plan, by=by, facts=facts)


@transaction.atomic
def hold_activity(
    kind: Kind, activity: Activity, *, by: Person, values: Mapping[str, Any], edit_version: int
) -> None:
    """Say when it was held and what came of it; said again, the newest word counts.

    Raises Refused for a day to come or before the plan held, for no conclusion, and for an outcome
    that the figures speak against; Conflict.
    """
    if not activity.can_be_held_by(by):
        raise PermissionDenied
    cleaned = clean_fields(kind.model, values)
    _refuse_held_on(kind, activity, cleaned["held_on"])
    kind.refuse_outcome(activity, cleaned["outcome"])
    change_row(
        activity,
        kind.checked(activity, cleaned),
        edit_version=edit_version,
        act="registers.activity_held",
        by=by,
        facts=lambda now: {
            **kind.told(now),
            "held_on": now.held_on,
            "outcome": now.outcome,
        },
        among=kind.model._default_manager.filter(called_off_at=None),  # noqa: SLF001
    )
    finish_activity(activity, by=by)


@transaction.atomic
def call_off_activity(kind: Kind, activity: Activity, *, by: Person, because: str) -> None:
    """Call an activity of an approved plan off, for good. It counts as not held."""
    if not activity.plan.can_be_drafted_by(by) or not activity.plan.is_approved:
        raise PermissionDenied
    reason = clean_reason(because)
    rows = kind.model._default_manager.filter(pk=activity.pk)  # noqa: SLF001
    changes = {"called_off_at": timezone.now(), "called_off_because": reason}
    is_open = {"held_on": None, "called_off_at": None}
    if not rows.filter(**is_open).update(**changes, edit_version=F("edit_version") + 1):
        raise Refused(_("It was held or called off already."))
    activity.refresh_from_db()
    record("registers.activity_called_off", activity, by=by, facts=kind.told(activity))
    keep_activity(kind, activity, by=by)


@transaction.atomic
def note_finding(
    kind: Kind,
    activity: Activity,
    *,
    by: Person,
    text: str,
    title: str,
    owner: Person | None,
    due: date,
    **more: Any,
) -> ActivityFinding:
    """Note what an activity showed, and give the task of it. Raises Refused for one not held.

    `more` is what else the room says of it. Where the room shows findings itself, its committee
    gives the task, and it need not be held yet.
    """
    if not activity.findings_can_be_noted_by(by):
        raise PermissionDenied
    if not activity.is_held and not kind.has_own_findings:
        raise Refused(_("Say first when it was held."))
    kind.refuse_finding(activity, owner)
    words = clean_text(text, "text", 2000, wanted=_("Must be filled in."))
    others = clean_fields(kind.finding, more)
    of_room = kind.has_own_findings and not by.is_coordinator
    task = give_task(
        by=by,
        title=title,
        owner=owner,
        due=due,
        committee=activity.plan.committee if by.is_coordinator or of_room else None,
        description=words,
        born=activity,
        born_link=activity.get_absolute_url(),
        of_room=of_room,
    )
    findings: Any = kind.finding._default_manager  # noqa: SLF001
    made: ActivityFinding = findings.create(
        activity=activity, text=words, task=task, made_by=by, made_at=timezone.now(), **others
    )
    facts = kind.told(activity) | {"task": task.pk}
    record("registers.activity_finding", activity, by=by, facts=facts)
    return made


def record_result(
    kind: Kind, activity: Activity, numbers: Mapping[str, int], *, by: Person | None
) -> None:
    """Record the figures of an activity as they are now, last in the room's own transaction."""
    facts = kind.told(activity) | {"numbers": dict(numbers)}
    record("registers.activity_result", activity, by=by, facts=facts)


def _refuse_day(kind: Kind, plan: YearPlan, activity: Activity) -> None:
    """Refuse a day of another year, and one before a plan held that is approved already."""
    planned_for = activity.planned_for
    if planned_for.year != plan.year:
        raise Refused(planned_for=_("Choose a day of %(year)s.") % {"year": plan.year})
    begun = None if kind.is_unplanned(activity) else plan.in_force_from
    if begun and planned_for < begun:
        text = _("The plan holds from %(day)s. Choose a later day.")
        raise Refused(planned_for=text % {"day": day(begun)})


def _refuse_held_on(kind: Kind, activity: Activity, held_on: date | None) -> None:
    begun = None if kind.is_unplanned(activity) else activity.plan.in_force_from
    if held_on is None:
        raise Refused(held_on=_("Must be filled in."))
    if held_on > timezone.localdate():
        raise Refused(held_on=_("The day has not come yet. Choose today or an earlier day."))
    if begun and held_on < begun:
        text = _("The plan holds from %(day)s: what was held before it was not planned.")
        raise Refused(held_on=text % {"day": day(begun)})


@transaction.atomic
def draft_evaluation[M: Evaluation](kind: EvaluationProposal[M], *, by: Person, **of: Any) -> M:
    """Begin the evaluation of what `of` says. Raises Refused where one is begun already."""
    if not kind.model.can_be_drafted_by(by):
        raise PermissionDenied
    kind.refuse_new(of)
    rows = kind.model._default_manager  # noqa: SLF001
    if rows.filter(**of).exclude(state="dropped").exists():
        raise Refused(_("It is evaluated already, or about to be."))
    made: M = rows.create(made_by=by, made_at=timezone.now(), **of, **kind.begun_with(of))
    record_draft(kind, made, by=by)
    return made
