"""T2: a risk level for one category is no level of the municipality's."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from kommissorium.compliance.assessment import State
from kommissorium.compliance.checks import find
from kommissorium.compliance.gathering import history_of
from kommissorium.compliance.noting import Noted
from kommissorium.compliance.risks import ApprovedLevel, RiskFigures, Risks, approved_level
from kommissorium.risks.current_counts import RiskCounts
from kommissorium.risks.models import Group
from kommissorium.risks.tests.standing_cases import today

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def found(cast, *levels):
    day = today()
    standing = RiskCounts(day, risks=9, organisation=4, organisation_on=day - 30 * DAY)
    figures = [RiskFigures(standing, Noted(7, day, "a" * 64))]
    history = replace(history_of(cast.committee), risks=Risks(figures, levels, {}))
    clause = next(one for one in history.clauses_on(day) if one.measure == "risk_level")
    return find(clause, history, day)


def of(group, days):
    on = today() - days * DAY
    return ApprovedLevel(3, on.year, on, Noted(5, on, "b" * 64), group)


def test_a_level_of_one_category_alone_is_not_enough(cast):
    finding = found(cast, of("cyber", 20))
    assert finding.state == State.NOT_FULFILLED
    assert finding.step and finding.evidence
    assert found(cast, of("", 30), of("cyber", 20)).state == State.FULFILLED


def test_a_new_level_of_one_category_does_not_renew_that_of_the_rest(cast):
    assert found(cast, of("", 400), of("cyber", 20)).state == State.NOT_FULFILLED


def test_a_level_of_every_category_is_one_and_as_old_as_the_oldest(cast):
    each = [of(group, 20) for group in Group.values]
    assert found(cast, *each).state == State.FULFILLED
    assert found(cast, of("cyber", 400), *each[1:]).state == State.NOT_FULFILLED
    assert found(cast, *each[1:]).state == State.NOT_FULFILLED


def test_the_chain_tells_for_which_category_a_level_was_approved(cast):
    facts = {"year": 2026, "group": "people", "from": "2026-01-01"}
    assert approved_level(1, facts, Noted(1, today(), "c")).group == "people"
