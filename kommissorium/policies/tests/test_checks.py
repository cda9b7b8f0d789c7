"""T1 and T3's part turn green by what was decided, and by nothing cheaper."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from kommissorium.committees.models import Clause
from kommissorium.conftest import time_is
from kommissorium.measures.findings import State
from kommissorium.policies.models import FramePart
from kommissorium.policies.register import REGISTER
from kommissorium.policies.tests.cases import (
    FRAME,
    approved,
    decided_above,
    drafted,
    overall,
    overall_in_force,
    proposed,
    today,
)
from kommissorium.registers.tests.check_cases import asked_on, found, past_of, rules_of

pytestmark = pytest.mark.django_db
RED, GREEN, AMBER = State.NOT_FULFILLED, State.FULFILLED, State.DUE_SOON


def frame(on=None):
    with override("en"):
        return found(REGISTER, "policy_framework", on)


def revised(on=None):
    with override("en"):
        clause = Clause(measure="policy_revision")
        check = rules_of(REGISTER).checks["policy_revised"]
        return check(clause, past_of(REGISTER), asked_on(on or today()))


def days(number):
    return today() + timedelta(days=number)


def test_the_overall_policy_in_force_lays_the_frame_for_a_year(cast):
    overall_in_force(cast)
    assert (frame().state, revised().state) == (GREEN, GREEN)
    assert frame(days(350)).state == AMBER
    assert frame(days(370)).state == RED and revised(days(370)).state == RED


@pytest.mark.parametrize("far", [drafted, proposed, approved])
def test_what_no_body_above_has_decided_does_not_count(cast, far):
    far(cast, overall(cast))
    assert frame().state == RED and revised().state == RED


def test_what_is_recommended_is_told(cast):
    approved(cast, overall(cast))
    assert "was recommended on" in frame().sentence


def test_rejected_above_it_does_not_count(cast):
    decided_above(cast, approved(cast, overall(cast)), is_approved=False, text="Nej.")
    assert frame().state == RED and "recommended on" not in frame().sentence


@pytest.mark.parametrize("missing", list(FramePart))
def test_each_part_must_stand_somewhere(cast, missing):
    parts = {part: key for part, key in FRAME.items() if part != missing}
    overall_in_force(cast, frame=parts)
    assert frame().state == RED
    assert revised().state == GREEN


def later(number=400):
    return time_is(timezone.localtime() + timedelta(days=number))


def test_a_minor_change_confirms_and_is_no_revision(cast):
    made = overall_in_force(cast)
    with later():
        decided_above(cast, approved(cast, made.document, change="minor"))
        assert frame().state == GREEN
        assert revised().state == RED


def test_unchanged_is_a_revision(cast):
    made = overall_in_force(cast)
    with later():
        assert revised().state == RED
        decided_above(cast, approved(cast, made.document, change="none", change_because="Ja."))
        assert revised().state == GREEN
        assert revised(days(-1)).state == RED
