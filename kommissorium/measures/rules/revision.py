"""T3: the security policy is revised, and follows the picture of risks."""

from __future__ import annotations

from typing import Final

from kommissorium.measures.clauses import Clause
from kommissorium.measures.days import add_months
from kommissorium.measures.findings import (
    Evidence,
    Finding,
    Question,
    State,
    Step,
    combined,
    due_soon,
    fulfilled,
    not_fulfilled,
)
from kommissorium.measures.history import History
from kommissorium.measures.kinds import reads
from kommissorium.measures.rules.own_wording import not_measured
from kommissorium.measures.said import Words, _, day, joined

PICTURE: Final = "risk_picture"  # the aspects of registers that are asked for it
POLICY: Final = "policy_revised"
MONTHS: Final = 3  # in which the policy is to follow a new picture
OPEN: Final = (State.NOT_FULFILLED, State.NOT_YET_DUE)


@reads(asks=(POLICY, PICTURE))
def policy_revision(clause: Clause, history: History, asked: Question) -> Finding:
    """T3: the policy was revised within twelve months, and is based on the picture in force.

    It may be based on the one before for three months; it is due soon then.
    """
    policy = history.aspect(POLICY, clause, asked)
    picture = history.aspect(PICTURE, clause, asked)
    if policy is None:
        return not_measured()
    if picture is None or policy.state == State.NOT_YET_DUE:
        return policy
    if picture.state == State.NOT_FULFILLED:
        lead = _("The policy is to follow the picture of risks.")
        text = joined(lead, picture.sentence)
        missing = not_fulfilled(text, *picture.evidence, step=picture.step)
        return combined([policy, missing])
    if picture.state in (State.UNMEASURED, State.NOT_YET_DUE):
        return combined([policy, picture])
    if policy.state in OPEN or not (policy.evidence and picture.evidence):
        return policy
    return combined([policy, _follows(policy, picture.evidence[0], asked)])


def _follows(policy: Finding, newest: Evidence, asked: Question) -> Finding:
    """Report whether the revision is based on the newest picture, or on one as new as that."""
    named = next((one for one in policy.evidence[1:] if one.on), None)
    approved = newest.on or asked.on
    if named and named.on and named.on >= approved:
        text = _("It stands on the picture of risks in force, approved on %(day)s.")
        return fulfilled(text % {"day": day(named.on)}, newest)
    until = add_months(approved, MONTHS)
    values = {"day": day(approved), "until": day(until)}
    step = Step(_("See the policy"), policy.evidence[0].link)
    lead: Words = _("The version names no picture of risks.")
    if named:
        lead = _("The version names the picture of risks of %(day)s.") % {"day": day(named.on)}
    if asked.on <= until:
        text = _("The one in force was approved on %(day)s: revise the policy by %(until)s.")
        return due_soon(joined(lead, text % values), newest, step=step)
    text = _("The one in force was approved on %(day)s, and the policy does not follow it.")
    return not_fulfilled(joined(lead, text % values), newest, step=step)
