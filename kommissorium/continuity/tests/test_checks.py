"""R8 and R9: what changes their state, and that the cheapest ways to green stay amber or red."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from kommissorium.committees.models import Clause
from kommissorium.conftest import in_days, time_is
from kommissorium.continuity.actions.services import change_service, retire_service
from kommissorium.continuity.kind import KIND
from kommissorium.continuity.models import ContinuityTest, Service
from kommissorium.continuity.tests.cases import (
    approved,
    approved_plans,
    drafted_plans,
    evaluated,
    hold,
    named,
    service,
    service_values,
    system,
    values_of,
)
from kommissorium.measures.findings import Noted, Question, State
from kommissorium.measures.past import DayFigures, PastFigures
from kommissorium.measures.rules.continuity import ALONE, EVERY, plans_in_force
from kommissorium.measures.rules.continuity_tests import enough_tests, wanted
from kommissorium.registers.installed import register_of
from kommissorium.registers.tests import activity_cases
from kommissorium.registers.tests.activity_cases import soon
from kommissorium.registers.tests.check_cases import past_of

LONG_SINCE = date(2000, 1, 1)


def asked(cast, on: date | None = None, since: date = LONG_SINCE) -> Question:
    day = on or timezone.localdate()
    return Question(day, day, since, cast.committee.pk)


def plans(cast, on: date | None = None, since: date = LONG_SINCE):
    past = past_of(register_of("continuity"))
    return plans_in_force(Clause(text=""), past, asked(cast, on, since))


def exercised(cast, on: date | None = None, since: date = LONG_SINCE, **clause):
    clause.setdefault("text", "Afprøver beredskabet mindst en gang om året.")
    past = past_of(register_of("continuity"))
    return enough_tests(Clause(**clause), past, asked(cast, on, since))


def of_critical(cast, **values):
    """Return the values of a test of a critical service that has its plans."""
    found = Service.objects.filter(title="Løn").first()
    if found is None:
        found = service(cast, title="Løn")
        approved_plans(cast, found)
    return {"service": found, **values}


def later(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def test_without_services_it_is_red_and_at_first_not_yet_due(cast):
    assert plans(cast).state == State.NOT_FULFILLED
    assert plans(cast, since=timezone.localdate()).state == State.NOT_YET_DUE


def test_a_service_that_is_not_critical_alone_is_green_and_one_not_assessed_is_not(cast):
    found = service(cast, criticality="none", mtd=None)
    assert plans(cast).state == State.FULFILLED
    other = service(cast, title="Bibliotek", criticality="", mtd=None)
    assert plans(cast).state == State.DUE_SOON
    assert "Bibliotek" in plans(cast).sentence
    assert plans(cast, later(61)).state == State.NOT_FULFILLED
    retire_service(other, by=cast.coordinator, because="Det er lukket.")
    assert plans(cast).state == State.FULFILLED
    assert found.is_assessed


def test_a_critical_service_needs_all_three_plans_or_that_it_needs_none(cast):
    found = service(cast)
    assert plans(cast).state == State.DUE_SOON  # it has sixty days
    assert plans(cast, later(61)).state == State.NOT_FULFILLED
    drafted_plans(cast, found)
    assert plans(cast).state == State.DUE_SOON


def test_with_plans_in_force_it_is_green_with_evidence_and_the_past_stays(cast):
    yesterday = timezone.localtime() - timedelta(days=70)
    with time_is(yesterday):
        found = service(cast)
    approved_plans(cast, found)
    told = plans(cast)
    assert (told.state, len(told.evidence)) == (State.FULFILLED, 1)
    assert plans(cast, timezone.localdate() - timedelta(days=1)).state == State.NOT_FULFILLED


def test_two_of_three_are_not_enough_and_a_decided_none_is(cast):
    found = service(cast)
    approved_plans(cast, found, recovery="")
    assert plans(cast, later(61)).state == State.NOT_FULFILLED
    approved_plans(cast, found, recovery="", no_recovery="Leverandøren genskaber den.")
    assert plans(cast, later(61)).state == State.FULFILLED


def test_plans_to_be_reviewed_turn_amber_before_and_red_sixty_days_after(cast):
    approved_plans(cast, service(cast))
    assert plans(cast, later(300)).state == State.FULFILLED
    assert plans(cast, later(350)).state == State.DUE_SOON
    assert plans(cast, later(370)).state == State.DUE_SOON
    assert plans(cast, later(430)).state == State.NOT_FULFILLED


def test_a_service_called_not_critical_later_was_critical_before(cast):
    with time_is(timezone.localtime() - timedelta(days=90)):
        found = service(cast)
    values = service_values(cast, criticality="none")
    change_service(found, by=cast.coordinator, values=values, edit_version=1)
    told = plans(cast)
    assert told.state == State.FULFILLED
    assert found.title in told.sentence  # whoever reads the answer is told of it
    assert [one.reference for one in told.evidence] == [f"continuity.service {found.pk}"]
    assert found.title not in plans(cast, later(400)).sentence
    assert plans(cast, later(-1)).state == State.NOT_FULFILLED


def test_no_critical_service_is_no_plan_for_the_critical_systems_there_are(cast):
    service(cast, criticality="none", mtd=None, systems=[system(cast, criticality="society")])
    told = plans(cast)
    assert told.state == State.NOT_FULFILLED
    assert "1 af 1 kritiske systemer" in told.sentence and "0 af 0" not in told.sentence
    assert plans(cast, since=timezone.localdate()).state == State.NOT_YET_DUE


def test_critical_data_and_archives_are_no_systems_that_lack_a_service(cast):
    approved_plans(cast, service(cast))
    for kind in ("data_set", "archive"):
        system(cast, kind, kind=kind, criticality="business")
    assert plans(cast).state == State.FULFILLED


def test_plans_for_one_critical_system_of_many_are_not_plans_for_all(cast):
    made = [system(cast, f"System {number}", criticality="business") for number in range(4)]
    approved_plans(cast, service(cast, systems=made[:1]))
    told = plans(cast)
    assert told.state == State.NOT_FULFILLED
    assert "3 af 4 kritiske systemer (75 procent)" in told.sentence
    approved_plans(cast, service(cast, title="Løn", systems=made[1:2]))
    assert plans(cast).state == State.DUE_SOON  # half
    approved_plans(cast, service(cast, title="Pas", systems=made[2:]))
    assert plans(cast).state == State.FULFILLED


def test_what_figures_of_long_ago_do_not_tell_is_not_green(cast):
    with time_is(in_days(-1, 10)):
        approved_plans(cast, service(cast))
    past = past_of(register_of("continuity"))
    day = timezone.localdate() - timedelta(days=1)
    question, clause = asked(cast, day), Clause(text="")
    assert plans_in_force(clause, past, question).state == State.UNMEASURED
    for kept, state in (
        ({ALONE: 3}, State.DUE_SOON),
        ({ALONE: 0}, State.FULFILLED),
        ({ALONE: 0, EVERY: 3}, State.FULFILLED),
    ):
        rows = [DayFigures(day, kept, Noted(1, day, ""))]
        figures = PastFigures.until_today(rows, past.figures.rows[-1])
        assert plans_in_force(clause, replace(past, figures=figures), question).state == state


def test_no_test_is_red_and_one_held_within_a_year_green(cast):
    assert exercised(cast).state == State.NOT_FULFILLED
    assert exercised(cast, since=timezone.localdate()).state == State.NOT_YET_DUE
    plan = approved(cast, of_critical(cast))
    assert exercised(cast).state == State.NOT_FULFILLED
    test = hold(plan.activities.first(), cast.coordinator)
    told = exercised(cast)
    assert (told.state, len(told.evidence)) == (State.FULFILLED, 1)
    evaluated(cast, test, changes="")
    assert exercised(cast, later(300)).state == State.FULFILLED
    assert exercised(cast, later(350)).state == State.DUE_SOON
    assert exercised(cast, later(370)).state == State.NOT_FULFILLED


@pytest.mark.parametrize("notice", ["announced", "unannounced"])
def test_twice_one_without_notice_is_as_the_clause_asks(cast, notice):
    text = "Afprøver beredskabet mindst to gange om året, den ene gang uden varsel."
    clause, today = {"text": text, "min_per_year": 2}, timezone.localdate()
    spring = (date(today.year, 5, 3) - today).days  # the day after lies in the year of the plan
    with time_is(in_days(spring, 10)):
        plan = approved(
            cast, of_critical(cast, title="Et"), of_critical(cast, title="To", notice=notice)
        )
        hold(named(plan, "Et"), cast.coordinator)
        assert exercised(cast, **clause).state == State.NOT_FULFILLED
        hold(named(plan, "To"), cast.coordinator)
        told = exercised(cast, **clause)
    assert told.state == State.NOT_FULFILLED  # two of one day are one time
    assert "samme dag" in told.sentence
    with time_is(in_days(spring + 1, 10)):
        activity_cases.add(KIND, cast, plan, values_of(cast, title="Tre"))
        hold(named(plan, "Tre"), cast.coordinator)
        is_green = exercised(cast, **clause).state == State.FULFILLED
    assert is_green == (notice == "unannounced")


@pytest.mark.parametrize(
    ("clause", "number"),
    [
        (Clause(text="En test"), 1),
        (Clause(text="", cadence_months=6), 2),
        (Clause(text="", cadence_months=24), 1),
        (Clause(text="", min_per_year=3, cadence_months=12), 3),
    ],
)
def test_how_many_a_clause_asks_for(clause, number):
    assert wanted(clause) == (number, False)


def test_held_and_not_evaluated_is_told_and_amber_after_sixty_days(cast):
    test = hold(approved(cast, of_critical(cast)).activities.first(), cast.coordinator)
    assert "Krisestaben" in exercised(cast).sentence
    assert exercised(cast, later(60)).state == State.FULFILLED
    assert exercised(cast, later(61)).state == State.DUE_SOON
    found = evaluated(cast, test)
    assert exercised(cast, later(61)).state == State.DUE_SOON  # its lessons are in no plan
    approved_plans(cast, test.service, improves=found.test)
    assert exercised(cast, later(61)).state == State.FULFILLED


def test_a_test_held_against_no_plan_is_no_test(cast):
    hold(approved(cast, {}).activities.first(), cast.coordinator)
    told = exercised(cast)
    assert told.state == State.NOT_FULFILLED
    assert "tæller ikke" in told.sentence and told.evidence == ()
    with time_is(in_days(1, 10)):
        approved_plans(cast, service(cast))
        assert exercised(cast).state == State.NOT_FULFILLED, "the plans came after it"


def test_tests_that_try_no_critical_service_are_amber(cast):
    approved_plans(cast, service(cast))
    hold(approved(cast, {}).activities.first(), cast.coordinator)
    told = exercised(cast)
    assert told.state == State.DUE_SOON
    assert "en kritisk ydelse" in told.sentence
    with time_is(in_days(1, 10)):
        library = service(cast, title="Udlån", criticality="none", mtd=None)
        approved_plans(cast, library)
        plan = approved(cast, {"title": "Udlån prøves", "service": library})
        hold(named(plan, "Udlån"), cast.coordinator)
        assert exercised(cast).state == State.DUE_SOON
        plan = approved(cast, of_critical(cast, title="Løn prøves"))
        hold(named(plan, "Løn"), cast.coordinator)
        assert exercised(cast).state == State.FULFILLED


def test_an_activation_counts_where_the_committee_decides_so_alone(cast):
    plan = approved(cast, of_critical(cast))
    words = values_of(cast, **of_critical(cast), title="Nedbrud", sort="activation")
    words["planned_for"] = soon(0)
    made = activity_cases.add(KIND, cast, plan, words)
    test = hold(made, cast.coordinator)
    assert exercised(cast).state == State.NOT_FULFILLED
    evaluated(cast, test, changes="")
    assert exercised(cast).state == State.FULFILLED


def test_an_activation_that_nobody_evaluates_is_amber_after_sixty_days_told_of_or_not(cast):
    plan = approved(cast, of_critical(cast))
    evaluated(cast, hold(plan.activities.get(), cast.coordinator), changes="")
    words = values_of(cast, title="Nedbrud", sort="activation", planned_for=timezone.localdate())
    made = activity_cases.add(KIND, cast, plan, words)
    assert "Nedbrud" in exercised(cast).sentence
    for act in (lambda: None, lambda: hold(made, cast.coordinator)):
        act()
        assert exercised(cast, later(60)).state == State.FULFILLED
        assert exercised(cast, later(61)).state == State.DUE_SOON
    evaluated(cast, ContinuityTest.objects.get(pk=made.pk), changes="")
    assert exercised(cast, later(61)).state == State.FULFILLED
