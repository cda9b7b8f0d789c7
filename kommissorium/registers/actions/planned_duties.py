"""Keep on the year wheel what an approved plan promises: the plan is the only source of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any, Final, Protocol

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.evidence.models import reference
from kommissorium.registers.models.activities import Activity, ActivityOutcome, YearPlan
from kommissorium.yearwheel.actions import GivenEvidence, RegisterDuty, register_done
from kommissorium.yearwheel.actions.duties import end_covered
from kommissorium.yearwheel.actions.register_occurrences import Wanted, keep_all_due
from kommissorium.yearwheel.models import Evidence, Occurrence

LEAD_DAYS: Final = 14  # from when the wheel reminds of what is planned
RESULTS: Final = {
    ActivityOutcome.MET: Occurrence.Result.NO_FAULT,
    ActivityOutcome.PARTLY: Occurrence.Result.MINOR,
    ActivityOutcome.NOT_MET: Occurrence.Result.CRITICAL,
}


class Kind(Protocol):
    """What the wheel asks of a kind of activity (ActivityKind)."""

    @property
    def plan(self) -> Any: ...

    @property
    def replaces(self) -> Sequence[str]: ...

    def duty_of(self, activity: Any, /) -> RegisterDuty: ...

    def occasion(self, activity: Any, /) -> str: ...

    def is_unplanned(self, activity: Any, /) -> bool: ...


@transaction.atomic
def keep_planned(kind: Kind, plan: YearPlan, *, by: Person | None) -> None:
    """Keep all that is to be held of an approved plan on its committee's wheel.

    What the committee took from the wheel before and the plan says now is ended, with that reason.
    """
    committee = plan.committee
    if committee is None or not plan.is_approved:
        return
    because = _("“%(plan)s” says when it is held.") % {"plan": kind.plan.title_of(plan)}
    end_covered(committee, kind.replaces, by=by, because=because)
    rows = plan.activities.select_related("responsible").order_by("pk")  # type: ignore[attr-defined]
    wanted: dict[RegisterDuty, list[Wanted]] = {}
    for one in rows.filter(held_on=None, called_off_at=None):
        if not kind.is_unplanned(one):
            wanted.setdefault(kind.duty_of(one), []).append(_wanted(kind, one))
    for duty, several in wanted.items():
        keep_all_due(duty, committee, several, by=by)


def keep_activity(kind: Kind, activity: Activity, *, by: Person) -> None:
    """Keep one on the wheel as it stands: due, or not asked for once it is called off."""
    committee = activity.plan.committee
    if committee is None or not activity.plan.is_approved or kind.is_unplanned(activity):
        return
    keep_all_due(kind.duty_of(activity), committee, [_wanted(kind, activity)], by=by)


def finish_activity(activity: Activity, *, by: Person) -> None:
    """Finish it on the wheel on the day it was held: itself is the evidence.

    What was concluded stays where its readers are: the wheel says the outcome alone.
    """
    key = source_of(activity)
    kind, own = reference(activity)
    url = activity.get_absolute_url()
    held = activity.held_on or timezone.localdate()
    noon = timezone.make_aware(datetime.combine(held, time(12)))
    register_done(
        key,
        by=by,
        result=RESULTS[ActivityOutcome(activity.outcome)],
        conclusion=str(activity.get_outcome_display()),
        evidence=[
            GivenEvidence(
                Evidence.Kind.ROW, label=activity.title, url=url, object_kind=kind, object_id=own
            )
        ],
        at=min(noon, timezone.now()),
    )


def keep_all_planned(kind: Kind) -> int:
    """Keep what the plans that hold promise, also of those approved before the wheel knew them."""
    plans = kind.plan.model._default_manager.filter(state="approved", in_force_to=None)  # noqa: SLF001
    for plan in plans.select_related("committee").order_by("pk"):
        keep_planned(kind, plan, by=None)
    return len(plans)


def source_of(activity: Activity) -> str:
    """Return what the year wheel calls an activity."""
    return ":".join(reference(activity))


def _wanted(kind: Kind, one: Activity) -> Wanted:
    due = one.planned_for if one.is_open else None
    url = one.get_absolute_url()
    return Wanted(source_of(one), url, due, kind.occasion(one), one.responsible)
