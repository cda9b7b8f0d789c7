"""Actions against risks that were put off return until the committee agrees to their new day."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from kommissorium.config.tests.registers.cycle_cases import (
    approve_minutes_of,
    decide_at,
    fresh,
    later_meeting,
    put,
    through_a_meeting,
)
from kommissorium.conftest import time_is
from kommissorium.core.evidence.models import Event
from kommissorium.meetings.models import Decision
from kommissorium.risks.actions.plans import Plan, add_action, change_action
from kommissorium.risks.models import PlanAction
from kommissorium.risks.tests.proposal_samples import proposed
from kommissorium.secretariat.actions.agendas import bring_back
from kommissorium.secretariat.actions.cycle import call
from kommissorium.secretariat.actions.effects import effects_of

# The days are compared by the program; items that return are decided on on both databases.
pytestmark = pytest.mark.once


@pytest.fixture
def put_off(cast, meeting):
    """An action against an approved risk, promised in 200 days and put off to 300."""
    assessment = proposed(cast)
    put(cast, assessment, meeting)
    through_a_meeting(cast, meeting, {"risks.assessment": "approved"})
    risk = assessment.scenarios.select_related("assessment__scale").first()
    due = timezone.localdate() + timedelta(days=200)
    made = add_action(
        risk, by=cast.coordinator, title="Skift backup", owner=cast.head_of_it, due=due
    )
    return move(cast, made, 300)


def move(cast, action, days) -> PlanAction:
    action = PlanAction.objects.select_related("task", "scenario__assessment").get(pk=action.pk)
    change_action(
        action,
        by=cast.coordinator,
        title=action.task.title,
        owner=action.task.owner,
        due=timezone.localdate() + timedelta(days=days),
        plan=Plan(),
        description="",
        edit_version=action.task.edit_version,
    )
    return fresh(action)


def decided(cast, action, outcome="approved") -> Decision:
    """Let the next meeting decide on the items that return to it."""
    later = later_meeting(cast)
    bring_back(later, by=cast.coordinator)
    assert later.items.filter(subject_kind="risks.slipped").exists()
    through_a_meeting(cast, later, {"risks.slipped": outcome})
    return later.decisions.get(subject_kind="risks.slipped")


def slips(action) -> bool:
    return PlanAction.objects.slipped(timezone.localdate()).filter(pk=action.pk).exists()


def test_a_day_the_committee_agreed_to_does_not_return(cast, put_off):
    assert put_off.is_put_off and slips(put_off)
    decision = decided(cast, put_off)
    agreed = fresh(put_off)
    assert (agreed.agreed_due, agreed.agreed_in) == (agreed.task.due, decision)
    assert not agreed.is_put_off and not slips(agreed)
    told = Event.objects.about(agreed.scenario).filter(act="risks.action_day_agreed")
    assert told.count() == 1
    with override("en"):
        [line] = [one.text for one in effects_of(decision) if "agreed" in one.text]
    assert line == "The new day of 1 action against a risk is agreed to."
    another = later_meeting(cast, 200)
    bring_back(another, by=cast.coordinator)
    assert not another.items.filter(subject_kind="risks.slipped").exists()


def test_put_off_again_or_late_it_returns(cast, put_off):
    decided(cast, put_off)
    with time_is(timezone.localtime() + timedelta(days=301)):
        assert slips(put_off)
    assert slips(move(cast, put_off, 400))


@pytest.mark.parametrize("outcome", ["rejected", "deferred", "noted"])
def test_a_day_not_agreed_to_returns(cast, put_off, outcome):
    decided(cast, put_off, outcome)
    assert fresh(put_off).agreed_due is None and slips(put_off)


def test_what_was_put_off_further_after_the_call_is_not_agreed_to(cast, put_off):
    later = later_meeting(cast)
    bring_back(later, by=cast.coordinator)
    call(later, by=cast.coordinator)
    move(cast, put_off, 350)
    decide_at(cast, later, {"risks.slipped": "approved"})
    approve_minutes_of(cast, later)
    assert fresh(put_off).agreed_due is None and slips(put_off)
