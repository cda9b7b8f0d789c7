"""An action that is done is a plan until its risk has been assessed anew."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from kommissorium.conftest import time_is
from kommissorium.risks.current_counts import count_risks
from kommissorium.risks.models import Assessment, Scenario
from kommissorium.risks.tests.standing_cases import assess, level, plan_for, today
from kommissorium.tasks.actions import finish_task

DAY = timedelta(days=1)


def assessed_anew(risk, since: int) -> None:
    """Write a newer assessment in force in which the risk is as it was."""
    former = Assessment.objects.get(pk=risk.assessment_id)
    begun = today() - since * DAY
    new = Assessment.objects.create(
        scope=former.scope,
        title=former.title,
        scale=former.scale,
        assessed_on=begun,
        assessor=former.assessor,
        created_by=former.created_by,
        created_at=timezone.now(),
        previous=former,
    )
    names = ("lineage", "group", "title", "consequence", "likelihood", "rank", "owner_id")
    Scenario.objects.create(assessment=new, **{name: getattr(risk, name) for name in names})
    Assessment.objects.filter(pk=former.pk).update(in_force_to=begun)
    Scenario.objects.filter(assessment=former).update(is_in_force=False)
    Assessment.objects.filter(pk=new.pk).update(state="approved", in_force_from=begun)
    Scenario.objects.filter(assessment=new).update(is_in_force=True)


def test_done_and_still_above_the_level_when_assessed_anew_it_is_a_plan_no_more(cast):
    [risk] = assess(cast, [("cyber", 4, 4)], since=30)
    level(cast, 3)
    action = plan_for(cast, risk)
    finish_task(action.task, by=cast.system_owner, word="Gjort")
    assert count_risks(today()).planned == 1
    with time_is(timezone.now() + 5 * DAY):
        assessed_anew(risk, since=1)
        found = count_risks(today())
        assert (found.planned, found.open) == (0, 1)
        before = count_risks(today() - 2 * DAY)
        assert (before.planned, before.open) == (1, 0), "then nobody had looked anew"
        plan_for(cast, risk)
        assert count_risks(today()).open == 0


def test_an_open_action_stays_a_plan_through_a_new_assessment(cast):
    [risk] = assess(cast, [("cyber", 4, 4)], since=30)
    level(cast, 3)
    plan_for(cast, risk)
    with time_is(timezone.now() + 5 * DAY):
        assessed_anew(risk, since=1)
        assert count_risks(today()).open == 0
