"""One decision of the chair alone does not make a committee's clause green: minutes must confirm it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from kommissorium.compliance.fulfilment import fulfilment_on
from kommissorium.compliance.history_queries import history_of
from kommissorium.compliance.tests.story import hold, planned_meeting
from kommissorium.config.tests.registers.test_checks import fill_all
from kommissorium.conftest import Cast, CastAnd, find_cast
from kommissorium.measures.codes import Measure
from kommissorium.measures.findings import ChairsDecision, Finding, Question, State, fulfilled
from kommissorium.measures.past import DecidedBy
from kommissorium.measures.rules.chair import by_committee
from kommissorium.meetings.actions.automatic_items import fill_agenda
from kommissorium.meetings.models import Decision, Meeting
from kommissorium.meetings.models.decisions import DECISION, number_of_chair

pytestmark = pytest.mark.usefixtures("no_paper")

ASKED = (  # R2, T2, T6, T7, T8: what the mandate leaves to the committee; T9 is in the room of audits
    *(Measure.OBJECTIVES, Measure.RISK_LEVEL, Measure.QUARTERLY_STATUS),
    *(Measure.PROJECT_STATUS, Measure.AWARENESS_EVALUATION),
)
ALONE, DEALT_WITH = "ikke behandlet af udvalget", ", behandlet af udvalget den"


@pytest.fixture(scope="module")
def filled_alone(cast_and: CastAnd) -> None:
    """Registers in which the chair decided everything between meetings."""
    cast_and(lambda: fill_all(find_cast()))


@pytest.fixture
def alone(filled_alone: None, cast: Cast) -> Iterator[Cast]:
    with override("da"):
        yield cast


def findings(cast: Cast, on: date | None = None) -> dict[str, Finding]:
    found = fulfilment_on(history_of(cast.committee), on or timezone.localdate())
    return {one.clause.measure: one.finding for one in found.findings}


def taken_up(cast: Cast, outcome: str = "", *, alone: bool = False) -> Meeting:
    """Hold a meeting with this outcome where its chair's decisions are told, "" for none."""
    meeting = planned_meeting(cast, 20)
    fill_agenda(meeting, by=cast.coordinator)
    assert meeting.items.filter(subject_kind=DECISION).exists()
    return hold(meeting, cast, there=[cast.chair] if alone else (), told=outcome)


def test_the_chair_alone_is_not_the_committee(alone: Cast) -> None:
    assert not Decision.objects.exclude(item=None).exists()
    found = findings(alone)
    for measure in ASKED:
        assert found[measure].state != State.FULFILLED, (measure, str(found[measure].sentence))
        assert ALONE in str(found[measure].sentence), measure
        assert "Udvalget godkendte" not in str(found[measure].sentence), measure


def test_plans_count_at_once_where_the_mandate_says_so(alone: Cast) -> None:
    found = findings(alone)[Measure.AWARENESS_TRAINING]
    # In some months the plan of the samples is last year's: then this year lacks one, and says so.
    lacks_this_years = "Der er ingen for" in str(found.sentence)
    assert found.state == (State.NOT_FULFILLED if lacks_this_years else State.FULFILLED)
    assert str(found.sentence).startswith("Formanden godkendte planen"), "and it says who"


def test_minutes_that_take_note_of_it_confirm_it(alone: Cast) -> None:
    meeting = taken_up(alone, "noted")
    minuted = meeting.minutes.approval.at
    later = timezone.localdate(minuted)
    after = findings(alone, later)
    for measure in ASKED:
        assert ALONE in str(findings(alone, later - timedelta(days=1))[measure].sentence)
        assert ALONE not in str(after[measure].sentence), measure
    assert DEALT_WITH in str(after[Measure.OBJECTIVES].sentence)


@pytest.mark.parametrize("is_alone", [False, True])
def test_an_item_without_an_outcome_or_a_meeting_of_the_chair_alone_does_not_confirm_it(
    alone: Cast, is_alone: bool
) -> None:
    meeting = taken_up(alone, "noted" if is_alone else "", alone=is_alone)
    later = timezone.localdate(meeting.minutes.approval.at)
    found = findings(alone, later)
    for measure in ASKED:
        assert ALONE in str(found[measure].sentence), measure


def test_what_the_committee_rejected_is_none(alone: Cast) -> None:
    meeting = taken_up(alone, "rejected")
    found = findings(alone, timezone.localdate(meeting.minutes.approval.at))
    for measure in ASKED:
        # In the weeks after a half-year its evaluation is not due yet.
        assert found[measure].state in (State.NOT_FULFILLED, State.NOT_YET_DUE), measure


def test_a_decision_is_the_chairs_by_its_number() -> None:
    assert DecidedBy(1, "", number_of_chair(2026, 2)).is_chairs
    for number in ("2026/3-5", "2025/T1-2", ""):
        assert not DecidedBy(1, "", number).is_chairs


def test_a_plan_counts_at_once_only_where_the_mandate_lets_the_chair() -> None:
    day, by = date(2026, 5, 1), DecidedBy(1, "", "2026/F1")
    chairs = {by.number: ChairsDecision(7)}
    for may, state in ((True, State.FULFILLED), (False, State.DUE_SOON)):
        asked = Question(day, day, day, 1, chairs, chair_may=may)
        assert by_committee(fulfilled("x"), by, asked, may=True).state == state
        assert by_committee(fulfilled("x"), by, asked).state == State.DUE_SOON
