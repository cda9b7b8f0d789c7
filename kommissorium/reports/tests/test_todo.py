"""To-do items of a status: on the overview, and by mail."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from kommissorium.conftest import Cast
from kommissorium.meetings.models import Meeting
from kommissorium.registers.agenda import AgendaContext
from kommissorium.reports.register import REGISTER
from kommissorium.reports.status_rows import news_table
from kommissorium.reports.tests.cases import approved, composed, ended


def test_a_quarter_that_is_not_begun_waits_for_the_coordinator(cast: Cast) -> None:
    today = timezone.localdate()
    [todo] = REGISTER.todos(cast.coordinator, today)
    assert ended().label in todo.text and todo.due == ended().due
    assert list(REGISTER.todos(cast.member, today)) == []
    composed(cast)
    assert list(REGISTER.todos(cast.coordinator, today)) == []


def test_a_mail_reminds_of_what_is_not_begun_and_of_what_is_not_approved(cast: Cast) -> None:
    quarter = ended()
    assert list(REGISTER.reminders(quarter.last + timedelta(days=5))) == []
    [begun] = REGISTER.reminders(quarter.last + timedelta(days=20))
    assert begun.person == cast.coordinator and begun.key.endswith(":begun")
    composed(cast)
    assert list(REGISTER.reminders(quarter.last + timedelta(days=20))) == []
    [due] = REGISTER.reminders(quarter.due - timedelta(days=10))
    assert due.key.endswith(":due") and due.key != begun.key


def test_an_approved_one_reminds_of_nothing(cast: Cast) -> None:
    approved(cast)
    assert list(REGISTER.reminders(ended().due - timedelta(days=10))) == []


def test_ongoing_work_says_how_far_the_newest_status_has_come(cast: Cast, meeting: Meeting) -> None:
    context = AgendaContext(meeting)
    for act, state in ((lambda: None, "Ikke begyndt"), (lambda: composed(cast), "Kladde")):
        act()
        with override("da"):
            table = news_table(context)
        assert table is not None
        [row] = table.rows
        assert row.cells[1] == state and row.link == reverse("statuses")
    with override("da"):
        assert news_table(AgendaContext(meeting, today=cast.since)) is None
