"""The duty of the year wheel that is done when the executive board has received a report."""

from __future__ import annotations

from django.utils import timezone

from kommissorium.conftest import Cast
from kommissorium.reports.actions.board_notes import confirm_receipt, note_sent
from kommissorium.reports.tests.cases import board_approved
from kommissorium.yearwheel.actions import adopt_duties
from kommissorium.yearwheel.duty_proposals import EXECUTIVE_REPORT, propose_duties
from kommissorium.yearwheel.models import Occurrence


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
