"""A plan counts while it goes as planned: open, not late, not put off beyond what was agreed."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from kommissorium.conftest import time_is
from kommissorium.core.evidence.models import Event
from kommissorium.measures.rules.risk_past import NAMES
from kommissorium.measures.rules.risks import sentences_above
from kommissorium.registers.actions.kept import keep_figures
from kommissorium.risks.actions.approving import approve_assessment, propose_assessment
from kommissorium.risks.actions.plans import agree_to_days, say_impossible
from kommissorium.risks.current_counts import count_risks
from kommissorium.risks.models import PlanAction
from kommissorium.risks.tests.assessment_cases import add_risk, decide, make_draft
from kommissorium.risks.tests.standing_cases import accept_until, assess, level, plan_for, today
from kommissorium.tasks.actions import change_task, drop_task, finish_task

DAY = timedelta(days=1)
STANDS, SLIPPED = (1, 0, 0), (0, 1, 1)  # planned, open, and of those with a plan that slipped


def counted(day=None):
    found = count_risks(day or today())
    return found.planned, found.open, found.slipped


def move(cast, action, days):
    """Let the action be due so many days from today."""
    task = action.task
    task.refresh_from_db()
    change_task(
        task,
        by=cast.coordinator,
        title=task.title,
        description=task.description,
        owner=task.owner,
        due=today() + days * DAY,
        edit_version=task.edit_version,
    )


@pytest.fixture
def planned(cast):
    """An action due in 30 days, against the one risk above the level."""
    [risk] = assess(cast, [("cyber", 4, 4)])
    level(cast, 3)
    action = plan_for(cast, risk)
    assert counted() == STANDS
    return action


def test_late_it_is_a_plan_no_more_from_the_day_after(cast, planned):
    with time_is(timezone.now() + 30 * DAY):
        assert counted() == STANDS
    with time_is(timezone.now() + 31 * DAY):
        assert counted() == SLIPPED
        assert counted(today() - DAY) == STANDS


def test_put_off_by_its_owner_alone_it_is_a_plan_no_more(cast, planned):
    with time_is(timezone.now() + 5 * DAY):
        move(cast, planned, 60)
        assert counted() == SLIPPED
        assert counted(today() - DAY) == STANDS, "yesterday nobody had put it off"
    with time_is(timezone.now() + 7 * DAY):
        assert counted(today() - DAY) == SLIPPED
        move(cast, planned, 23)
        assert counted() == STANDS, "back at the day that was promised"
        assert counted(today() - DAY) == SLIPPED


def test_put_off_to_a_day_a_decision_agreed_to_it_stands_and_no_further(cast, planned):
    assessment = planned.scenario.assessment
    with time_is(timezone.now() + 2 * DAY):
        move(cast, planned, 60)
    with time_is(timezone.now() + 4 * DAY):
        action = PlanAction.objects.select_related("task", "scenario").get()
        decision = decide(cast, assessment)
        agree_to_days({action: action.task.due}, decision, by=cast.coordinator)
        assert counted() == STANDS
        assert counted(today() - DAY) == SLIPPED, "yesterday nobody had agreed"
        move(cast, planned, 90)
        assert counted() == SLIPPED


def test_said_to_be_impossible_it_is_a_plan_no_more(cast, planned):
    with time_is(timezone.now() + 2 * DAY):
        say_impossible(planned, by=cast.coordinator, because="Leverandøren kan ikke")
        assert counted() == SLIPPED
        assert counted(today() - DAY) == STANDS


def test_a_finished_action_hides_its_risk_for_sixty_days_and_no_longer(cast, planned):
    finish_task(planned.task, by=cast.system_owner, word="Gjort")
    with time_is(timezone.now() + 60 * DAY):
        assert counted() == STANDS
    with time_is(timezone.now() + 61 * DAY):
        found = count_risks(today())
        assert (found.planned, found.open, found.slipped, found.finished) == (0, 1, 0, 1)
        assert counted(today() - DAY) == STANDS
        with override("en"):
            said = " ".join(map(str, sentences_above(found)))
        assert "For 1 of them what was planned is finished, and it was not assessed again." in said
        plan_for(cast, planned.scenario)
        assert counted() == STANDS


def test_a_plan_in_ten_years_is_none_until_the_committee_has_decided(cast, planned):
    drop_task(planned.task, by=cast.coordinator, because="Noget andet")
    far = plan_for(cast, planned.scenario, days=3_650)
    found = count_risks(today())
    assert (found.planned, found.open, found.slipped, found.far) == (0, 1, 0, 1)
    with override("en"):
        said = " ".join(map(str, sentences_above(found)))
    assert "Of these 1 has a plan that reaches more than twelve months ahead, undecided." in said
    assert list(PlanAction.objects.to_decide(today())) == [far] and far.is_far
    decision = decide(cast, far.scenario.assessment)
    with time_is(timezone.now() + DAY):
        agree_to_days({far: far.task.due}, decision, by=cast.coordinator)
        assert counted() == STANDS
        assert count_risks(today() - DAY).far == 1, "yesterday nobody had decided"


def test_one_plan_that_stands_is_enough_and_what_is_accepted_is_not_open(cast, planned):
    with time_is(timezone.now() + DAY):
        move(cast, planned, 60)
        plan_for(cast, planned.scenario)
        assert counted() == STANDS
    with time_is(timezone.now() + 40 * DAY):
        assert counted() == SLIPPED
        accept_until(cast, [planned.scenario], 90)
        found = count_risks(today())
        assert (found.accepted, found.open, found.slipped) == (1, 0, 0)


def test_the_figures_of_a_day_tell_of_what_slipped(cast, planned):
    with time_is(timezone.now() + 31 * DAY):
        keep_figures("risks", today())
    event = Event.objects.get(act="risks.figures_kept")
    facts = json.loads(event.facts)
    assert (facts["planned"], facts["open"], facts["slipped"]) == (0, 1, 1)
    assert "slipped" in NAMES


def test_the_day_that_stood_when_the_assessment_was_approved_is_what_it_is_held_to(cast):
    level(cast, 3)
    draft = make_draft(cast)
    risk = add_risk(draft, cast, likelihood=4)
    action = plan_for(cast, risk)
    propose_assessment(draft, committee=cast.committee, by=cast.coordinator)
    with time_is(timezone.now() + DAY):
        move(cast, action, 80)
        decision = decide(cast, draft)
        approve_assessment(draft, decision=decision, by=cast.coordinator)
        action.refresh_from_db()
        assert (action.agreed_due, action.agreed_in) == (today() + 80 * DAY, decision)
        assert counted() == STANDS
        move(cast, action, 81)
        assert counted() == SLIPPED


def test_to_approve_an_assessment_decides_on_its_plans_far_ahead(cast):
    level(cast, 3)
    draft = make_draft(cast)
    action = plan_for(cast, add_risk(draft, cast, likelihood=4), days=500)
    propose_assessment(draft, committee=cast.committee, by=cast.coordinator)
    decision = decide(cast, draft)
    approve_assessment(draft, decision=decision, by=cast.coordinator)
    action.refresh_from_db()
    assert (action.agreed_due, action.agreed_in) == (action.task.due, decision)
    assert counted() == STANDS
