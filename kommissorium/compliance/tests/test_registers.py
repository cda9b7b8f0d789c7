"""Findings of registers and T3's questions to them, whichever registers are installed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.utils import timezone
from django.utils.translation import override

from kommissorium.compliance.history_queries import history_of
from kommissorium.measures.answer import find
from kommissorium.measures.codes import Measure
from kommissorium.measures.findings import (
    Check,
    Evidence,
    Finding,
    State,
    Step,
    fulfilled,
    not_fulfilled,
    unmeasured,
)
from kommissorium.measures.history import RegisterPast
from kommissorium.measures.past import RegisterRules
from kommissorium.measures.rules.revision import PICTURE, POLICY
from kommissorium.measures.said import Said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_paper")]
NEWS = Evidence("Risikobilledet", "/risici/")


def found(cast, measure: str, rules: RegisterRules | None, past: object = None) -> Finding:
    """Return the finding of the measure today with this register only, or none."""
    history, today = history_of(cast.committee), timezone.localdate()
    history = replace(history, registers=[RegisterPast(rules, past)] if rules else [])
    clause = next(one for one in history.clauses_on(today) if one.measure == measure)
    return find(clause, history, today)


def register_with(checks: Mapping[str, Check[Any]]) -> RegisterRules:
    return RegisterRules("policies", Said("Policies"), "policies", (), checks, lambda *_told: None)


def both(policy: Finding, picture: Finding) -> RegisterRules:
    """Return a register with these findings about the revision of the policy and the risks."""
    said = {POLICY: policy, PICTURE: picture}
    return register_with({code: partial(_say, one) for code, one in said.items()})


def _say(finding: Finding, *_asked: Any) -> Finding:
    return finding


def picture_of(ago: int) -> Evidence:
    """Return a picture of risks that was approved this many days ago."""
    on = timezone.localdate() - timedelta(days=ago)
    return Evidence("Risikobilledet", "/risici/", reference=f"risks.assessment {ago}", on=on)


def revised(ago: int, picture: Evidence | None) -> Finding:
    """Return the facts of a policy revised this many days ago, based on a picture."""
    on = timezone.localdate() - timedelta(days=ago)
    own = Evidence("Politikken", "/policies/1/", on=on)
    return fulfilled("Revideret.", *filter(None, (own, picture)))


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


def test_without_a_register_of_policies_nothing_is_measured(cast):
    assert found(cast, Measure.POLICY_REVISION, None).state == State.UNMEASURED
    only = register_with(checks={PICTURE: lambda _clause, _past, _on: fulfilled("Nyt.", NEWS)})
    assert found(cast, Measure.POLICY_REVISION, only).state == State.UNMEASURED


def test_no_picture_of_risks_is_nothing_to_follow(cast):
    step = Step("Vurdér", "/risici/")
    old = both(revised(1, None), not_fulfilled("For gammelt.", NEWS, step=step))
    finding = found(cast, Measure.POLICY_REVISION, old)
    assert (finding.state, finding.step) == (State.NOT_FULFILLED, step)
    assert str(finding.sentence).endswith("For gammelt.")
    unknown = both(revised(1, None), unmeasured("Intet vurderet."))
    assert found(cast, Measure.POLICY_REVISION, unknown).state == State.UNMEASURED


@pytest.mark.parametrize(
    ("newest", "named", "state"),
    [
        (60, 60, State.FULFILLED),  # it stands on the newest
        (60, 20, State.FULFILLED),  # on one newer than was asked for
        (60, 200, State.DUE_SOON),  # three months have not passed
        (60, None, State.DUE_SOON),  # it names none
        (120, 200, State.NOT_FULFILLED),  # three months have passed
        (120, None, State.NOT_FULFILLED),
    ],
)
def test_the_policy_follows_the_picture_of_risks_within_three_months(cast, newest, named, state):
    policy = revised(10, picture_of(named) if named is not None else None)
    finding = found(
        cast, Measure.POLICY_REVISION, both(policy, fulfilled("Nyt.", picture_of(newest)))
    )
    assert finding.state == state
    assert str(finding.sentence).startswith("Revideret.")
    assert (finding.step is None) == (state == State.FULFILLED)


def test_a_version_that_names_no_picture_of_risks_says_so(cast):
    newest = both(revised(10, None), fulfilled("Nyt.", picture_of(60)))
    with override("en"):
        said = str(found(cast, Measure.POLICY_REVISION, newest).sentence)
        assert "The version names no picture of risks. The one in force was approved on" in said
        older = both(revised(10, picture_of(200)), fulfilled("Nyt.", picture_of(60)))
        said = str(found(cast, Measure.POLICY_REVISION, older).sentence)
        assert "The version names the picture of risks of" in said and "names no" not in said
        same = both(revised(10, picture_of(60)), fulfilled("Nyt.", picture_of(60)))
        said = str(found(cast, Measure.POLICY_REVISION, same).sentence)
        assert "It stands on the picture of risks in force, approved on" in said


def test_a_policy_that_is_late_itself_stays_late(cast):
    policy = not_fulfilled("For længe siden.")
    finding = found(cast, Measure.POLICY_REVISION, both(policy, fulfilled("Nyt.", picture_of(10))))
    assert finding.state == State.NOT_FULFILLED
