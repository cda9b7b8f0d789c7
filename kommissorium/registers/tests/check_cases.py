"""Cases for a register's own checks, from the chain as it is or from an invented past."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone

from kommissorium.committees.models import Clause, Committee
from kommissorium.registers.counts import counts_now
from kommissorium.registers.findings import Finding, Question
from kommissorium.registers.past import DecidedBy, past_events
from kommissorium.registers.protocol import Register


def past_of(register: Register) -> Any:
    """Return the register's past as the chain tells it now."""
    acts = [one if isinstance(one, str) else one.act for one in register.acts]
    return register.past(past_events(Q(act__in=acts)), counts_now()[register.code])


def asked_on(day: date, since: date = date.min) -> Question:
    """Return what is asked of a day as it was known then; measured all along unless given."""
    return Question(day, day, since, ours().key)


def ours() -> DecidedBy:
    """Return the committee that asks, as who decided something."""
    committee = Committee.objects.order_by("pk").first()
    return DecidedBy(committee.pk, committee.name) if committee else DecidedBy(1, "Udvalget")


def found(register: Register, measure: str, on: date | None = None, past: Any = None) -> Finding:
    """Return what the check of the measure finds on the date, or today."""
    check = register.checks[measure]
    past = past_of(register) if past is None else past
    return check(Clause(measure=measure), past, asked_on(on or timezone.localdate()))
