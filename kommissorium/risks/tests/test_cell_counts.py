from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest
from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.assets.tests.figure_cases import own, put
from kommissorium.conftest import Cast
from kommissorium.risks.cell_counts import (
    accepted_above,
    figures_now,
    figures_on,
    levels_by_day,
)
from kommissorium.risks.levels import AFTER, BEFORE, is_above, levels_on
from kommissorium.risks.models import Assessment, Group, Scale, Scenario
from kommissorium.risks.tests.picture_cases import accept, assess, days_ago, level, risk

pytestmark = pytest.mark.django_db
SPAN = 60


def scatter(cast: Cast, seed: int) -> None:
    """Write a hundred risks in assessments that came and went, some of them unscored."""
    chance = Random(seed)
    scales = list(Scale.objects.order_by("pk")[:3])
    for number in range(25):
        since = chance.choice([None, *range(SPAN)])
        until = chance.choice([None, chance.randrange(since)]) if since else None
        found = assess(cast, since=None, scale=chance.choice(scales))
        for _ in range(chance.randrange(8)):
            size = found.scale.size
            cell = (chance.randint(1, size), chance.randint(1, size))
            left = (chance.randint(1, cell[0]), chance.randint(1, cell[1]))
            risk(
                found,
                chance.choice([cell, cell, cell, None]),
                chance.choice([left, None]),
                group=chance.choice(Group.values),
                title=f"Risiko {number}",
            )
        if since is not None:
            found.state, found.in_force_from = Assessment.State.APPROVED, days_ago(since)
            found.save()
            found.scenarios.update(is_in_force=True)
        if until is not None:
            found.in_force_to = days_ago(until)
            found.save()
            found.scenarios.update(is_in_force=False)


def by_hand(day: date, of: str) -> Counter[tuple[int, str, int, int]]:
    """Count the rows of a day one by one, by nothing but their fields."""
    found: Counter[tuple[int, str, int, int]] = Counter()
    for one in Scenario.objects.select_related("assessment"):
        begun, ended = one.assessment.in_force_from, one.assessment.in_force_to
        if begun is None or begun > day or (ended is not None and ended <= day):
            continue
        cell = getattr(one, f"{of}consequence"), getattr(one, f"{of}likelihood")
        found[one.assessment.scale_id, one.group, *(cell if all(cell) else (0, 0))] += 1
    return found


def as_counter(figures: object, of: str) -> Counter[tuple[int, str, int, int]]:
    rows = figures.cells[of]  # type: ignore[attr-defined]
    return Counter(
        {(one.scale, one.group, one.consequence, one.likelihood): one.number for one in rows}
    )


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_cell_of_today_and_of_every_past_day_holds_as_many_as_the_rows(
    cast: Cast, seed: int
) -> None:
    scatter(cast, seed)
    today = timezone.localdate()
    for of in (BEFORE, AFTER):
        assert as_counter(figures_now(cast.auditor), of) == by_hand(today, of)
        for ago in range(0, SPAN + 2, 3):
            day = today - timedelta(days=ago)
            assert as_counter(figures_on(day, cast.auditor), of) == by_hand(day, of), ago


def test_what_lies_above_the_level_is_counted_as_it_is_asked_of_each_risk(cast: Cast) -> None:
    scatter(cast, 4)
    level(cast, 2)
    level(cast, 1, group="supplier")
    levels = levels_on(timezone.localdate())
    rows = list(Scenario.objects.in_force().select_related("assessment"))
    for of in (BEFORE, AFTER):
        above = sum(is_above(one, levels, of) for one in rows)
        assert above
        assert figures_now(cast.auditor).above(levels, of) == above


def test_the_levels_of_two_days_are_those_that_held_on_each(cast: Cast) -> None:
    old = level(cast, 1, since=200, until=50)
    new = level(cast, 2, since=50)
    own_one = level(cast, 3, group="cyber", since=20)
    today, then = timezone.localdate(), days_ago(60)
    now, past = levels_by_day([today, then], Scale.objects.all())
    assert now == {"": new, "cyber": own_one}
    assert past == {"": old}
    assert now[""].other_scales == levels_on(today)[""].other_scales


def test_an_owner_counts_own_risks_alone_and_an_employee_none(cast: Cast) -> None:
    system = put("Borger.nu")
    own(system, cast, "system_owner")
    risk(assess(cast, assets=[system]), (3, 3), (1, 2))
    risk(assess(cast), (4, 4))

    def of(person: Person) -> tuple[int, dict[tuple[int, int], int]]:
        figures = figures_now(person)
        return figures.total, dict(figures.counts(set(Scale.objects.values_list("pk", flat=True))))

    assert of(cast.auditor) == (2, {(3, 3): 1, (4, 4): 1})
    assert of(cast.system_owner) == (1, {(3, 3): 1})
    assert figures_on(days_ago(3), cast.system_owner).total == 1
    assert of(cast.employee) == (0, {})
    assert of(cast.administrator) == (0, {})


def test_accepted_risks_count_once_each_and_only_above_the_level(cast: Cast) -> None:
    level(cast, 2)
    found = assess(cast)
    high, higher, low = risk(found, (4, 4)), risk(found, (3, 4)), risk(found, (1, 1))
    levels = levels_on(timezone.localdate())
    assert accepted_above(cast.chair, levels) == 0
    accept(cast, high, higher, amount=250_000)
    accept(cast, low, amount=9_000)
    accept(cast, high, amount=1_000_000)
    assert accepted_above(cast.chair, levels) == 2
    assert accepted_above(cast.employee, levels) == 0


def test_an_acceptance_that_has_expired_or_ended_counts_no_more(cast: Cast) -> None:
    level(cast, 2)
    found = assess(cast)
    high = risk(found, (4, 4))
    accept(cast, high, expires_on=days_ago(1))
    accept(cast, high, ended_at=timezone.now(), ending="withdrawn")
    accept(cast, high, state="proposed", accepted_at=None, accepted_by=None)
    assert accepted_above(cast.chair, levels_on(timezone.localdate())) == 0


def test_an_acceptance_holds_for_the_same_risk_in_a_newer_assessment(cast: Cast) -> None:
    level(cast, 2)
    old = risk(assess(cast, since=200, until=10), (4, 4))
    accept(cast, old, amount=40_000)
    risk(assess(cast, since=10), (4, 4), lineage=old.lineage)
    levels = levels_on(timezone.localdate())
    assert accepted_above(cast.chair, levels) == 1
