"""Propose that risks are accepted, and answer. Who proposes never accepts.

An acceptance is never changed: it expires, or it is withdrawn, replaced or void.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person, refuse_no_other
from kommissorium.core.cleaning import clean_reason, clean_text
from kommissorium.core.evidence.actions import freeze, record
from kommissorium.core.evidence.models import reference
from kommissorium.core.refusals import Refused
from kommissorium.meetings.actions.proposed_weighings import weigh_proposal
from kommissorium.meetings.models import Decision, Outcome
from kommissorium.registers.actions.proposals import ask_no_more
from kommissorium.registers.installed import proposal_kind_of
from kommissorium.registers.mails import ask_to_decide
from kommissorium.risks.acceptance_record import acceptance_pdf, content_of
from kommissorium.risks.actions.acceptance_rules import (
    answered,
    hold_committees,
    hold_risks,
    refuse_accepted,
    refuse_answered,
    refuse_beyond,
    refuse_proposal,
    refuse_replacing,
    refuse_terms,
    risks_as_proposed,
    weighed_by_money,
)
from kommissorium.risks.actions.who_answers import answered_at, refuse_own, who_answers
from kommissorium.risks.authority import RANKS, lie_before, may_answer, may_withdraw
from kommissorium.risks.models import Acceptance, AcceptedRisk, Capacity, Scenario
from kommissorium.risks.models.acceptances import TEXT_LENGTH
from kommissorium.risks.models.assessments import WORD_LENGTH
from kommissorium.risks.models.plans import plan_can_be_kept_by

ACCEPTANCE = "risks.acceptance"  # the kind of record
State, Ending = Acceptance.State, Acceptance.Ending
# In what capacity a decision accepts.
CAPACITIES = {
    Decision.Capacity.COMMITTEE: Capacity.COMMITTEE,
    Decision.Capacity.CHAIR: Capacity.CHAIR,
    Decision.Capacity.DEPUTY_CHAIR: Capacity.CHAIR,
}


@transaction.atomic
def propose_acceptance(
    scenarios: Sequence[Scenario],
    *,
    by: Person,
    reason: str,
    amount: int,
    measure_cost: int,
    budget_year: int,
    expires_on: date,
    capacity: str,
    loss: str = Acceptance.Loss.ONCE,
    longer_because: str = "",
    conditions: str = "",
    replaces: Acceptance | None = None,
    weighing: Mapping[str, str] | None = None,
    why_now: str = "",
) -> Acceptance:
    """Propose that risks are accepted as they are, for a possible loss and until a day.

    `amount` is the loss, `measure_cost` what is not spent to avoid it, both whole kroner. It
    holds beyond the year of the risk level only for a reason, `longer_because`. Whoever is to
    answer is asked by mail at once. With `replaces` that acceptance ends when this one is accepted.
    What the chair is to decide is weighed by whoever proposes it (R3), in the eight fields of
    `weighing`, and `why_now` says why it cannot wait. Raises Refused for terms that make no sense,
    for risks that cannot be accepted, for what is proposed to the chair and not weighed, and for a
    capacity that nobody has or that may not accept as much.
    """
    if not all(plan_can_be_kept_by(one, by) for one in scenarios):
        raise PermissionDenied
    hold_committees()
    if replaces is not None:
        refuse_replacing(replaces)
    made = Acceptance(
        reason=clean_text(reason, "reason", TEXT_LENGTH, wanted=_("Write why.")),
        amount=amount,
        loss=loss,
        measure_cost=measure_cost,
        budget_year=budget_year,
        conditions=clean_text(conditions, "conditions", TEXT_LENGTH),
        expires_on=expires_on,
        longer_because=clean_text(longer_because, "longer_because", WORD_LENGTH),
        capacity=capacity,
        proposed_by=by,
        proposed_at=timezone.now(),
        replaces=replaces,
    )
    refuse_terms(made, timezone.localdate())

    def weigh() -> None:
        if capacity == Capacity.CHAIR or any((weighing or {}).values()):
            weigh_proposal(made, weighed_by_money(made, weighing or {}), by=by, why_now=why_now)

    return put_forward(made, scenarios, by=by, also=weigh)


def put_forward(
    made: Acceptance,
    scenarios: Sequence[Scenario],
    *,
    by: Person,
    also: Callable[[], None] = lambda: None,
) -> Acceptance:
    """Save what is proposed and do what belongs to it, then ask whoever is to answer: part of the act
    that proposes it.

    Raises Refused as propose_acceptance does.
    """
    hold_risks(scenarios)
    refuse_proposal(made, scenarios, by)
    made.save(force_insert=True)
    AcceptedRisk.objects.bulk_create(_as_now(made, one) for one in scenarios)
    record("risks.acceptance_proposed", made, by=by, facts=_facts(made))
    also()
    asked = who_answers(made.capacity, scenarios, by)
    ask_to_decide(proposal_kind_of(made), made, asked, by=by, path=answered_at(made))
    return made


@transaction.atomic
def accept(acceptance: Acceptance, *, by: Person, word: str = "") -> None:
    """Accept in the capacity it was proposed to, which `by` must have today.

    `word` is kept in the record: after which decision of the board, say. A chair accepts by a
    decision between meetings alone. Raises Refused for what was answered or changed meanwhile,
    what lies beyond the capacity, and a risk above the level in an own system.
    """
    hold_committees()
    refuse_answered(acceptance)
    risks = risks_as_proposed(acceptance)
    if not may_answer(acceptance, by, risks):
        raise PermissionDenied
    refuse_no_other(acceptance.proposed_by, by)
    refuse_own(by, risks)
    said = clean_text(word, "word", WORD_LENGTH)
    _accept(acceptance, risks, by=by, capacity=acceptance.capacity, person=by, word=said)


@transaction.atomic
def refuse(acceptance: Acceptance, *, by: Person, because: str) -> None:
    """Say no, and why. Raises Refused for no reason and for what was answered meanwhile."""
    if not may_answer(acceptance, by):
        raise PermissionDenied
    because = clean_reason(because)
    hold_committees()
    _refuse(acceptance, by=by, because=because)


@transaction.atomic
def accept_by_decision(acceptance: Acceptance, decision: Decision, *, by: Person) -> None:
    """Accept by a decision of the committee, or of its chair between meetings.

    Whoever it was proposed to, it is then accepted by whoever decided. Part of what the decision
    brings about: its caller has checked who may. Raises PermissionDenied for a decision about
    something else; Refused as accept does, for one that does not approve or changes what was
    proposed, for another committee's, and for what only somebody higher up may accept.
    """
    _refuse_other(acceptance, decision)
    refuse_answered(acceptance)
    if decision.outcome == Outcome.WITH_CHANGES:
        raise Refused(_("It is accepted as it was proposed. Propose it anew with the changes."))
    if decision.outcome != Outcome.APPROVED:
        raise Refused(_("The decision does not approve it."))
    accept_as_decided(acceptance, decision, by=by)


def accept_as_decided(acceptance: Acceptance, decision: Decision, *, by: Person) -> None:
    """Accept what a decision says is accepted: part of an act that has looked into that."""
    capacity = CAPACITIES[Decision.Capacity(decision.capacity)]
    if RANKS[capacity] < RANKS[Capacity(acceptance.capacity)]:
        text = _("It was proposed to: %(who)s. They must accept it.")
        raise Refused(text % {"who": acceptance.get_capacity_display()})
    risks = risks_as_proposed(acceptance)
    if not lie_before(decision.committee, risks):
        raise Refused(_("The risks lie before another committee."))
    person = decision.by if decision.is_chairs else None
    if person is not None:
        if person.pk == acceptance.proposed_by_id:
            raise Refused(_("You propose it, so somebody else must accept it. Choose another."))
        refuse_no_other(acceptance.proposed_by, person)
        refuse_own(person, risks)
    _accept(acceptance, risks, by=by, capacity=capacity, person=person, decision=decision)


@transaction.atomic
def refuse_by_decision(acceptance: Acceptance, decision: Decision, *, by: Person) -> None:
    """Note that the committee, or its chair, decided against it."""
    _refuse_other(acceptance, decision)
    refuse_answered(acceptance)
    text = _("Decision %(number)s: %(outcome)s")
    values = {"number": decision.number, "outcome": Outcome(decision.outcome).label}
    _refuse(acceptance, by=by, because=text % values, decision=decision)


@transaction.atomic
def withdraw_acceptance(acceptance: Acceptance, *, by: Person, because: str) -> None:
    """End it before its day; the risks count as not accepted from now on.

    Raises Refused for no reason and for what has ended already.
    """
    if not may_withdraw(acceptance, by):
        raise PermissionDenied
    because = clean_reason(because)
    hold_committees()
    end_acceptance(acceptance, by=by, because=because)


def end_acceptance(acceptance: Acceptance, *, by: Person, because: str) -> None:
    """Let it be withdrawn: part of an act that has asked who may. Raises Refused where it has
    ended already."""
    state = acceptance.state
    if not _end(acceptance, Ending.WITHDRAWN, by=by, because=because):
        raise Refused(answered())
    acceptance.refresh_from_db()
    record("risks.acceptance_withdrawn", acceptance, by=by, facts={"state": state})


def _accept(
    acceptance: Acceptance,
    risks: Sequence[Scenario],
    *,
    by: Person,
    capacity: str,
    person: Person | None,
    decision: Decision | None = None,
    word: str = "",
) -> None:
    now = timezone.now()
    refuse_accepted(acceptance, risks)
    refuse_beyond(capacity, acceptance, risks, locked=True)
    given = {"capacity": capacity, "accepted_by": person, "accepted_at": now, "decision": decision}
    for name, value in given.items():
        setattr(acceptance, name, value)
    content = content_of(acceptance, risks, word=word)
    frozen = freeze(ACCEPTANCE, acceptance, by=by, content=content, pdf=acceptance_pdf(content))
    waiting = Acceptance.objects.waiting_on(timezone.localdate(now)).filter(pk=acceptance.pk)
    if not waiting.update(state=State.ACCEPTED, record=frozen, **given):
        raise Refused(answered())
    ask_no_more(acceptance)
    replaced = acceptance.replaces
    if replaced is not None and _end(replaced, Ending.REPLACED, by=by, because=""):
        record("risks.acceptance_replaced", replaced, by=by)
    acceptance.refresh_from_db()
    facts = {**_facts(acceptance), "decision": decision.pk if decision else None}
    record("risks.acceptance_accepted", acceptance, by=by, facts=facts)


def _refuse(
    acceptance: Acceptance, *, by: Person, because: str, decision: Decision | None = None
) -> None:
    waiting = Acceptance.objects.waiting_on(timezone.localdate()).filter(pk=acceptance.pk)
    values = {"refused_because": because[:WORD_LENGTH], "decision": decision}
    if not waiting.update(state=State.REFUSED, **values):
        raise Refused(answered())
    ask_no_more(acceptance)
    acceptance.refresh_from_db()
    record("risks.acceptance_refused", acceptance, by=by)


def _end(acceptance: Acceptance, ending: str, *, by: Person, because: str) -> int:
    # One that was answered meanwhile is not what `by` was asked to end.
    rows = Acceptance.objects.filter(pk=acceptance.pk, ended_at=None, state=acceptance.state)
    ask_no_more(acceptance)
    return rows.update(ending=ending, ended_at=timezone.now(), ended_by=by, ended_because=because)


def _as_now(acceptance: Acceptance, risk: Scenario) -> AcceptedRisk:
    made = AcceptedRisk(acceptance=acceptance, scenario=risk, lineage=risk.lineage)
    for name in ("likelihood", "consequence", "rank"):
        setattr(made, name, getattr(risk, name))
    return made


def _facts(acceptance: Acceptance) -> dict[str, object]:
    names = ("amount", "loss", "measure_cost", "budget_year", "expires_on", "capacity")
    facts = {name: getattr(acceptance, name) for name in names}
    lineages = acceptance.risks.values_list("lineage", flat=True)
    return {**facts, "risks": [str(lineage) for lineage in lineages]}


def _refuse_other(acceptance: Acceptance, decision: Decision) -> None:
    if (decision.subject_kind, decision.subject_id) != reference(acceptance):
        raise PermissionDenied
