"""T6 turns green by statuses that are approved in time with figures, and by nothing cheaper."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from kommissorium.committees.models import Clause
from kommissorium.conftest import Cast, time_is
from kommissorium.measures.codes import Measure
from kommissorium.measures.findings import Finding, Noted, Question, State
from kommissorium.measures.past import DecidedBy
from kommissorium.measures.periods import Quarter
from kommissorium.measures.rules.reports import ApprovedStatus, ReportPast, quarterly_status
from kommissorium.registers.tests.check_cases import found, in_words, past_of, rules_of, taken_up
from kommissorium.reports.register import REGISTER
from kommissorium.reports.tests.cases import approved, drafted, ended, proposed

OURS = DecidedBy(7, "Udvalget")
SINCE = date(2020, 1, 1)  # measured since then: the first quarter that ended is 2020-1
GREEN, AMBER, RED, LATER = (
    State.FULFILLED,
    State.DUE_SOON,
    State.NOT_FULFILLED,
    State.NOT_YET_DUE,
)


def status(name: str, decided: date | None = None, **others: object) -> ApprovedStatus:
    """Return a status that was approved a month after its quarter, unless another day is given."""
    quarter = Quarter.parse(name)
    on = decided or quarter.last + timedelta(days=30)
    values = {
        "key": quarter.year * 10 + quarter.number,
        "quarter": quarter,
        "decided": on,
        "figures": 40,
        "noted": Noted(1, on, "x"),
        "by": OURS,
        **others,
    }
    return ApprovedStatus(**values)  # type: ignore[arg-type]


YEAR = [status(name) for name in ("2020-1", "2020-2", "2020-3", "2020-4")]


def of(rows: list[ApprovedStatus], on: date, known: date | None = None, **clause: int) -> Finding:
    asked = Question(on, known or on, SINCE, OURS.key)
    with override("en"):
        return in_words(quarterly_status(Clause(measure="x", **clause), ReportPast(rows), asked))


def test_nothing_is_demanded_of_a_quarter_before_the_first_whole_one() -> None:
    """Measured since the middle of January, the first status owed is that of 2020-2."""
    clause, since = Clause(measure="x"), date(2020, 1, 15)
    for on, state in (
        (date(2020, 4, 1), State.NOT_YET_DUE),
        (date(2020, 7, 1), State.NOT_YET_DUE),
        (date(2020, 10, 1), State.NOT_FULFILLED),
    ):
        with override("en"):
            asked = Question(on, on, since, OURS.key)
            found = in_words(quarterly_status(clause, ReportPast([]), asked))
        assert found.state == state, on
        assert "Quarter 1 of 2020" not in str(found.sentence), on


def test_four_in_time_are_fulfilled() -> None:
    finding = of(YEAR, date(2021, 4, 1))
    assert finding.state == GREEN and "Quarter 4 of 2020" in finding.sentence
    assert len(finding.evidence) == 4


def test_one_that_lacks_is_red_from_the_day_its_time_is_up() -> None:
    rows = YEAR[:1]
    assert of(rows, date(2020, 8, 30)).state == GREEN
    assert of(rows, date(2020, 9, 1)).state == AMBER, "30 days before"
    assert of(rows, date(2020, 9, 29)).state == AMBER
    assert of(rows, date(2020, 9, 30)).state == RED
    assert of([*rows, YEAR[2]], date(2020, 10, 30)).state == RED, "the next makes up for none"


def test_one_late_of_four_is_amber_and_two_are_red() -> None:
    late = status("2020-2", date(2020, 11, 3))
    assert of([YEAR[0], late, *YEAR[2:]], date(2021, 4, 1)).state == AMBER
    other = status("2020-3", date(2021, 1, 2))
    assert of([YEAR[0], late, other, YEAR[3]], date(2021, 4, 1)).state == RED
    newer = [status(name) for name in ("2021-1", "2021-2", "2021-3")]
    assert of([*YEAR[:1], late, *YEAR[2:], *newer], date(2021, 12, 31)).state == GREEN, "outlived"


def test_in_the_first_period_it_is_not_yet_due() -> None:
    assert of([], date(2020, 2, 1)).state == LATER
    assert of([], date(2020, 5, 31)).state == AMBER
    assert of([], date(2020, 6, 30)).state == RED
    assert "2020" in of([], date(2020, 2, 1)).sentence


@pytest.mark.parametrize(
    "cheap",
    [
        {"figures": 0},
        {"by": DecidedBy(8, "Et andet udvalg")},
        {"quarter": Quarter(2020, 1)},  # a second one of a quarter that has one
        {"decided": date(2020, 12, 31)},  # before the quarter was over
        {"decided": date(2021, 4, 2)},  # after the day that is asked
    ],
    ids=["no figures", "another committee", "wrong quarter", "too early", "to come"],
)
def test_what_does_not_count_turns_nothing_green(cheap: dict[str, object]) -> None:
    rows = [*YEAR[:3], status("2020-4", **{"decided": None, **cheap})]  # type: ignore[arg-type]
    assert of(rows, date(2021, 4, 1)).state == RED


def test_as_known_then_and_as_known_today_are_told_apart() -> None:
    minuted = Noted(1, date(2021, 4, 9), "x")
    rows = [*YEAR[:3], status("2020-4", date(2021, 3, 20), noted=minuted)]
    assert of(rows, date(2021, 3, 31)).state == RED
    assert of(rows, date(2021, 3, 31), known=date(2021, 4, 10)).state == GREEN


def test_a_mandate_that_asks_for_fewer_gets_fewer() -> None:
    rows = [YEAR[1], YEAR[3]]
    assert of(rows, date(2021, 4, 1)).state == RED
    assert of(rows, date(2021, 4, 1), cadence_months=6).state == GREEN
    assert of(rows[:1], date(2021, 4, 1), min_per_year=1).state == GREEN


# Through the chain


@pytest.mark.parametrize("far", [drafted, proposed])
def test_what_the_committee_has_not_approved_does_not_count(cast: Cast, far) -> None:
    far(cast)
    assert found(REGISTER, Measure.QUARTERLY_STATUS).state == RED


def test_each_quarter_approved_in_its_time_is_found_in_the_chain(cast: Cast) -> None:
    today = timezone.localdate()
    for ago in (3, 2):
        with time_is(timezone.localtime() - (today - ended(ago).last - timedelta(days=40))):
            approved(cast)
    on = min(today, ended(1).due - timedelta(days=1))  # before the next one is due
    past, asked = (
        past_of(REGISTER),
        Question(on, today, ended(3).first, cast.committee.pk, taken_up()),
    )
    measure = Measure.QUARTERLY_STATUS
    finding = rules_of(REGISTER).checks[measure](Clause(measure=measure), past, asked)
    assert finding.state in (GREEN, AMBER), finding
    assert len(finding.evidence) == 2
