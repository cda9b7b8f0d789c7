"""What registers find and what T3 asks of them, whichever registers are installed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.utils import timezone

from kommissorium.committees.measures import Measure
from kommissorium.compliance.checks import find
from kommissorium.compliance.checks.policies import PICTURE
from kommissorium.compliance.history_queries import history_of
from kommissorium.registers.findings import (
    Evidence,
    Finding,
    State,
    Step,
    fulfilled,
    not_fulfilled,
    unmeasured,
)
from kommissorium.registers.register import Register

pytestmark = pytest.mark.django_db
NEWS = Evidence("Risikobilledet", "/risici/")


def found(cast, measure: str, register: Register | None, past: object = None) -> Finding:
    """Return what is found of the measure today where there is but this register, or none."""
    history, today = history_of(cast.committee), timezone.localdate()
    history = replace(history, registers={register: past} if register else {})
    clause = next(one for one in history.clauses_on(today) if one.measure == measure)
    return find(clause, history, today)


def register_with(**members: object) -> Register:
    made: Register = type("Made", (Register,), members)()
    return made


def with_picture(finding: Finding) -> Register:
    """Return a register that says this of the picture of risks."""
    return register_with(aspects={PICTURE: lambda _clause, _past, _on: finding})


def test_what_a_register_measures_is_what_it_finds_in_its_own_past(cast):
    register = register_with(
        checks={
            Measure.OBJECTIVES: lambda clause, past, asked: fulfilled(
                f"{clause.measure} {past} {asked.on}"
            )
        }
    )
    finding = found(cast, Measure.OBJECTIVES, register, past="fortid")
    assert finding.sentence == f"objectives fortid {timezone.localdate()}"
    assert found(cast, Measure.OBJECTIVES, None).state == State.UNMEASURED


def test_the_policy_waits_for_a_picture_of_risks(cast):
    step = Step("Vurdér", "/risici/")
    old = with_picture(not_fulfilled("For gammelt.", NEWS, step=step))
    finding = found(cast, Measure.POLICY_REVISION, old)
    assert finding.state == State.NOT_FULFILLED
    assert finding.sentence.endswith("For gammelt.")
    assert (finding.evidence, finding.step) == ((NEWS,), step)
    fresh = found(cast, Measure.POLICY_REVISION, with_picture(fulfilled("Nyt.", NEWS)))
    assert fresh.state == State.UNMEASURED
    assert fresh.sentence.startswith("Nyt. ")
    assert fresh.evidence == (NEWS,)


def test_without_a_picture_the_policy_is_said_not_to_be_measured(cast):
    nothing = found(cast, Measure.POLICY_REVISION, None)
    assert nothing.state == State.UNMEASURED
    unknown = found(cast, Measure.POLICY_REVISION, with_picture(unmeasured("Intet vurderet.")))
    assert unknown == nothing
