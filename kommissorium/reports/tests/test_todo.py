"""To-do items of a status: on the overview, and by mail."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from kommissorium.committees.actions.committee import found_committee
from kommissorium.committees.actions.mandates import approve_mandate, draft_mandate
from kommissorium.committees.reader import builtin, read_text
from kommissorium.conftest import LATE, Cast
from kommissorium.measures.periods import Quarter
from kommissorium.meetings.models import Meeting
from kommissorium.registers.agenda import AgendaContext
from kommissorium.reports.register import REGISTER
from kommissorium.reports.status_rows import news_table
from kommissorium.reports.tests.cases import approved, composed, ended


def test_a_quarter_that_is_not_begun_waits_for_the_coordinator(cast: Cast) -> None:
    today = timezone.localdate()
    todo, *missed = REGISTER.todos(cast.coordinator, today)
    assert ended().label in todo.text and todo.due == ended().due
    assert list(REGISTER.todos(cast.member, today)) == []
    composed(cast)
    assert list(REGISTER.todos(cast.coordinator, today)) == missed


def test_a_missed_status_stays_to_be_seen(cast: Cast) -> None:
    today = timezone.localdate()
    first = Quarter.whole_from(cast.since)
    owed = [one for one in (ended(ago) for ago in (2, 3, 4)) if one >= first and one.due < today]
    _newest, *missed = REGISTER.todos(cast.coordinator, today)
    assert [one.due for one in missed] == [None] * len(owed), "not before what is urgent"
    with override("da"):
        _newest, *missed = REGISTER.todos(cast.coordinator, today)
        for todo, quarter in zip(missed, owed, strict=True):
            assert todo.text == f"Status for {quarter.label} blev ikke lavet i tide."


def test_a_newcomers_first_line_is_no_report_of_last_quarter(cast: Cast) -> None:
    """A committee of years ago whose mandate is read in today owes nothing of before."""
    today = timezone.localdate()
    other = found_committee(name="Digitaliseringsudvalget", by=cast.coordinator)
    text, long_ago = builtin("da"), today - timedelta(days=1500)
    draft = draft_mandate(other, read_text(text), by=cast.coordinator, source_text=text)
    approve_mandate(
        draft, by=cast.executive, adopted_by="Byrådet", effective_from=long_ago, because=LATE
    )
    for day in (today, Quarter.whole_from(today).last):
        notes = {todo.note for todo in REGISTER.todos(cast.coordinator, day)}
        assert other.name not in notes, day
        told = [one.text for one in REGISTER.reminders(day) if other.name in one.text]
        assert told == [], day
    after = Quarter.whole_from(today).last + timedelta(days=1)
    assert other.name in {todo.note for todo in REGISTER.todos(cast.coordinator, after)}


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
