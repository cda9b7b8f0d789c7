"""R2 turns green by objectives that are approved, owned and measured, and by nothing cheaper."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.apps import apps
from django.utils import timezone
from django.utils.translation import override

from kommissorium.conftest import Cast, in_days, time_is
from kommissorium.core.refusals import Refused
from kommissorium.measures.findings import Finding, State
from kommissorium.measures.shares import exact_share
from kommissorium.objectives.actions import change_objective, draft_set, measure_objective
from kommissorium.objectives.models import Objective, ObjectiveSet
from kommissorium.objectives.proposal import KIND
from kommissorium.objectives.register import REGISTER
from kommissorium.objectives.status import Progress
from kommissorium.objectives.tests.cases import (
    approved,
    change,
    decision_on,
    drafted,
    level_in_force,
    measure,
    only,
    progress,
    proposed,
    values_of,
)
from kommissorium.registers.offered import levels_today
from kommissorium.registers.tests.check_cases import found

RED = State.NOT_FULFILLED


@pytest.fixture(autouse=True)
def level(cast: Cast) -> None:
    """A risk level in force, to be linked to."""
    level_in_force(cast, ago=30)


def now() -> Finding:
    with override("en"):
        return found(REGISTER, "objectives")


def test_approved_owned_and_measured_is_fulfilled(cast: Cast) -> None:
    measure(cast, only(approved(cast)))
    finding = now()
    assert finding.state == State.FULFILLED
    assert len(finding.evidence) == 2


def test_without_objectives_it_is_not(cast: Cast) -> None:
    assert now().state == RED


@pytest.mark.parametrize("far", [drafted, proposed])
def test_what_the_committee_has_not_approved_does_not_count(cast: Cast, far) -> None:
    far(cast)
    assert now().state == RED


def test_approved_and_never_measured_is_not(cast: Cast) -> None:
    approved(cast)
    finding = now()
    assert finding.state == RED
    assert finding.step is not None and finding.step.link == "/objectives/?progress=late"


def test_a_measurement_without_value_is_refused_and_changes_nothing(cast: Cast) -> None:
    one = only(approved(cast))
    with pytest.raises(Refused):
        measure_objective(one, by=cast.coordinator)
    assert now().state == RED


def test_a_measurement_of_a_day_to_come_is_refused(cast: Cast) -> None:
    one = only(approved(cast))
    with pytest.raises(Refused):
        measure(cast, one, ago=-1)


def test_a_count_of_a_register_cannot_be_typed(cast: Cast) -> None:
    one = only(approved(cast, {"indicator": "assets:documents"}))
    with pytest.raises(Refused):  # no document is demanded: there is nothing to count
        measure(cast, one, 100)
    assert now().state == RED


def test_one_measured_and_one_not_is_not(cast: Cast) -> None:
    both = approved(cast, {}, {"title": "Et andet"})
    measure(cast, both.objectives.select_related("set").first())
    finding = now()
    assert finding.state == RED and "2 objectives are in force." in finding.sentence
    assert "One objective is not measured in time." in finding.sentence


def test_measured_longer_ago_than_agreed_is_not(cast: Cast) -> None:
    measure(cast, only(approved(cast)), ago=120)
    assert now().state == RED


def test_it_lapses_when_nobody_measures_again_and_after_a_year(cast: Cast) -> None:
    one = only(approved(cast, {"every": 12}))
    measure(cast, one, 4)
    with time_is(timezone.localtime() + timedelta(days=345)):
        assert now().state == State.DUE_SOON
    with time_is(timezone.localtime() + timedelta(days=364)):
        measure(cast, one, 4)
    with time_is(timezone.localtime() + timedelta(days=367)):
        assert now().state == RED


def test_what_another_set_replaced_counts_no_more(cast: Cast) -> None:
    measure(cast, only(approved(cast)))
    newer = approved(cast, {"title": "Noget nyt"})
    assert newer.year == timezone.localdate().year + 1
    assert now().state == State.FULFILLED  # the new ones begin with their year
    then = date(newer.year, 12, 1)
    with time_is(in_days((then - timezone.localdate()).days, 10)):
        assert ObjectiveSet.objects.in_force_on(then).get() == newer
        finding = now()
    assert finding.state == RED and "One objective is not measured in time." in finding.sentence


def test_an_objective_whose_owner_left_is_not(cast: Cast) -> None:
    one = only(approved(cast))
    measure(cast, one)
    cast.system_owner.is_active = False
    cast.system_owner.save()
    finding = now()
    assert finding.state == RED and "One objective has no owner." in finding.sentence
    change_objective(one, by=cast.coordinator, values={"owner": cast.member}, edit_version=1)
    assert now().state == State.FULFILLED


def test_linked_to_no_risk_level_it_is_not_until_it_is_held_against_one(cast: Cast) -> None:
    apps.get_model("risks", "RiskLevel").objects.update(
        in_force_to=timezone.localdate() - timedelta(days=9)
    )
    one = only(approved(cast))
    assert one.risk_level is None, "there is none to link to"
    measure(cast, one)
    finding = now()
    assert (
        finding.state == RED and "One objective is not linked to a risk level." in finding.sentence
    )
    assert finding.step is not None and finding.step.link == "/objectives/?link=none"
    level = level_in_force(cast)
    assert now().state == RED, "it is not linked by itself"
    change_objective(one, by=cast.coordinator, values={"risk_level": level}, edit_version=1)
    assert now().state == State.FULFILLED


def test_a_new_risk_level_makes_the_link_an_old_one(cast: Cast) -> None:
    one = only(approved(cast))
    measure(cast, one)
    old, level = one.risk_level, level_in_force(cast)
    finding = now()
    assert finding.state == State.DUE_SOON and "a risk level that was replaced" in finding.sentence
    change_objective(one, by=cast.coordinator, values={"risk_level": level}, edit_version=1)
    assert now().state == State.FULFILLED
    with pytest.raises(Refused):  # and not back to what no longer holds
        change_objective(one, by=cast.coordinator, values={"risk_level": old}, edit_version=2)


def test_what_is_not_linked_to_the_level_in_force_is_not_put_forward(cast: Cast) -> None:
    found = drafted(cast, {"risk_level": None})
    with override("en"), pytest.raises(Refused, match="not linked to the risk level in force"):
        KIND.propose(found, cast.committee, by=cast.coordinator)
    values = values_of(cast)
    change_objective(only(found), by=cast.coordinator, values=values, edit_version=1)
    level_in_force(cast)
    with override("en"), pytest.raises(Refused, match="not linked to the risk level in force"):
        KIND.propose(found, cast.committee, by=cast.coordinator)


def test_a_longer_interval_does_not_make_good_what_was_measured_too_late(cast: Cast) -> None:
    measure(cast, only(approved(cast)), ago=120)
    assert now().state == RED
    newer = draft_set(by=cast.coordinator)
    one = only(newer)
    change(newer, cast.coordinator, year=timezone.localdate().year)
    values = values_of(cast, every=12)
    change_objective(one, by=cast.coordinator, values=values, edit_version=1)
    KIND.propose(newer, cast.committee, by=cast.coordinator)
    KIND.approve(newer, decision_on(cast, newer), by=cast.chair)
    finding = now()
    assert finding.state == RED and "One objective is not measured in time." in finding.sentence
    measure(cast, only(newer))
    assert now().state == State.FULFILLED


def test_what_was_approved_cannot_be_changed_to_what_was_measured(cast: Cast) -> None:
    one = only(approved(cast))
    measure(cast, one, 1)
    values = values_of(cast, target=1, every=12, title="Noget lettere")
    change_objective(one, by=cast.coordinator, values=values, edit_version=1)
    one.refresh_from_db()
    assert (int(one.target), one.every, one.title) == (4, 3, "Øvelser i beredskab")
    assert levels_today().records.get() == one.risk_level


@pytest.mark.parametrize(
    ("direction", "target", "unit"),
    [
        ("at_least", 0, "%"),
        ("at_least", 0, "øvelser"),
        ("at_most", 100, "%"),
        ("at_most", 120, "pct."),
    ],
)
def test_a_goal_that_any_value_meets_is_refused_beside_its_field(
    cast: Cast, direction: str, target: int, unit: str
) -> None:
    words = {"direction": direction, "target": Decimal(target), "unit": unit}
    with pytest.raises(Refused) as refused:
        drafted(cast, words)
    assert list(refused.value.errors) == ["target"]


def test_a_goal_that_any_value_meets_is_not_put_forward_from_a_former_year(cast: Cast) -> None:
    found = drafted(cast)
    Objective.objects.update(target=0)
    with override("en"), pytest.raises(Refused, match="Any value meets the goal"):
        KIND.propose(found, cast.committee, by=cast.coordinator)


def test_a_share_just_below_what_is_wanted_does_not_reach_it(cast: Cast) -> None:
    one = only(approved(cast, {"unit": "%", "target": Decimal(80)}))
    value = exact_share(796, 1_000)
    measure_objective(one, by=cast.coordinator, value=value)
    assert progress(one) != Progress.REACHED
    assert one.in_words(value) == "79,6\u00a0%"
