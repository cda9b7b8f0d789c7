"""The report to the executive board under the mandate's own item: drafted, decided, deferred."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone, translation

from kommissorium.conftest import Cast, time_is
from kommissorium.core.richtext import plain_text
from kommissorium.meetings.actions.agenda import change_item
from kommissorium.meetings.models import AgendaItem, ItemDraft, Meeting
from kommissorium.registers.installed import proposal_kind_of
from kommissorium.reports.actions.board_notes import Treatment, Wish, note_treated
from kommissorium.reports.models import BoardReport
from kommissorium.reports.proposals import BOARD
from kommissorium.reports.tests.cases import (
    board_approved,
    board_composed,
    board_drafted,
    board_received,
    board_sent,
)
from kommissorium.secretariat.actions.agendas import compose_agenda, put_before
from kommissorium.secretariat.actions.cycle import call
from kommissorium.secretariat.agenda_drafts import drafts_of
from kommissorium.secretariat.agenda_facts import facts_for

REPORTING = "executive_reporting"


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def of_mandate(meeting: Meeting) -> AgendaItem:
    found = meeting.items.select_related("clause", "meeting__committee")
    return found.get(clause__measure=REPORTING)


def told(meeting: Meeting) -> str:
    found = drafts_of(meeting).get(of_mandate(meeting).pk)
    return plain_text(found.presentation) if found else ""


def put(cast: Cast, report: BoardReport, meeting: Meeting, **more: str) -> AgendaItem:
    text = proposal_kind_of(report).text(report)
    texts = {"recommendation": text.recommendation, "presentation": text.presentation}
    return put_before(report, meeting, by=cast.coordinator, **texts, **more)


def test_a_committee_that_reports_to_nobody_is_told_nothing(meeting: Meeting) -> None:
    assert "report" not in told(meeting).lower()


def test_each_step_of_its_way_is_told(cast: Cast, meeting: Meeting) -> None:
    report = board_approved(cast, 2)
    assert "is approved, and has not been sent to the board." in told(meeting)
    assert f"No report has been written for {report.period.after.label}." in told(meeting)
    board_composed(cast)
    assert f"The report for {report.period.after.label} is being written." in told(meeting)


def test_sent_and_received(cast: Cast, meeting: Meeting) -> None:
    board_sent(cast)
    assert "that it was received is not noted yet." in told(meeting)


def test_what_the_board_answered_comes_first_with_what_it_asks_for(
    cast: Cast, meeting: Meeting
) -> None:
    report, today = board_received(cast), timezone.localdate()
    assert "has not treated it yet." in told(meeting)
    wish = Wish("Pris på to leverandører", cast.coordinator, today + timedelta(days=30))
    answer = Treatment(today, "26/17", "sent_back", "Hvad koster det?", wishes=[wish])
    note_treated(report, answer, by=cast.coordinator)
    said = told(meeting)
    assert said.startswith("The executive board treated the report")
    assert "(26/17). Sent back. Hvad koster det?" in said
    assert "one task is open: “Pris på to leverandører”" in said
    compose_agenda(meeting, by=cast.coordinator)
    assert meeting.items.filter(subject_kind="reports.sent_back").count() == 1


def test_the_report_stands_under_the_mandates_item_and_nowhere_else(
    cast: Cast, meeting: Meeting
) -> None:
    board_approved(cast, 2)
    compose_agenda(meeting, by=cast.coordinator)
    before, report = meeting.items.count(), board_drafted(cast)
    item = put(cast, report, meeting)
    assert item == of_mandate(meeting) and meeting.items.count() == before
    assert item.subject_id == str(report.pk) and item.type == "decision"
    assert item.title == BOARD.title_of(report)
    assert "has not been sent to the board" in item.presentation, "what was drafted stays"
    assert "takes note" not in item.recommendation
    assert not ItemDraft.objects.filter(item=item).exists()
    facts = facts_for(item, meeting)
    assert facts is not None
    assert {"board_reports"} < {one.key for one in facts.tables}
    compose_agenda(meeting, by=cast.coordinator)
    item.refresh_from_db()
    assert item.subject_id == str(report.pk) and meeting.items.count() == before


def test_what_a_person_wrote_there_stays_below(cast: Cast, meeting: Meeting) -> None:
    item = of_mandate(meeting)
    change_item(
        item,
        by=cast.coordinator,
        title=item.title,
        type=item.type,
        recommendation="<p>At vi siger tak.</p>",
        presentation="<p>Direktionen ringede.</p>",
        is_closed=False,
        closed_ground="",
        edit_version=item.edit_version,
    )
    item = put(cast, board_drafted(cast), meeting)
    assert item.recommendation.endswith("<p>At vi siger tak.</p>")
    assert item.presentation.endswith("<p>Direktionen ringede.</p>")


def test_after_the_call_it_is_a_late_item_of_its_own(cast: Cast, meeting: Meeting) -> None:
    report = board_drafted(cast)
    call(meeting, by=cast.coordinator)
    meeting.refresh_from_db()
    item = put(cast, report, meeting, late_because="Kvartalet var ikke slut.")
    assert item.clause is None and item.is_late
    assert of_mandate(meeting).subject_kind == ""


def test_a_second_report_has_an_item_of_its_own(cast: Cast, meeting: Meeting) -> None:
    first, second = board_drafted(cast, 2), board_drafted(cast)
    assert put(cast, first, meeting).clause is not None
    assert put(cast, second, meeting).clause is None


def test_the_news_of_an_answer_is_news_once(cast: Cast, meeting: Meeting) -> None:
    report = board_received(cast)
    note_treated(report, Treatment(timezone.localdate(), "26/1", "noted"), by=cast.coordinator)
    recommended = drafts_of(meeting)[of_mandate(meeting).pk].recommendation
    assert "takes note" in recommended
    then = timezone.localtime() + timedelta(days=5)
    Meeting.objects.create(
        committee=cast.committee,
        starts_at=then,
        ends_at=then + timedelta(hours=1),
        state=Meeting.State.HELD,
        year=then.year,
        number=99,
    )
    with time_is(then + timedelta(days=1)):
        assert drafts_of(meeting)[of_mandate(meeting).pk].recommendation == ""
