"""Plans for risks, and their results."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import override

from kommissorium.conftest import time_is
from kommissorium.core.evidence.models import Event
from kommissorium.core.refusals import Conflict, Refused
from kommissorium.risks.actions.plans import (
    Plan,
    add_action,
    change_action,
    say_impossible,
    say_possible,
)
from kommissorium.risks.models import PlanAction, Scenario
from kommissorium.risks.planning import expected_of, in_area, sums_of
from kommissorium.risks.tests.acceptance_cases import make_risk, make_risks
from kommissorium.risks.tests.standing_cases import today
from kommissorium.tasks.actions import finish_task


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


def planned(cast, risk=None, **more):
    values = {
        "by": cast.coordinator,
        "title": "Køb ny backup",
        "owner": cast.system_owner,
        "due": today() + timedelta(days=30),
        "plan": Plan(cost=250_000, expected_likelihood=1),
    }
    return add_action(risk or make_risk(cast), **{**values, **more})


def put_off(action, cast, days=10, plan=Plan(), **more):  # noqa: B008
    change_action(
        action,
        by=more.pop("by", cast.coordinator),
        title="Køb ny backup",
        owner=cast.system_owner,
        due=action.first_due + timedelta(days=days),
        plan=plan,
        description="",
        edit_version=more.pop("edit_version", action.task.edit_version),
    )


def test_an_action_is_a_task_that_knows_its_risk(cast):
    risk = make_risk(cast)
    made = planned(cast, risk)
    assert (made.task.owner, made.task.born_kind) == (cast.system_owner, "risks.scenario")
    assert made.task.born_link == risk.get_absolute_url()
    assert (made.cost, made.first_due) == (250_000, made.task.due)
    assert expected_of(made) == risk.assessment.scale.band(risk.assessment.scale.rank_of(2, 1))
    assert Event.objects.about(risk).filter(act="risks.action_planned").exists()


def test_only_those_who_look_after_the_risk_plan(cast):
    risk = make_risk(cast)
    for who in ("auditor", "employee", "executive", "chair", "member"):
        with pytest.raises(PermissionDenied):
            planned(cast, risk, by=cast.who(who))
    assert planned(cast, risk, by=cast.system_owner, owner=cast.system_owner)


def test_who_may_not_give_tasks_asks_the_other_first(cast):
    made = planned(cast, by=cast.system_owner, owner=cast.member)
    assert made.task.owner == cast.system_owner
    assert made.task.delegations.open().get().to_person == cast.member


@pytest.mark.parametrize(
    ("plan", "field"),
    [
        (Plan(cost=-1), "cost"),
        (Plan(cost=10_000_000_001), "cost"),
        (Plan(expected_likelihood=9), "expected_likelihood"),
        (Plan(expected_likelihood=0), "expected_likelihood"),
        (Plan(expected_consequence=3), "expected_consequence"),
    ],
)
def test_a_plan_that_makes_no_sense_is_refused_beside_its_field(cast, plan, field):
    with pytest.raises(Refused) as caught:
        planned(cast, plan=plan)
    assert set(caught.value.errors) == {field}
    assert not PlanAction.objects.exists()


def test_nothing_is_planned_about_a_risk_that_was_replaced(cast):
    risk = make_risk(cast)
    Scenario.objects.filter(pk=risk.pk).update(is_in_force=False)
    risk.refresh_from_db()
    with pytest.raises(Refused, match="newer assessment"):
        planned(cast, risk)


def test_an_action_slips_when_it_is_late_put_off_or_impossible(cast):
    risks = make_risks(cast, [(2, 2)] * 5)
    in_time, late, later, never, finished = (planned(cast, risk) for risk in risks)
    put_off(later, cast)
    say_impossible(never, by=cast.system_owner, because="Leverandøren er lukket")
    put_off(finished, cast)
    finish_task(finished.task, by=cast.coordinator, word="Klaret")
    assert set(PlanAction.objects.slipped(today())) == {later, never}
    with time_is(timezone.localtime() + timedelta(days=31)):
        assert set(PlanAction.objects.slipped(timezone.localdate())) == {
            in_time,
            late,
            later,
            never,
        }
        assert later not in PlanAction.objects.overdue(timezone.localdate())


def test_the_owner_says_that_it_cannot_be_done_and_takes_it_back(cast):
    made = planned(cast)
    for who in ("auditor", "employee", "chair"):
        with pytest.raises(PermissionDenied):
            say_impossible(made, by=cast.who(who), because="Nej")
    with pytest.raises(Refused, match="why"):
        say_impossible(made, by=cast.system_owner, because=" ")
    say_impossible(made, by=cast.system_owner, because="Udgået")
    assert (made.is_impossible, made.impossible_by) == (True, cast.system_owner)
    with pytest.raises(Refused, match="said so already"):
        say_impossible(made, by=cast.coordinator, because="Udgået")
    say_possible(made, by=cast.coordinator)
    assert not made.is_impossible
    with pytest.raises(Refused, match="Nobody has said"):
        say_possible(made, by=cast.coordinator)


def test_a_finished_action_is_not_impossible(cast):
    made = planned(cast)
    finish_task(made.task, by=cast.system_owner, word="Klaret")
    with pytest.raises(Refused, match="finished"):
        say_impossible(made, by=cast.system_owner, because="Nej")


def test_of_two_who_change_it_the_second_is_told(cast):
    made = planned(cast)
    stale = made.task.edit_version
    put_off(made, cast, plan=Plan(cost=1))
    with pytest.raises(Conflict):
        put_off(made, cast, plan=Plan(cost=2), edit_version=stale)
    made.refresh_from_db()
    assert made.cost == 1


def test_costs_are_summed_and_what_nobody_priced_is_counted(cast):
    risks = make_risks(cast, [(2, 2)] * 3)
    planned(cast, risks[0])
    planned(cast, risks[1], plan=Plan(cost=50_000))
    planned(cast, risks[2], plan=Plan())
    sums = sums_of(PlanAction.objects.all())
    assert (sums.number, sums.cost, sums.unpriced) == (3, 300_000, 1)


def test_the_plan_of_an_area_holds_what_the_area_answers_for(cast):
    made = planned(cast)
    area = made.scenario.assessment.assets.get().area
    assert list(in_area(PlanAction.objects.all(), area.pk)) == [made]
    assert not in_area(PlanAction.objects.all(), area.pk + 1).exists()
