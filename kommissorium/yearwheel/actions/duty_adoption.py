"""Adopt the duties that the mandate proposes."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.yearwheel.actions.duties import CadenceValues, DutyValues, add_duty
from kommissorium.yearwheel.duty_proposals import ProposedDuty, adopted_keys
from kommissorium.yearwheel.models import Duty


@transaction.atomic
def adopt_duties(
    committee: Committee, proposals: Sequence[ProposedDuty], *, by: Person
) -> list[Duty]:
    """Make a duty of each proposal, in the reader's language; adopted ones are left out.

    Raises Refused as add_duty does.
    """
    if not Duty.can_be_added_by(by, committee):
        raise PermissionDenied
    # The committee's row is held, so that of two who adopt at once the second sees the first.
    Committee.objects.select_for_update().get(pk=committee.pk)
    have = adopted_keys(committee)
    return [_adopt(committee, one, by) for one in proposals if one.key not in have]


def _adopt(committee: Committee, proposal: ProposedDuty, by: Person) -> Duty:
    values = DutyValues(
        title=proposal.title,
        method=proposal.method,
        success=proposal.success,
        evidence_wanted=proposal.evidence_wanted,
        by_decision=proposal.by_decision,
        lead_days=proposal.lead_days,
        responsible_seat=proposal.seat,
        responsible_person=proposal.person,
        feeds=proposal.feeds,
        clause=proposal.clause,
        tags=proposal.tags,
    )
    cadence = CadenceValues(
        proposal.rhythm, proposal.interval_months, proposal.first, proposal.anchor
    )
    return add_duty(committee, by=by, values=values, cadence=cadence, default_key=proposal.key)
