"""To-do items of a report to the executive board: on the overview, and by mail."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from kommissorium.conftest import Cast
from kommissorium.reports.tests.cases import board_approved, board_received, board_sent
from kommissorium.reports.todo import board_reminders_on, board_todos_of


def test_what_is_approved_waits_to_be_sent_and_then_for_the_board(cast: Cast) -> None:
    report = board_approved(cast, 2)
    [todo] = board_todos_of(cast.coordinator)
    assert todo.url == report.get_absolute_url()
    assert list(board_todos_of(cast.executive)) == list(board_todos_of(cast.chair)) == []
    sent = board_sent(cast)
    [todo] = board_todos_of(cast.executive)
    assert todo.url == f"/reports/executive/{sent.pk}/"


def test_what_was_received_waits_for_what_the_board_does(cast: Cast) -> None:
    board_received(cast)
    assert list(board_todos_of(cast.executive)) == []
    assert len(list(board_todos_of(cast.coordinator))) == 1


def test_a_mail_reminds_of_what_should_be_noted_by_now(cast: Cast) -> None:
    board_approved(cast)
    today = timezone.localdate()
    assert list(board_reminders_on(today)) == []
    [reminder] = board_reminders_on(today + timedelta(days=8))
    assert reminder.person == cast.coordinator
