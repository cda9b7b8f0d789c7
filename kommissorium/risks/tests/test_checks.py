"""T2: what the risks say of a date, from what was known on it."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from kommissorium.committees.models import Clause
from kommissorium.conftest import MOST_OF_PARTS, queries_of, time_is
from kommissorium.measures.days import add_months
from kommissorium.measures.findings import Finding, Noted, State
from kommissorium.measures.past import DayFigures, DecidedBy, PastEvent, PastFigures
from kommissorium.measures.rules.risk_past import ApprovedLevel, RiskCounts, RiskPast, kept_figures
from kommissorium.measures.rules.risks import risk_picture
from kommissorium.registers.actions.kept import keep_figures
from kommissorium.registers.tests.check_cases import asked_on, found, ours, past_of, rules_of
from kommissorium.risks.current_counts import count_risks
from kommissorium.risks.register import REGISTER
from kommissorium.risks.tests.standing_cases import (
    accept_until,
    assess,
    level,
    plan_for,
    today,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def asked(figures=(), levels=(), *, on: date | None = None) -> Finding:
    """Return what is found of the risk level in a past with these figures and levels."""
    return found(REGISTER, "risk_level", on or today(), RiskPast(PastFigures(figures), levels))


def picture(figures) -> Finding:
    """Return what is said of the picture of risks in a past with these figures."""
    return risk_picture(Clause(), RiskPast(PastFigures(figures)), asked_on(today()))


def kept(day: date, **values) -> DayFigures[RiskCounts]:
    given = {"risks": 9, "organisation": 4, "organisation_on": day - 30 * DAY, **values}
    return DayFigures(day, RiskCounts(day, **given), Noted(7, day, "a" * 64))


def approved(on: date) -> ApprovedLevel:
    return ApprovedLevel(3, on.year, on, Noted(5, on, "b" * 64), ours())


def test_where_nothing_was_assessed_it_is_not_fulfilled_once_the_first_quarter_is_over(cast):
    assert asked().state == State.NOT_FULFILLED
    assert picture([]).state == State.UNMEASURED
    assert found(REGISTER, "risk_level").state == State.NOT_FULFILLED
    past = RiskPast(PastFigures([]))
    for days, state in ((1, State.NOT_YET_DUE), (80, State.DUE_SOON), (100, State.NOT_FULFILLED)):
        question = asked_on(today(), since=today() - days * DAY)
        assert rules_of(REGISTER).checks["risk_level"](Clause(), past, question).state == state


def test_a_level_of_another_committee_is_not_called_ours(cast):
    other = replace(approved(today()), by=DecidedBy(ours().key + 1, "Digitaliseringsudvalget"))
    finding = asked([kept(today())], [other])
    assert finding.state == State.NOT_FULFILLED
    assert "Digitaliseringsudvalget" in finding.sentence


def test_level_picture_and_plans_make_it_fulfilled_with_the_kroner_in_words(cast):
    figures = [kept(today(), above=12, planned=8, accepted=5, kroner=1_250_000)]
    finding = asked(figures, [approved(today() - 30 * DAY)])
    assert finding.state == State.FULFILLED
    assert "12" in finding.sentence
    assert "1.250.000" in finding.sentence
    assert {one.event for one in finding.evidence} >= {5, 7}
    assert all(one.link for one in finding.evidence)


@pytest.mark.parametrize(
    ("months", "days", "state"),
    [
        (12, 1, State.DUE_SOON),
        (12, 0, State.NOT_FULFILLED),
        (11, -1, State.DUE_SOON),
        (10, 0, State.FULFILLED),
    ],
)
def test_a_level_holds_for_twelve_months(cast, months, days, state):
    begun = add_months(today(), -months) + days * DAY
    assert asked([kept(today())], [approved(begun)]).state == state


def test_a_level_is_known_from_the_day_it_was_approved(cast):
    day = today() - 10 * DAY
    figures = [kept(day - DAY), kept(day)]
    assert asked(figures, [approved(day)], on=day - DAY).state == State.NOT_FULFILLED
    assert asked(figures, [approved(day)], on=day).state == State.FULFILLED


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({}, State.FULFILLED),
        ({"organisation_on": None, "organisation": None}, State.NOT_FULFILLED),
        ({"months": 13}, State.NOT_FULFILLED),
        ({"months": 13, "critical": 4, "covered": 3}, State.NOT_FULFILLED),
        ({"months": 13, "critical": 4, "covered": 4}, State.FULFILLED),
        ({"months": 11, "days": -20}, State.DUE_SOON),
        ({"months": 11, "days": -20, "critical": 4, "covered": 4}, State.FULFILLED),
    ],
)
def test_the_picture_is_of_the_whole_or_of_each_critical_system(cast, values, state):
    values = dict(values)
    if months := values.pop("months", 0):
        since = add_months(today(), -months) + values.pop("days", 0) * DAY
        values["organisation_on"] = since
    if not values.get("organisation", 4):
        values["organisation"] = None
    finding = asked([kept(today(), **values)], [approved(today())])
    assert finding.state == state
    assert finding.state == State.FULFILLED or finding.step


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({"above": 0}, State.FULFILLED),
        ({"above": 3, "planned": 3}, State.FULFILLED),
        ({"above": 3, "planned": 1, "accepted": 2}, State.FULFILLED),
        ({"above": 3, "planned": 1, "accepted": 1, "open": 1}, State.NOT_FULFILLED),
        ({"above": 3, "accepted": 3, "lapsing": 1}, State.DUE_SOON),
    ],
)
def test_one_above_the_level_that_nobody_looks_after_is_enough(cast, values, state):
    finding = asked([kept(today(), **values)], [approved(today())])
    assert finding.state == state


def test_a_past_day_is_answered_from_the_figures_kept_at_its_end(cast):
    day = today() - 11 * DAY
    figures = [kept(day, above=1, open=1), kept(day + DAY, above=1, planned=1)]
    levels = [approved(today() - 40 * DAY)]
    assert asked(figures, levels, on=day).state == State.NOT_FULFILLED
    assert asked(figures, levels, on=day + DAY).state == State.FULFILLED


def test_a_past_day_without_figures_is_counted_and_never_taken_from_the_day_before(cast):
    rows = assess(cast, [("cyber", 4, 4)], since=20)
    level(cast, 3, since=20)
    with time_is(timezone.now() - 15 * DAY):
        keep_figures("risks", today())
    day = today() - 10 * DAY
    with time_is(timezone.now() - 12 * DAY):
        accept_until(cast, rows, 60)
    assert found(REGISTER, "risk_level", today() - 15 * DAY).state == State.NOT_FULFILLED
    approvals = {1: Noted(1, today() - 20 * DAY, "c")}
    past = replace(past_of(REGISTER), approved=approvals, levels=[approved(today() - 20 * DAY)])
    assert past.on(asked_on(day)) == count_risks(day)
    assert found(REGISTER, "risk_level", day, past).state == State.FULFILLED


def test_a_plan_that_is_late_is_no_cheap_green(cast):
    [risk] = assess(cast, [("cyber", 4, 4)])
    level(cast, 3)
    levels = [approved(today())]

    def state():
        return found(REGISTER, "risk_level", None, replace(past_of(REGISTER), levels=levels)).state

    assert state() == State.NOT_FULFILLED
    plan_for(cast, risk)
    assert state() == State.FULFILLED
    with time_is(timezone.now() + 31 * DAY):
        assert state() == State.NOT_FULFILLED


def test_what_the_chain_tells_is_what_was_counted(cast):
    assess(cast, [("cyber", 4, 4)])
    standing = count_risks(today())
    facts = {**asdict(standing), "day": standing.day.isoformat()}
    facts["organisation_on"] = standing.organisation_on.isoformat()
    event = PastEvent("risks.figures_kept", 1, facts, Noted(1, today(), "c"))
    assert kept_figures(event).numbers == standing


def test_the_past_asks_as_much_of_many_risks_and_ends_with_what_is_counted(cast):
    level(cast, 3)
    asked = []
    for many in (2, 20):
        rows = assess(cast, [("cyber", 4, 4)] * many)
        plan_for(cast, rows[0])
        assert past_of(REGISTER).on(asked_on(today())) == count_risks(today())
        asked.append(queries_of(lambda: past_of(REGISTER)))
    assert asked[0] == asked[1] <= MOST_OF_PARTS


def test_a_day_stays_as_it_was_said_when_an_acceptance_runs_out(cast):
    rows = assess(cast, [("cyber", 4, 4)], since=0)
    level(cast, 3, since=0)
    accept_until(cast, rows, 1)
    said = {}
    for days in range(4):
        with time_is(timezone.now() + days * DAY):
            said[today()] = found(REGISTER, "risk_level").sentence
            keep_figures("risks", today())
    with time_is(timezone.now() + 5 * DAY):
        assert {day: found(REGISTER, "risk_level", day).sentence for day in said} == said
    assert len(set(said.values())) > 1


def test_other_checks_are_told_how_new_the_picture_of_risks_is(cast):
    old = picture([kept(today(), organisation_on=today() - 400 * DAY)])
    assert old.state == State.NOT_FULFILLED
    assert old.step
    fresh = picture([kept(today())])
    assert fresh.state == State.FULFILLED
    assert fresh.evidence
