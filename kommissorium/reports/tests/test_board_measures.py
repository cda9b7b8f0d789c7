"""R10 and A7: what counts is what the executive board has received, and the cheap ways stay red."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from kommissorium.accounts.actions import give_role
from kommissorium.compliance.fulfilment import fulfilment_on
from kommissorium.compliance.history_queries import history_of
from kommissorium.conftest import Cast, in_days, time_is
from kommissorium.core.refusals import Refused
from kommissorium.measures.codes import Measure
from kommissorium.measures.findings import Finding, State
from kommissorium.measures.periods import Quarter
from kommissorium.reports.actions.board_notes import (
    confirm_receipt,
    correct_note,
    note_received,
    note_sent,
)
from kommissorium.reports.models import BoardReport
from kommissorium.reports.tests.cases import board_approved, board_received, board_sent

DAY = timedelta(days=1)
REPORTS, SUPPORT = Measure.EXECUTIVE_REPORTING, Measure.MANAGEMENT_SUPPORT


def found(cast: Cast, measure: str, on: date, known: date | None = None) -> Finding:
    findings = fulfilment_on(history_of(cast.committee), on, known).findings
    return next(one.finding for one in findings if one.clause.measure == measure)


@pytest.fixture
def seated(cast: Cast) -> Cast:
    """A member of the executive board sits in the committee: one report a year is enough."""
    give_role(cast.chair, "executive", by=None, from_date=timezone.localdate())
    return cast


def test_approved_and_not_sent_is_red(seated: Cast) -> None:
    board_approved(seated)
    finding = found(seated, REPORTS, timezone.localdate())
    assert finding.state == State.NOT_FULFILLED and not any(e.reference for e in finding.evidence)
    assert finding.step and str(finding.step.link) == "/reports/board/"


def test_sent_and_not_received_is_red(seated: Cast) -> None:
    board_sent(seated)
    finding = found(seated, REPORTS, timezone.localdate())
    assert finding.state == State.NOT_FULFILLED and not any(e.reference for e in finding.evidence)


def test_received_is_green_with_one_a_year_and_names_its_event(seated: Cast) -> None:
    board_received(seated)
    finding = found(seated, REPORTS, timezone.localdate())
    assert finding.state == State.FULFILLED
    assert [one.event is not None for one in finding.evidence] == [True]
    assert found(seated, SUPPORT, timezone.localdate()).state == State.FULFILLED


def test_without_an_executive_one_is_not_enough(cast: Cast) -> None:
    board_received(cast)
    for measure in (REPORTS, SUPPORT):
        assert found(cast, measure, timezone.localdate()).state == State.NOT_FULFILLED


def test_four_reports_received_on_one_day_are_one(cast: Cast) -> None:
    for ago in (1, 2, 3, 4):
        board_received(cast, ago)
    finding = found(cast, REPORTS, timezone.localdate())
    assert finding.state == State.NOT_FULFILLED and len(finding.evidence) == 1


def quarterly(cast: Cast, days: tuple[int, ...]) -> date:
    """Let the board receive a report on that day of each of the coming quarters; return the last."""
    quarter = Quarter.of(timezone.localdate())
    for number in days:
        quarter = quarter.after
        last = quarter.first + number * DAY
        with time_is(timezone.make_aware(datetime.combine(last, time(10)))):
            board_received(cast)
    return last


def test_quarterly_reports_fulfil_both_and_a_gap_of_more_than_a_hundred_days_neither(
    cast: Cast,
) -> None:
    last = quarterly(cast, (40, 40, 40, 40))
    for measure in (REPORTS, SUPPORT):
        assert found(cast, measure, last + DAY).state == State.FULFILLED
        assert found(cast, measure, last + 75 * DAY).state == State.DUE_SOON
        assert found(cast, measure, last + 101 * DAY).state == State.NOT_FULFILLED


def test_four_quarters_too_far_apart_are_red(cast: Cast) -> None:
    finding = found(cast, REPORTS, quarterly(cast, (0, 85, 40, 40)))
    assert len(finding.evidence) == 4
    assert finding.state == State.NOT_FULFILLED


def test_what_is_noted_today_of_a_past_day_was_not_known_then(seated: Cast) -> None:
    report, first = board_approved(seated), timezone.localdate()
    with time_is(in_days(60, 10)):
        today = timezone.localdate()
        with pytest.raises(Refused):
            note_sent(report, by=seated.coordinator, on=first + DAY, how="Post")
        note_sent(report, by=seated.coordinator, on=first + DAY, how="Post", because="Glemt")
        how = "Direktionen"
        note_received(report, by=seated.coordinator, on=first + DAY, how=how, because="Glemt")
        assert found(seated, REPORTS, first + DAY).state == State.NOT_FULFILLED
        assert found(seated, REPORTS, first + DAY, today).state == State.FULFILLED
        assert found(seated, REPORTS, first, today).state == State.NOT_FULFILLED
        evidence = found(seated, REPORTS, today).evidence[0]
        assert (evidence.on, evidence.noted_on) == (first + DAY, today)


def test_what_is_taken_back_does_not_count_from_then(seated: Cast) -> None:
    report, first = board_received(seated), timezone.localdate()
    received = report.received
    assert received
    with time_is(in_days(3, 10)):
        taken = {"is_taken_back": True}
        correct_note(received, taken, by=seated.coordinator, because="Forkert sag")
        today = timezone.localdate()
        assert found(seated, REPORTS, first).state == State.FULFILLED
        assert found(seated, REPORTS, first, today).state == State.NOT_FULFILLED
        assert found(seated, REPORTS, today).state == State.NOT_FULFILLED


def test_who_sent_it_does_not_confirm_it(seated: Cast) -> None:
    give_role(seated.coordinator, "executive", by=None, from_date=timezone.localdate())
    coordinator = type(seated.coordinator).objects.get(pk=seated.coordinator.pk)
    report = BoardReport.objects.get(pk=board_approved(seated).pk)
    note_sent(report, by=coordinator, on=timezone.localdate(), how="Post")
    with pytest.raises(Refused):
        confirm_receipt(report, by=coordinator)
