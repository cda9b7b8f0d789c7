"""T2: a risk level for one category is no level of the municipality's."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kommissorium.measures.findings import Finding, Noted, State
from kommissorium.measures.past import DayFigures, PastEvent, PastFigures
from kommissorium.measures.rules.risk_past import (
    ApprovedLevel,
    RiskCounts,
    RiskPast,
    approved_level,
)
from kommissorium.registers.tests.check_cases import found, ours
from kommissorium.risks.models import Group
from kommissorium.risks.register import REGISTER
from kommissorium.risks.tests.standing_cases import today

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def asked(*levels: ApprovedLevel) -> Finding:
    """Return what is found of the risk level today with these levels."""
    day = today()
    standing = RiskCounts(day, risks=9, organisation=4, organisation_on=day - 30 * DAY)
    figures = PastFigures([DayFigures(day, standing, Noted(7, day, "a" * 64))])
    return found(REGISTER, "risk_level", day, RiskPast(figures, levels))


def of(group, days):
    on = today() - days * DAY
    return ApprovedLevel(3, on.year, on, Noted(5, on, "b" * 64), ours(), group)


def test_a_level_of_one_category_alone_is_not_enough(cast):
    finding = asked(of("cyber", 20))
    assert finding.state == State.NOT_FULFILLED
    assert finding.step and finding.evidence
    assert asked(of("", 30), of("cyber", 20)).state == State.FULFILLED


def test_a_new_level_of_one_category_does_not_renew_that_of_the_rest(cast):
    assert asked(of("", 400), of("cyber", 20)).state == State.NOT_FULFILLED


def test_a_level_of_every_category_is_one_and_as_old_as_the_oldest(cast):
    each = [of(group, 20) for group in Group.values]
    assert asked(*each).state == State.FULFILLED
    assert asked(of("cyber", 400), *each[1:]).state == State.NOT_FULFILLED
    assert asked(*each[1:]).state == State.NOT_FULFILLED


def test_the_chain_tells_for_which_category_a_level_was_approved(cast):
    facts = {"year": 2026, "group": "people", "from": "2026-01-01"}
    facts |= {"committee": 1, "committee_name": "Udvalget"}
    event = PastEvent("risks.level_approved", 1, facts, Noted(1, today(), "c"))
    assert approved_level(event).group == "people"
