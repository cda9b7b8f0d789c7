"""Cases for a register's own checks, from the chain as it is or from an invented past."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone

from kommissorium.committees.models import Clause, Committee
from kommissorium.measures.findings import Answered, ChairsDecision, Finding, Question, Step
from kommissorium.measures.past import Beside, DecidedBy, RegisterRules
from kommissorium.measures.registers import REGISTERS
from kommissorium.meetings.models import Decision, Meeting
from kommissorium.registers.counts import counts_now
from kommissorium.registers.installed import register_of
from kommissorium.registers.past import counted_today, past_events
from kommissorium.registers.protocol import Register


def rules_of(register: Register | RegisterRules) -> RegisterRules:
    """Return the rules that ask the register."""
    return next(one for one in REGISTERS if one.code == register.code)


def past_of(register: Register | RegisterRules) -> Any:
    """Return the past that the register's rules look at, as the chain tells it now."""
    rules = rules_of(register)
    acts = [one if isinstance(one, str) else one.act for one in rules.acts]
    committees = dict(Meeting.objects.order_by().values_list("pk", "committee"))
    beside = Beside(committees, lambda code, day: register_of(code).counts.on(day))
    today = counted_today(counts_now()[rules.code])
    return rules.past(past_events(Q(act__in=acts)), today, beside)


def asked_on(day: date, since: date = date.min) -> Question:
    """Return what is asked of a day as it was known then; measured all along unless given.

    What the chair decided in these cases a meeting took up at once.
    """
    return Question(day, day, since, ours().key, taken_up(), chair_may=True)


def taken_up() -> dict[str, ChairsDecision]:
    """Return the chair's decisions, as if a meeting of their day had taken note of each."""
    rows = Decision.objects.filter(item=None).order_by().values_list("pk", "number", "written_at")
    days = [(key, number, timezone.localdate(at)) for key, number, at in rows]
    return {number: ChairsDecision(key, (Answered(on, on, "noted"),)) for key, number, on in days}


def ours() -> DecidedBy:
    """Return the committee that asks, as who decided something."""
    committee = Committee.objects.order_by("pk").first()
    return DecidedBy(committee.pk, committee.name) if committee else DecidedBy(1, "Udvalget")


def found(register: Register, measure: str, on: date | None = None, past: Any = None) -> Finding:
    """Return what the check of the measure finds on the date, or today."""
    rules = rules_of(register)
    check = rules.checks[measure]
    past = past_of(rules) if past is None else past
    return in_words(check(Clause(measure=measure), past, asked_on(on or timezone.localdate())))


def in_words(finding: Finding) -> Finding:
    """Return the finding with its words and addresses as they are shown in the active language."""
    step, evidence = finding.step, finding.evidence
    return replace(
        finding,
        sentence=str(finding.sentence),
        evidence=tuple(replace(it, label=str(it.label), link=str(it.link)) for it in evidence),
        step=Step(str(step.label), str(step.link)) if step else None,
    )
