"""T7 turns green by the state of all seven areas, shown and approved in time; by nothing cheaper."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from django.utils.translation import override

from kommissorium.committees.models import Clause
from kommissorium.conftest import Cast
from kommissorium.core.refusals import Refused
from kommissorium.measures.findings import Finding, Noted, Question, State
from kommissorium.measures.past import ApprovedProposal, DecidedBy, PastFigures, StandardPast
from kommissorium.measures.periods import Quarter
from kommissorium.measures.rules.projects import security_work
from kommissorium.projects.proposal import KIND
from kommissorium.projects.register import REGISTER
from kommissorium.projects.tests.cases import (
    approved_before,
    begun,
    drafted,
    ended,
    proposed,
    say_all,
)
from kommissorium.registers.requirements import AREAS
from kommissorium.registers.tests.check_cases import found, past_of, rules_of, taken_up

OURS = DecidedBy(7, "Udvalget")
GREEN, AMBER, RED = State.FULFILLED, State.DUE_SOON, State.NOT_FULFILLED


def status(name: str, by: DecidedBy = OURS, decided: date | None = None, **facts: Any):
    """Return a status that was approved a month after its quarter."""
    quarter = Quarter.parse(name)
    on = decided or quarter.last + timedelta(days=30)
    said = {"year": quarter.year, "number": quarter.number, "areas": sorted(AREAS), **facts}
    return ApprovedProposal(1, on, Noted(1, on, "x"), by, on, said)


YEAR = [status(name) for name in ("2020-1", "2020-2", "2020-3", "2020-4")]


def of(rows: list[ApprovedProposal], on: date = date(2021, 4, 1)) -> Finding:
    asked = Question(on, on, date(2020, 1, 1), OURS.key)
    with override("en"):
        return security_work(Clause(measure="x"), StandardPast(PastFigures(()), rows), asked)


def test_four_in_time_are_fulfilled_with_evidence() -> None:
    finding = of(YEAR)
    assert finding.state == GREEN and len(finding.evidence) == 4


@pytest.mark.parametrize(
    "cheap",
    [
        {"areas": sorted(set(AREAS) - {"network"})},
        {"areas": []},
        {"by": DecidedBy(8, "Et andet udvalg")},
        {"decided": date(2020, 12, 30)},  # before the quarter was over
        {"decided": date(2021, 4, 2)},  # after the day that is asked
        {"number": 3},  # a second one of a quarter that has one
    ],
    ids=["an area lacks", "no area", "another committee", "too early", "to come", "wrong quarter"],
)
def test_what_does_not_count_turns_nothing_green(cheap: dict[str, Any]) -> None:
    assert of([*YEAR[:3], status("2020-4", **cheap)]).state == RED


def test_one_late_is_amber_and_two_are_red() -> None:
    late = status("2020-2", decided=date(2020, 11, 3))
    assert of([YEAR[0], late, *YEAR[2:]]).state == AMBER
    other = status("2020-3", decided=date(2021, 1, 2))
    assert of([YEAR[0], late, other, YEAR[3]]).state == RED


@pytest.mark.parametrize("far", [begun, drafted, proposed])
def test_what_the_committee_has_not_approved_does_not_count(cast: Cast, far) -> None:
    far(cast)
    assert found(REGISTER, "project_status").state == RED


@pytest.mark.parametrize(
    "cheap",
    [
        {"text": ""},
        {"light": ""},
        {"evidence": ""},
        {"evidence_on": None},
        {"evidence_on": date(2020, 1, 1)},  # of long before the quarter
    ],
    ids=["no words", "no state", "nothing shows it", "no day", "old"],
)
def test_what_is_not_said_or_not_shown_cannot_be_put_before_the_committee(
    cast: Cast, cheap: dict[str, Any]
) -> None:
    row = drafted(cast)
    say_all(cast, row, **cheap)
    row.refresh_from_db()
    with pytest.raises(Refused):
        KIND.propose(row, cast.committee, by=cast.coordinator)
    assert KIND.told(row)["areas"] == []


def test_each_quarter_approved_in_its_time_is_found_in_the_chain(cast: Cast) -> None:
    for ago in (3, 2):
        approved_before(cast, ago)
    today = timezone.localdate()
    on = min(today, ended(1).due - timedelta(days=1))  # before the next one is due
    asked = Question(on, today, ended(3).first, cast.committee.pk, taken_up())
    check = rules_of(REGISTER).checks["project_status"]
    finding = check(Clause(measure="project_status"), past_of(REGISTER), asked)
    assert finding.state in (GREEN, AMBER), finding
    assert len(finding.evidence) == 2
