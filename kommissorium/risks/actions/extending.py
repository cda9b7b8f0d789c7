"""Extend and end acceptances by a decision of the committee, row by row."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.localised import day
from kommissorium.meetings.models import Decision
from kommissorium.risks.actions.acceptance_rules import (
    answered,
    hold_committees,
    refuse_proposal,
    refuse_replacing,
    refuse_terms,
)
from kommissorium.risks.actions.acceptances import (
    accept_as_decided,
    end_acceptance,
    put_forward,
)
from kommissorium.risks.authority import asked_for, beyond, limits_by_capacity, used_of
from kommissorium.risks.models import Acceptance, Capacity, Scenario

# What an extended acceptance says as the one it replaces did.
KEPT = ("reason", "amount", "loss", "measure_cost", "conditions")


def risks_today(acceptance: Acceptance) -> list[Scenario]:
    """Return the risks of an acceptance as they stand in today's picture."""
    rows = Scenario.objects.in_force().filter(lineage__in=acceptance.risks.values("lineage"))
    along = ("assessment__committee", "assessment__area", "assessment__scale", "owner")
    return list(rows.select_related(*along).order_by("pk"))


def refuse_extending(acceptance: Acceptance, until: date, because: str, *, by: Person) -> None:
    """Raise Refused, in words, where the committee could not extend it to the day today."""
    made, risks = _extended(acceptance, until, because, by)
    refuse_proposal(made, risks, by)


def beyond_together(until: Mapping[Acceptance, date], *, by: Person) -> dict[Acceptance, str]:
    """Return which of the acceptances the committee could not extend to their days beside those
    before them, and why: each alone it may, but not all in one budget year."""
    found: dict[Acceptance, str] = {}
    limits, taken = limits_by_capacity(), dict[int, int]()  # by budget year, those before included
    for one, last in until.items():
        try:
            made, risks = _extended(one, last, "", by)
        except Refused:  # it is refused by itself
            continue
        for asked in asked_for(made, risks) if risks else ():
            if asked.year not in taken:
                taken[asked.year] = used_of(asked.year, *until).get(Capacity.COMMITTEE, 0)
            used: dict[str, int] = {Capacity.COMMITTEE: taken[asked.year]}
            if reason := beyond(Capacity.COMMITTEE, limits, used, asked):
                found[one] = reason
            taken[asked.year] += asked.amount
    return found


@transaction.atomic
def extend_by_decision(
    acceptance: Acceptance,
    until: date,
    because: str,
    decision: Decision,
    *,
    put: Person,
    by: Person,
) -> Acceptance:
    """Let a new acceptance take the place of one, with a later day, as a decision has it.

    Part of what the decision brings about. `put` chose it for the committee, and counts as who
    proposes. Raises Refused as proposing and accepting do.
    """
    hold_committees()
    made, risks = _extended(acceptance, until, because, put)
    put_forward(made, risks, by=put)
    accept_as_decided(made, decision, by=by)
    return made


@transaction.atomic
def end_by_decision(acceptance: Acceptance, decision: Decision, *, by: Person) -> None:
    """End an acceptance as a decision has it: part of what the decision brings about."""
    hold_committees()
    if not acceptance.is_standing:
        raise Refused(answered())
    because = _("By decision %(number)s.") % {"number": decision.number}
    end_acceptance(acceptance, by=by, because=because)


def _extended(
    acceptance: Acceptance, until: date, because: str, by: Person
) -> tuple[Acceptance, list[Scenario]]:
    today = timezone.localdate()
    refuse_replacing(acceptance)
    if until <= acceptance.expires_on:
        text = _("It holds until %(day)s already. Choose a later day.")
        raise Refused(text % {"day": day(acceptance.expires_on)})
    made = Acceptance(
        **{name: getattr(acceptance, name) for name in KEPT},
        budget_year=max(acceptance.budget_year, today.year),
        expires_on=until,
        longer_because=because,
        capacity=Capacity.COMMITTEE,
        proposed_by=by,
        proposed_at=timezone.now(),
        replaces=acceptance,
    )
    refuse_terms(made, today)
    return made, risks_today(acceptance)
