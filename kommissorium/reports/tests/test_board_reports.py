"""The report to the executive board: composed, approved, sent, received and treated."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail as django_mail
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.utils import timezone

from kommissorium.conftest import Cast
from kommissorium.core.mail.actions import send_due
from kommissorium.core.mail.models import OutboxMail
from kommissorium.core.mail.set_up import NOWHERE
from kommissorium.core.refusals import Conflict, Refused
from kommissorium.measures.periods import Quarter
from kommissorium.reports.actions.board_notes import (
    Treatment,
    Wish,
    comment,
    confirm_receipt,
    correct_note,
    note_received,
    note_sent,
    note_treated,
    send_board_report,
)
from kommissorium.reports.actions.periodic_reports import (
    PartText,
    compose_report,
    recompose,
    write_parts,
)
from kommissorium.reports.models import BoardNote, BoardReport
from kommissorium.reports.proposals import BOARD, MOST_TEXT
from kommissorium.reports.tests.cases import (
    approve,
    board_approved,
    board_composed,
    board_drafted,
    board_proposed,
    board_received,
    board_sent,
    board_write,
    close,
)
from kommissorium.tasks.models import Task

DAY = timedelta(days=1)


def fresh(report: BoardReport) -> BoardReport:
    return BoardReport.objects.with_way().get(pk=report.pk)


def test_it_has_the_parts_that_a_board_asks_for(cast: Cast) -> None:
    parts = [one.code for one in board_composed(cast).parts.all()]
    wanted = ["conclusion", "risks", "asks", "accepted", "incidents", "management", "next"]
    assert parts == wanted


def test_it_is_composed_again_without_losing_what_was_written(cast: Cast) -> None:
    report = board_drafted(cast)
    board_write(cast, report, conclusion="Det går fremad.")
    recompose(BOARD, report, by=cast.coordinator)
    parts = {one.code: one for one in report.parts.all()}
    assert parts["conclusion"].text == "Det går fremad." and parts["conclusion"].proposed
    assert parts["asks"].text.startswith("Der ønskes") and not parts["asks"].lacks_words


def test_the_second_to_save_a_sentence_gets_both(cast: Cast) -> None:
    report = board_composed(cast)
    write_parts(BOARD, report, {"asks": PartText("Den første")}, by=cast.coordinator)
    with pytest.raises(Conflict) as found:
        write_parts(BOARD, report, {"asks": PartText("Den anden")}, by=cast.coordinator)
    assert found.value.current["asks"].text == "Den første"  # type: ignore[attr-defined]


def test_a_quarter_has_one_and_not_before_it_has_ended(cast: Cast) -> None:
    board_composed(cast)
    with pytest.raises(Refused):
        board_composed(cast)
    with pytest.raises(Refused):
        compose_report(BOARD, cast.committee, Quarter.of(timezone.localdate()), by=cast.coordinator)


def test_what_lacks_and_what_is_too_long_is_said(cast: Cast) -> None:
    report = board_composed(cast)
    assert len(BOARD.lacks(report)) == 1
    report = BoardReport.objects.get(pk=report.pk)
    board_write(cast, report, asks="x " * (MOST_TEXT // 2), incidents="")
    (too_long,) = BOARD.lacks(BoardReport.objects.get(pk=report.pk))
    assert "2.400" in too_long or "2,400" in too_long
    with pytest.raises(Refused):
        BOARD.propose(report, cast.committee, by=cast.coordinator)


def test_only_what_was_approved_is_sent_and_once(cast: Cast) -> None:
    report = board_proposed(cast)
    for act in (send_board_report,):
        with pytest.raises(Refused):
            act(report, by=cast.coordinator)
    report = board_approved(cast, 2)
    send_board_report(report, by=cast.coordinator)
    with pytest.raises(Refused):
        send_board_report(report, by=cast.coordinator)
    with pytest.raises(Refused):
        note_sent(report, by=cast.coordinator, on=timezone.localdate(), how="Igen")


def test_the_mail_gives_the_conclusion_the_document_and_a_link(cast: Cast) -> None:
    report = board_approved(cast)
    send_board_report(report, by=cast.coordinator)
    mail = OutboxMail.objects.get(kind="board_report")
    assert mail.recipient == cast.executive.email
    assert f"/reports/executive/{report.pk}/" in mail.body
    assert all(text in mail.body for text in BOARD.conclusion(report))
    send_due()
    (sent,) = [one for one in django_mail.outbox if one.subject == BOARD.title_of(report)]
    [(name, data, kind)] = sent.attachments
    assert (name, kind) == (f"{BOARD.title_of(report)}.pdf", "application/pdf")
    assert data == bytes(report.record.pdf)


def test_nothing_closed_goes_along_with_the_mail(cast: Cast) -> None:
    report = board_drafted(cast)
    close(cast, BOARD, report, incidents="Hemmeligt hul i nettet")
    approve(cast, BOARD, report)
    report = BoardReport.objects.with_way().get(pk=report.pk)
    send_board_report(report, by=cast.coordinator)
    mail = OutboxMail.objects.get(kind="board_report")
    assert mail.record == report.open_record and "Hemmeligt" not in mail.body
    assert "Hemmeligt" not in mail.record.content


def test_where_mail_is_not_set_up_it_waits_and_stands_on_the_boards_page(
    cast: Cast, client_of: Any, settings: Any
) -> None:
    settings.EMAIL_BACKEND = NOWHERE
    report = board_approved(cast)
    send_board_report(report, by=cast.coordinator)
    assert send_due() == 0 and OutboxMail.objects.waiting().get(kind="board_report")
    page = client_of("executive").get(f"/reports/executive/{report.pk}/")
    assert page.status_code == 200 and BOARD.title_of(report) in page.content.decode()


def test_no_answer_before_it_was_sent(cast: Cast) -> None:
    report, today = board_approved(cast), timezone.localdate()
    treated = Treatment(today, "26/1", "noted")
    for act in (
        lambda: confirm_receipt(report, by=cast.executive),
        lambda: comment(report, "Godt", by=cast.executive),
        lambda: note_received(report, by=cast.coordinator, on=today, how="Direktionen"),
        lambda: note_treated(report, treated, by=cast.coordinator),
    ):
        with pytest.raises(Refused):
            act()
    assert not report.notes.exists()


def test_a_click_is_a_receipt_once_and_no_decision_of_the_board(cast: Cast) -> None:
    report = board_received(cast)
    with pytest.raises(Refused):
        confirm_receipt(report, by=cast.executive)
    comment(report, "Godt arbejde", by=cast.executive)
    found = fresh(report)
    assert found.received and found.received.person == cast.executive
    assert found.treated is None and len(found.comments) == 1


def test_not_treated_before_it_was_received_unless_noted_together(cast: Cast) -> None:
    report, today = board_sent(cast), timezone.localdate()
    with pytest.raises(Refused) as found:
        note_treated(report, Treatment(today, "26/1", "noted"), by=cast.coordinator)
    assert "is_received_then" in found.value.errors
    given = Treatment(today, "26/1", "noted", is_received_then=True)
    note_treated(report, given, by=cast.coordinator)
    assert fresh(report).received and fresh(report).treated


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (("", "noted", ""), "case_number"),
        (("26/1", "", ""), "outcome"),
        (("26/1", "sent_back", ""), "text"),
        (("26/1", "decided", " "), "text"),
    ],
)
def test_a_treatment_says_what_it_has_to(
    cast: Cast, given: tuple[str, str, str], field: str
) -> None:
    report = board_received(cast)
    with pytest.raises(Refused) as found:
        note_treated(report, Treatment(timezone.localdate(), *given), by=cast.coordinator)
    assert field in found.value.errors


def test_what_the_board_asks_for_becomes_a_task(cast: Cast) -> None:
    report, today = board_received(cast), timezone.localdate()
    wish = Wish("Test af backup", cast.head_of_it, today + 30 * DAY)
    given = Treatment(today, "26/1", "decided", "Backup testes.", wishes=[wish])
    note_treated(report, given, by=cast.coordinator)
    task = Task.objects.get(born_kind=BOARD.kind)
    assert (task.title, task.owner) == ("Test af backup", cast.head_of_it)


def test_days_come_one_after_the_other_and_a_past_one_needs_a_reason(cast: Cast) -> None:
    report, today = board_approved(cast), timezone.localdate()
    for on in (today + DAY, today - DAY):
        with pytest.raises(Refused) as found:
            note_sent(report, by=cast.coordinator, on=on, how="Post", because="Glemt")
        assert "on" in found.value.errors


def test_a_wrong_note_is_corrected_by_a_new_row_with_a_reason(cast: Cast) -> None:
    report, today = board_sent(cast), timezone.localdate()
    (note,) = report.way
    values = {"on": today, "how": "Med post"}
    with pytest.raises(Refused):
        correct_note(note, values, by=cast.coordinator, because=" ")
    correct_note(note, values, by=cast.coordinator, because="Forkert vej")
    assert [one.how for one in fresh(report).way] == ["Med post"]
    assert BoardNote.objects.filter(report=report).count() == 2
    with pytest.raises(Refused):
        correct_note(note, values, by=cast.coordinator, because="Igen")


def test_what_did_not_happen_is_taken_back_the_last_first(cast: Cast) -> None:
    report = board_received(cast)
    sent, received = report.way
    taken = {"is_taken_back": True}
    with pytest.raises(Refused):
        correct_note(sent, taken, by=cast.coordinator, because="Ikke sendt")
    correct_note(received, taken, by=cast.coordinator, because="Ikke modtaget")
    correct_note(sent, taken, by=cast.coordinator, because="Ikke sendt")
    assert fresh(report).way == []
    send_board_report(report, by=cast.coordinator)
    assert fresh(report).sent


def test_notes_never_change(cast: Cast) -> None:
    board_sent(cast)
    for act in (
        lambda: BoardNote.objects.update(how="x"),
        lambda: BoardNote.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_others_note_nothing(cast: Cast) -> None:
    report, today = board_sent(cast), timezone.localdate()
    with pytest.raises(PermissionDenied):
        note_received(report, by=cast.member, on=today, how="Mig")
    with pytest.raises(PermissionDenied):
        confirm_receipt(report, by=cast.chair)
    with pytest.raises(PermissionDenied):
        send_board_report(report, by=cast.executive)


def test_approved_it_never_changes(cast: Cast) -> None:
    report = board_approved(cast)
    with pytest.raises(Refused):
        board_write(cast, report, asks="Nej")
    with pytest.raises(Refused):
        recompose(BOARD, report, by=cast.coordinator)
    assert report.record is not None
