"""Risks of a committee: those it approved, and for the committee that keeps the registers also
those without a committee."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from kommissorium.assets.agenda import keeps_registers
from kommissorium.registers.agenda import AgendaContext
from kommissorium.risks.levels import Levels, levels_on
from kommissorium.risks.models import Scenario


def belongs(context: AgendaContext, field: str) -> Q:
    """Return the condition that something with a committee in `field` is the meeting's."""
    own = Q(**{field: context.meeting.committee_id})
    return own | Q(**{f"{field}__isnull": True}) if context.once(keeps_registers) else own


def levels(context: AgendaContext) -> Levels:
    """Return the risk levels that hold today."""
    return levels_on(context.today)


def committee_risks(context: AgendaContext) -> QuerySet[Scenario]:
    """Return the risks of today's picture that are the committee's."""
    own = belongs(context, "assessment__committee")
    return Scenario.objects.in_force().filter(own).order_by()
