"""The review of a service's plans as a duty at the committee's meeting."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.committees.measures import Measure
from kommissorium.committees.models import Committee
from kommissorium.continuity.models import ContinuityPlan, Service
from kommissorium.yearwheel.actions import GivenEvidence, RegisterDuty, keep_due, register_done
from kommissorium.yearwheel.models import Evidence, Occurrence


def keep_review_due(plan: ContinuityPlan, committee: Committee, *, by: Person) -> None:
    """Let the wheel wait for the next review; the version in force is what the last one came to."""
    service, source = plan.service, f"continuity.service:{plan.service_id}"
    shown = GivenEvidence(
        Evidence.Kind.ROW,
        label=str(plan),
        url=plan.get_absolute_url(),
        object_kind="continuity.continuityplan",
        object_id=str(plan.pk),
    )
    register_done(source, by=by, result=Occurrence.Result.DONE, evidence=[shown])
    keep_due(
        _duty(),
        committee,
        source=source,
        link=service.get_absolute_url(),
        due=plan.review_by,
        occasion=_occasion(service),
        delegate=service.responsible,
        by=by,
    )


def drop_review(plan: ContinuityPlan, *, by: Person) -> None:
    """Let nothing be due of a service that has left the register."""
    if plan.committee is not None:
        source, link = f"continuity.service:{plan.service_id}", plan.service.get_absolute_url()
        due = {"due": None, "occasion": _occasion(plan.service), "delegate": None}
        keep_due(_duty(), plan.committee, source=source, link=link, by=by, **due)  # type: ignore[arg-type]


def _occasion(service: Service) -> str:
    """Return what the wheel calls it: its calendars reach others than those who read the service."""
    return _("service no. %(number)d") % {"number": service.pk}


def _duty() -> RegisterDuty:
    return RegisterDuty(
        key="continuity_review",
        title=_("Review the plans of services"),
        method=_("Go through names, numbers, systems and steps with those who are to use them."),
        success=_("The plans in force can be followed today, and were decided on."),
        evidence_wanted=_("The version that was decided on."),
        measure=Measure.CONTINUITY_PLANS,
    )
