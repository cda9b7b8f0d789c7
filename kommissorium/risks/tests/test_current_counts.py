"""Counts of the risks: by one query, and the same as counted one by one."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from random import Random

import pytest
from django.utils import timezone

from kommissorium.assets.actions.assets import add_asset
from kommissorium.assets.models import Kind
from kommissorium.conftest import MOST_OF_PARTS, queries_of, time_is
from kommissorium.measures.rules.risk_past import RiskCounts
from kommissorium.risks.current_counts import count_risks, risk_counts
from kommissorium.risks.levels import is_above, levels_on
from kommissorium.risks.models import Acceptance, Assessment, Scale, Scenario
from kommissorium.risks.tests.standing_cases import (
    accept_until,
    assess,
    level,
    plan_for,
    put_in_force,
    today,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
GROUPS = ("cyber", "people", "supplier")


def test_nothing_assessed_is_nothing(cast):
    assert count_risks(today()) == RiskCounts(today())


def test_it_asks_as_much_of_many_risks_as_of_few(cast):
    level(cast, 4)
    asked = []
    for many in (2, 20):
        assess(cast, [("cyber", 4, 4)] * many)
        asked.append([queries_of(partial(count_risks, today() - days * DAY)) for days in (0, 1)])
    assert asked[0] == asked[1]
    assert max(asked[1]) <= MOST_OF_PARTS


def test_what_is_kept_is_what_was_counted(cast):
    assess(cast, [("cyber", 4, 4)])
    level(cast, 4)
    assert risk_counts() == count_risks(today())
    with time_is(timezone.now() + 2 * DAY):
        assert risk_counts() == count_risks(today())


def test_counts_are_those_of_the_rows_one_by_one(cast):
    lots = Random(7)
    other = Scale.objects.filter(size=4).exclude(use_mark=True).first()
    cells = [(lots.choice(GROUPS), lots.randint(1, 4), lots.randint(1, 4)) for _ in range(90)]
    rows = assess(cast, cells[:60])
    rows += assess(cast, cells[60:], scope="process", scale=other)
    level(cast, 5)
    level(cast, 3, group="people")
    planned = {row.pk for row in lots.sample(rows, 20)}
    for row in rows:
        if row.pk in planned:
            plan_for(cast, row)
    short, long = lots.sample(rows, 9), lots.sample(rows, 12)
    accept_until(cast, short, 20, 40_000)
    accept_until(cast, long, 90, 250_000)
    taken = {row.pk for row in (*short, *long)}
    lasting = {row.pk for row in long}
    levels = levels_on(today())
    above = {row.pk for row in Scenario.objects.in_force() if is_above(row, levels)}
    found = count_risks(today())
    assert (found.risks, found.above) == (90, len(above))
    assert found.planned == len(above & planned)
    assert found.accepted == len(above & taken)
    assert found.open == len(above - planned - taken)
    assert found.open + found.lapsing == len(above - planned - lasting)
    assert found.kroner == 290_000


def test_a_plan_that_is_dropped_or_impossible_is_no_plan(cast):
    rows = assess(cast, [("cyber", 4, 4)] * 3)
    level(cast, 3)
    for row in rows:
        action = plan_for(cast, row)
        if row == rows[1]:
            action.impossible_at = timezone.now()
            action.save()
        if row == rows[2]:
            action.task.state, action.task.dropped_at = "dropped", timezone.now()
            action.task.save()
    found = count_risks(today())
    assert (found.planned, found.open) == (1, 2)


def test_an_acceptance_counts_until_its_day_is_over_and_no_longer(cast):
    rows = assess(cast, [("cyber", 4, 4)])
    level(cast, 3)
    accept_until(cast, rows, 3)
    with time_is(timezone.now() + 3 * DAY):
        assert count_risks(today()).open == 0
    with time_is(timezone.now() + 4 * DAY):
        assert count_risks(today()).open == 1
        assert count_risks(today() - DAY).open == 0


def test_what_has_no_level_is_not_above_one_and_other_steps_are_above(cast):
    small = Scale.objects.create(
        family="lille",
        name="Lille",
        size=3,
        likelihoods=[{"name": str(n), "text": ""} for n in range(3)],
        consequences=[{"name": str(n), "text": ""} for n in range(3)],
        bands=[{"name": "Lav", "tone": "green"}],
        cells=[[1] * 3] * 3,
        made_at=timezone.now(),
    )
    assess(cast, [("cyber", 1, 1)], scope="process", scale=small)
    assert count_risks(today()).above == 0
    level(cast, 8)
    assert count_risks(today()).above == 1


def test_a_day_gone_by_is_counted_as_it_was(cast):
    first = assess(cast, [("cyber", 4, 4), ("cyber", 1, 1)], since=40)
    level(cast, 3, since=30)
    assert count_risks(today() - 35 * DAY).above == 0
    assert count_risks(today() - 30 * DAY).open == 1
    assert count_risks(today() - 41 * DAY).risks == 0
    accept_until(cast, first[:1], 90)
    old = Assessment.objects.filter(pk=first[0].assessment_id)
    old.update(in_force_to=today())
    Scenario.objects.filter(assessment__in=old).update(is_in_force=False)
    assess(cast, [("cyber", 1, 1)], since=0)
    assert count_risks(today()).above == 0
    yesterday = count_risks(today() - DAY)
    assert (yesterday.above, yesterday.open, yesterday.kroner) == (1, 1, 0)
    with time_is(timezone.now() + DAY):
        Acceptance.objects.update(ended_at=timezone.now(), ending="withdrawn")
        assert count_risks(today() - DAY).kroner == 100_000
        assert count_risks(today()).kroner == 0


def test_critical_systems_and_the_newest_picture_of_the_whole(cast):
    systems = [
        add_asset(
            by=cast.coordinator,
            kind=Kind.SYSTEM,
            values={"name": f"System {number}", "criticality": criticality},
        )
        for number, criticality in enumerate(["society", "business", "business", "none"])
    ]
    assess(cast, [("cyber", 2, 2)], scope="asset", assets=systems[:1])
    assess(cast, [("cyber", 2, 2)], scope="assets", assets=systems[1:2], since=370)
    whole = assess(cast, [("cyber", 2, 2)], since=15)[0].assessment_id
    draft = Assessment.objects.create(
        scope="organisation",
        title="Ny",
        scale=Scale.objects.first(),
        assessed_on=today(),
        assessor=cast.coordinator,
        created_by=cast.coordinator,
        created_at=timezone.now(),
    )
    found = count_risks(today())
    assert (found.critical, found.covered) == (3, 1)
    assert (found.organisation, found.organisation_on) == (whole, today() - 15 * DAY)
    put_in_force(draft, today())
    assert count_risks(today()).organisation == draft.pk
