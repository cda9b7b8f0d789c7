"""R2 turns green by objectives that are approved, owned and measured, and by nothing cheaper."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from kommissorium.conftest import Cast, time_is
from kommissorium.core.refusals import Refused
from kommissorium.objectives.actions.objectives import change_objective, measure_objective
from kommissorium.objectives.models import ObjectiveSet
from kommissorium.objectives.register import REGISTER
from kommissorium.objectives.tests.cases import approved, drafted, measure, only, proposed
from kommissorium.registers.findings import Finding, State
from kommissorium.registers.tests.check_cases import found

RED = State.NOT_FULFILLED


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
    assert finding.state == RED and "1 of 2 is not measured in time." in finding.sentence


def test_measured_longer_ago_than_agreed_is_not(cast: Cast) -> None:
    measure(cast, only(approved(cast)), ago=120)
    assert now().state == RED


def test_it_lapses_when_nobody_measures_again_and_after_a_year(cast: Cast) -> None:
    one = only(approved(cast, {"every": 12}))
    measure(cast, one)
    with time_is(timezone.now() + timedelta(days=345)):
        assert now().state == State.DUE_SOON
    with time_is(timezone.now() + timedelta(days=364)):
        measure(cast, one)
    with time_is(timezone.now() + timedelta(days=367)):
        assert now().state == RED


def test_what_another_set_replaced_counts_no_more(cast: Cast) -> None:
    measure(cast, only(approved(cast)))
    newer = approved(cast, {"title": "Noget nyt"})
    assert newer.year == timezone.localdate().year + 1
    assert now().state == State.FULFILLED  # the new ones begin with their year
    with time_is(in_a_year := timezone.now() + timedelta(days=300)):
        assert ObjectiveSet.objects.in_force_on(in_a_year.date()).get() == newer
        finding = now()
    assert finding.state == RED and "1 of 1 is not measured in time." in finding.sentence


def test_an_objective_whose_owner_left_is_not(cast: Cast) -> None:
    one = only(approved(cast))
    measure(cast, one)
    cast.system_owner.is_active = False
    cast.system_owner.save()
    finding = now()
    assert finding.state == RED and "1 has no owner." in finding.sentence
    change_objective(one, by=cast.coordinator, values={"owner": cast.member}, edit_version=1)
    assert now().state == State.FULFILLED
