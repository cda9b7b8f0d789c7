"""The review of a service's plans as a duty at the committee's meeting."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.committees.measures import Measure
from kommissorium.committees.models import Committee
from kommissorium.continuity.models import ContinuityPlan
from kommissorium.core.evidence.models import reference
from kommissorium.yearwheel.actions import GivenEvidence, RegisterDuty, keep_due, register_done
from kommissorium.yearwheel.models import Evidence, Occurrence


def keep_review_due(plan: ContinuityPlan, committee: Committee, *, by: Person) -> None:
    """Keep the next review on the wheel; the version in force is the result of the last one."""
    kind, key = reference(plan)
    url, row = plan.get_absolute_url(), Evidence.Kind.ROW
    shown = GivenEvidence(row, label=str(plan), url=url, object_kind=kind, object_id=key)
    register_done(_source(plan), by=by, result=Occurrence.Result.DONE, evidence=[shown])
    _keep_due(plan, committee, plan.review_by, plan.service.responsible, by)


def drop_review(plan: ContinuityPlan, *, by: Person) -> None:
    """Remove the review of a service that has left the register."""
    if plan.committee is not None:
        _keep_due(plan, plan.committee, None, None, by)


def _source(plan: ContinuityPlan) -> str:
    return f"continuity.service:{plan.service_id}"


def _keep_due(
    plan: ContinuityPlan, committee: Committee, due: date | None, who: Person | None, by: Person
) -> None:
    """Keep it due; the wheel's calendars reach people who may not read what the service is."""
    keep_due(
        RegisterDuty(
            key="continuity_review",
            title=_("Review the plans of services"),
            method=_(
                "Go through names, numbers, systems and steps with those who are to use them."
            ),
            success=_("The plans in force can be followed today, and were decided on."),
            evidence_wanted=_("The version that was decided on."),
            measure=Measure.CONTINUITY_PLANS,
        ),
        committee,
        source=_source(plan),
        link=plan.service.get_absolute_url(),
        due=due,
        occasion=_("service no. %(number)d") % {"number": plan.service_id},
        delegate=who,
        by=by,
    )
