"""R7 and T8: what changes their state, and that the cheapest ways to green stay red."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from kommissorium.awareness.evaluation import EVALUATION, of_last_half
from kommissorium.awareness.kind import KIND, PLAN
from kommissorium.awareness.tests.cases import (
    BOARD,
    CAMPAIGN,
    all_held,
    approved,
    drafted,
    evaluated,
    figures,
    named,
)
from kommissorium.conftest import in_days, time_is
from kommissorium.core.refusals import Refused
from kommissorium.measures.findings import Question, State
from kommissorium.measures.periods import Half
from kommissorium.measures.rules.awareness import awareness_evaluated, training_held
from kommissorium.registers.actions.activities import (
    call_off_activity,
    change_activity,
    draft_evaluation,
)
from kommissorium.registers.installed import register_of
from kommissorium.registers.tests.activity_cases import approve, hold
from kommissorium.registers.tests.check_cases import past_of, taken_up


def asked(cast, on: date | None = None, since: date | None = None) -> Question:
    day = on or timezone.localdate()
    return Question(day, day, since or cast.since, cast.committee.pk, taken_up(), chair_may=True)


def training(cast, on: date | None = None):
    past = past_of(register_of("awareness"))
    return training_held(None, past, asked(cast, on))  # type: ignore[arg-type]


def evaluation(cast, on: date | None = None, since: date | None = None):
    past = past_of(register_of("awareness"))
    return awareness_evaluated(None, past, asked(cast, on, since))  # type: ignore[arg-type]


@pytest.fixture
def plan(cast):
    """A plan approved this spring or in the year's first days, whatever the day is."""
    return approved(cast)


def later(plan, days: int) -> date:
    """Return a day after all of the plan was to be held."""
    return max(one.planned_for for one in plan.activities.all()) + timedelta(days=days)


def test_without_a_plan_it_is_not_fulfilled(cast):
    assert training(cast).state == State.NOT_FULFILLED


def test_what_is_planned_and_not_due_is_neither_green_nor_red(cast, plan):
    assert training(cast).state == State.NOT_YET_DUE


def test_held_for_each_audience_with_figures_it_is_fulfilled_with_evidence(cast, plan):
    all_held(cast, plan)
    found = training(cast)
    assert found.state == State.FULFILLED
    assert len(found.evidence) == 4
    assert training(cast, timezone.localdate() - timedelta(days=1)).state == State.NOT_FULFILLED


def test_held_without_figures_a_course_does_not_count(cast, plan):
    for one in plan.activities.all():
        hold(KIND, one, cast.coordinator)
    assert training(cast, later(plan, 1)).state == State.NOT_FULFILLED
    board = named(plan, "Kursus for direktionen")
    figures(cast, board, 3, done=0)
    assert training(cast, later(plan, 1)).state == State.NOT_FULFILLED


def test_a_course_for_two_of_four_thousand_is_no_training(cast, plan):
    all_held(cast, plan)
    course = named(plan, "Kursus i sikker")
    for people, done in ((4000, 2), (2, 2), (9, 4)):
        figures(cast, course, people, done=done)
        assert training(cast).state == State.NOT_FULFILLED, people
    assert "undervisning af medarbejdere" in training(cast).sentence
    assert "4 af 40" in training(cast).sentence
    figures(cast, course, 4000, done=2000)
    assert training(cast).state == State.NOT_FULFILLED, "the campaign was for forty of them"
    assert "nåede 30 af 4000" in training(cast).sentence
    figures(cast, named(plan, "Kampagne"), 4000, done=3000)
    figures(cast, course, 10, done=10)
    assert "nåede 10 af 4000" in training(cast).sentence
    assert training(cast).state == State.NOT_FULFILLED
    figures(cast, course, 4000, done=2000)
    assert training(cast).state == State.FULFILLED
    assert "2000 af 4000" in training(cast).sentence


def test_a_board_of_which_one_came_is_not_taught(cast, plan):
    all_held(cast, plan)
    board = named(plan, "Kursus for direktionen")
    figures(cast, board, 4, done=1)
    assert training(cast).state == State.NOT_FULFILLED
    figures(cast, board, 4, done=2)
    assert training(cast).state == State.FULFILLED


@pytest.mark.parametrize(
    ("left", "said"),
    [
        ((CAMPAIGN, BOARD), "intet kursus og ingen simulering for medarbejdere"),
        (({"audience": "leaders"}, {**CAMPAIGN, "audience": "leaders"}, {}, BOARD), "kampagne"),
    ],
)
def test_a_plan_that_leaves_the_employees_out_is_none(cast, left, said):
    plan = approve(cast, PLAN, drafted(cast, *left))
    all_held(cast, plan)
    found = training(cast)
    assert found.state == State.NOT_FULFILLED
    assert said in found.sentence


def test_one_audience_left_out_is_enough_to_be_red(cast, plan):
    for one in plan.activities.exclude(audience="executive"):
        found = named(plan, one.title)
        figures(cast, found, 40, done=30)
        hold(KIND, found, cast.coordinator)
    assert training(cast, later(plan, 1)).state == State.NOT_FULFILLED


def test_calling_everything_off_does_not_make_it_green(cast, plan):
    for one in plan.activities.select_related("plan"):
        call_off_activity(KIND, one, by=cast.coordinator, because="Ingen tid.")
    assert training(cast, later(plan, 1)).state == State.NOT_FULFILLED


def test_moving_the_day_does_not_move_what_was_promised(cast, plan):
    moved, last = named(plan, "Kursus i sikker"), date(plan.year, 12, 31)
    promised, values = moved.planned_for, {"responsible": moved.responsible}
    values |= {"planned_for": last}
    change_activity(KIND, moved, by=cast.coordinator, values=values, edit_version=1)
    found = past_of(register_of("awareness")).activities_on(asked(cast))
    [one] = [one for one in found if one.key == moved.pk]
    assert (one.promised, one.planned_for) == (promised, last)


def test_a_plan_of_a_year_gone_by_is_red_from_april(cast, plan):
    until = date(plan.year, 5, 1) - timezone.localdate()  # within twelve months of next spring
    with time_is(in_days(max(until.days, 0), 10)):
        all_held(cast, plan)
    assert training(cast, date(plan.year + 1, 3, 31)).state == State.DUE_SOON
    assert training(cast, date(plan.year + 1, 4, 1)).state == State.NOT_FULFILLED


def test_what_another_committee_approved_does_not_count(cast, plan):
    all_held(cast, plan)
    other = Question(timezone.localdate(), timezone.localdate(), cast.since, cast.committee.pk + 1)
    found = training_held(None, past_of(register_of("awareness")), other)  # type: ignore[arg-type]
    assert found.state == State.NOT_FULFILLED


def test_a_half_year_evaluated_in_time_is_fulfilled(cast):
    evaluated(cast)
    half = Half.of(timezone.localdate()).before
    since = half.first
    in_time = timezone.localdate() <= half.due
    found = evaluation(cast, half.due, since) if in_time else evaluation(cast, since=since)
    assert found.state == (State.FULFILLED if in_time else State.DUE_SOON)
    assert found.evidence


def test_a_half_year_that_nobody_evaluated_is_red_when_its_time_is_up(cast):
    half = Half.of(timezone.localdate())
    before = half.due - timedelta(days=31)
    assert evaluation(cast, before, half.first).state == State.NOT_YET_DUE
    near = half.due - timedelta(days=1)
    assert evaluation(cast, near, half.first).state == State.DUE_SOON
    assert evaluation(cast, half.due, half.first).state == State.NOT_FULFILLED


def test_a_half_year_in_which_nothing_was_held_cannot_be_evaluated(cast):
    approved(cast)
    draft = draft_evaluation(EVALUATION, by=cast.coordinator, **of_last_half())
    with pytest.raises(Refused):
        EVALUATION.propose(draft, cast.committee, by=cast.coordinator)


def test_what_is_put_in_force_next_year_is_not_in_force_today(cast, plan):
    second = approve(cast, PLAN, drafted(cast))
    assert second.in_force_from == date(plan.year + 1, 1, 1)
    plan.refresh_from_db()
    assert plan.is_in_force_on(timezone.localdate())
