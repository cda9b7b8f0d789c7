"""Draft a version of the statement; then it goes the way of any standard proposal."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.controls.models import SoaVersion
from kommissorium.controls.proposal import KIND
from kommissorium.core.refusals import Refused
from kommissorium.registers.actions.standard_proposals import record_draft


@transaction.atomic
def draft_statement(*, by: Person) -> SoaVersion:
    """Draft the next version. Raises Refused while another one is on its way."""
    if not SoaVersion.can_be_drafted_by(by):
        raise PermissionDenied
    if SoaVersion.objects.filter(state__in=["draft", "proposed"]).exists():
        raise Refused(_("A version is on its way already."))
    last = SoaVersion.objects.aggregate(last=Max("number"))["last"] or 0
    made = SoaVersion.objects.create(number=last + 1, made_by=by, made_at=timezone.now())
    record_draft(KIND, made, by=by)
    return made
