"""Draft the plans of a service, add a real activation, and note holders of paper copies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.continuity.kind import KIND, TEST_PLAN
from kommissorium.continuity.models import (
    ContinuityPlan,
    ContinuitySettings,
    ContinuityTestPlan,
    Notice,
    PaperCopy,
    PlanPart,
    Service,
    Sort,
)
from kommissorium.continuity.plan import PLAN
from kommissorium.core.actions.rows import change_row
from kommissorium.core.cleaning import clean_fields
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Refused
from kommissorium.registers.actions.activities import plan_activity
from kommissorium.registers.actions.standard_proposals import record_draft
from kommissorium.registers.models.activities import Activity
from kommissorium.registers.offered import Happening

WORDS = ("starts_when", *PlanPart.values, *(f"no_{one}" for one in PlanPart.values))


@transaction.atomic
def draft_plans(service: Service, *, by: Person) -> ContinuityPlan:
    """Begin the next version with the words of the last. Raises Refused while one is on its way."""
    if not service.can_be_written_by(by):
        raise PermissionDenied
    Service.objects.filter(pk=service.pk).update(is_retired=service.is_retired)  # one at a time
    if service.plans.open().exists():
        raise Refused(_("A version of it is on its way already."))
    last = service.plans.filter(state="approved").order_by("-number").first()
    highest = service.plans.aggregate(highest=Max("number"))["highest"]
    made = ContinuityPlan.objects.create(
        service=service,
        number=(highest or 0) + 1,
        **({name: getattr(last, name) for name in WORDS} if last else {}),
        review_months=ContinuitySettings.current().review_months,
        made_by=by,
        made_at=timezone.now(),
    )
    record_draft(PLAN, made, by=by)
    return made


@transaction.atomic
def add_activation(happening: Happening, *, by: Person, values: Mapping[str, Any]) -> Activity:
    """Add an activation to the plan of its year. Raises Refused, by field."""
    if not ContinuityTestPlan.can_be_drafted_by(by):
        raise PermissionDenied
    year = values["planned_for"].year
    if values["planned_for"] > timezone.localdate():
        raise Refused(planned_for=_("The day has not come yet. Choose today or an earlier day."))
    plans = TEST_PLAN.visible_to(by).filter(state="approved", year=year)
    plan = plans.order_by("-pk").first()
    if plan is None:
        text = _("No plan of tests is approved for %(year)s, and an activation is added to it.")
        raise Refused(planned_for=text % {"year": year})
    own = {"sort": Sort.ACTIVATION, "notice": Notice.UNANNOUNCED, "origin": happening.key}
    return plan_activity(KIND, plan, by=by, values={**values, **own})


def told(copy: PaperCopy) -> dict[str, Any]:
    return {"of": copy.service_id or 0, "title": copy.service.title if copy.service else ""}


@transaction.atomic
def note_copy(*, by: Person, values: Mapping[str, Any]) -> PaperCopy:
    """Note that somebody holds a printed copy. Raises Refused, by field."""
    if not Service.can_be_kept_by(by):
        raise PermissionDenied
    cleaned = clean_fields(PaperCopy, values)
    if cleaned["printed_on"] > timezone.localdate():
        raise Refused(printed_on=_("The day has not come yet. Choose today or an earlier day."))
    made = PaperCopy.objects.create(**cleaned)
    record("continuity.copy_noted", made, by=by, facts=told(made))
    return made


@transaction.atomic
def return_copy(copy: PaperCopy, *, by: Person) -> None:
    """Note that a copy was returned or destroyed. Raises Refused where it was already."""
    if not Service.can_be_kept_by(by):
        raise PermissionDenied
    rows = PaperCopy.objects.filter(pk=copy.pk, returned_on=None)
    if not rows.update(returned_on=timezone.localdate()):
        raise Refused(_("It was returned already."))
    record("continuity.copy_returned", copy, by=by, facts=told(copy))


@transaction.atomic
def change_settings(*, by: Person, values: Mapping[str, Any], edit_version: int) -> None:
    """Change the settings of all plans. Raises Refused, by field, and Conflict."""
    if not Service.can_be_kept_by(by):
        raise PermissionDenied
    found, _made = ContinuitySettings.objects.get_or_create(pk=1)
    change_row(
        found,
        clean_fields(ContinuitySettings, values),
        edit_version=edit_version,
        act="continuity.settings_changed",
        by=by,
        facts=lambda now: {"months": now.review_months},
    )
