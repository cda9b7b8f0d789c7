"""The report to the executive board on the year wheel and in the answer: done when the board has
it, each quarter while no executive sits in the committee."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import override

from kommissorium.accounts.actions import end_role, give_role
from kommissorium.compliance.fulfilment import fulfilment_on
from kommissorium.compliance.history_queries import history_of
from kommissorium.conftest import Cast, in_days, time_is
from kommissorium.measures.codes import Measure
from kommissorium.reports.actions.board_notes import confirm_receipt, note_sent
from kommissorium.reports.tests.cases import board_approved
from kommissorium.yearwheel.actions import adopt_duties
from kommissorium.yearwheel.actions.meeting_occurrences import sync_all_meetings
from kommissorium.yearwheel.duty_proposals import EXECUTIVE_REPORT, propose_duties
from kommissorium.yearwheel.models import DutyCadence, Occurrence

# What R10 and A7 say with an executive in the committee, and without one.
SEATED = "sits in the committee."
QUARTERLY = ("must have a report every quarter.", "so the reports are quarterly.")


def test_the_report_is_done_when_the_board_has_it_and_not_when_it_is_approved(cast: Cast) -> None:
    wanted = [one for one in propose_duties(cast.committee) if one.key == EXECUTIVE_REPORT]
    adopt_duties(cast.committee, wanted, by=cast.coordinator)
    rows = Occurrence.objects.filter(duty__default_key=EXECUTIVE_REPORT)
    rows.update(due=timezone.localdate())
    first = rows.get().pk
    report = board_approved(cast)
    note_sent(report, by=cast.coordinator, on=timezone.localdate(), how="Post")
    assert rows.get(pk=first).state == "open"
    confirm_receipt(report, by=cast.executive)
    done = rows.get(pk=first)
    assert done.state == "done" and done.ended_at is not None
    assert timezone.localdate(done.ended_at) == timezone.localdate()
    assert rows.filter(state="open").count() == 1, "the next one waits"


def test_wheel_and_answer_turn_to_quarters_and_back_with_who_sits_there(cast: Cast) -> None:
    wanted = [one for one in propose_duties(cast.committee) if one.key == EXECUTIVE_REPORT]
    adopt_duties(cast.committee, wanted, by=cast.coordinator)
    first, board = timezone.localdate(), {"kind": "executive", "by": None}
    assert turned(cast) == (3, False)
    with time_is(in_days(10, 10)):
        role = give_role(cast.chair, **board, from_date=timezone.localdate())  # type: ignore[arg-type]
        assert turned(cast) == (12, True)
    with time_is(in_days(20, 10)):
        end_role(role, by=cast.administrator, to_date=timezone.localdate())
        assert turned(cast) == (12, True), "the last day is held too"
    with time_is(in_days(21, 10)):
        assert turned(cast) == (3, False)
    with time_is(in_days(30, 10)):
        give_role(cast.chair, **board, from_date=timezone.localdate())  # type: ignore[arg-type]
        assert turned(cast) == (12, True)
        # Looked back on, each day keeps what it was.
        looked = [first + timedelta(days=days) for days in (0, 9, 10, 20, 21, 29, 30)]
        sat = [is_seated(cast, day) for day in looked]
        assert sat == [False, False, True, True, False, False, True]


def turned(cast: Cast) -> tuple[int | None, bool]:
    """Return the report's interval on the wheel in months, and whether there is an executive."""
    sync_all_meetings()
    return DutyCadence.objects.latest("pk").interval_months, is_seated(cast, timezone.localdate())


def is_seated(cast: Cast, on: date) -> bool:
    """Return whether R10 and A7 find an executive in the committee on a day; both say the same."""
    with override("en"):
        found = fulfilment_on(history_of(cast.committee), on, timezone.localdate()).findings
        told = {one.clause.measure: str(one.finding.sentence) for one in found}
    support, reports = told[Measure.MANAGEMENT_SUPPORT], told[Measure.EXECUTIVE_REPORTING]
    assert (QUARTERLY[0] in support) == (QUARTERLY[1] in reports) != (SEATED in support)
    return SEATED in support and QUARTERLY[0] not in support
