"""Draft the plans of a service; then they go the way of any standard proposal."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.continuity.models import ContinuityPlan, ContinuitySettings, PlanPart, Service
from kommissorium.continuity.plan import PLAN
from kommissorium.core.refusals import Refused
from kommissorium.registers.actions.standard_proposals import record_draft

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
