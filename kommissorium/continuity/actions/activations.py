"""Add a real activation caused by something in another register."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.continuity.kind import KIND, TEST_PLAN
from kommissorium.continuity.models import ContinuityTestPlan, Notice, Sort
from kommissorium.core.refusals import Refused
from kommissorium.registers.actions.activities import plan_activity
from kommissorium.registers.happenings import Happening
from kommissorium.registers.models.activities import Activity


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
