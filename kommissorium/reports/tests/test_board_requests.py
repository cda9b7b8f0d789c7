"""What a report asks the executive board for: written, frozen, answered, and told to the committee."""

from __future__ import annotations

import json
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from kommissorium.conftest import Cast
from kommissorium.core.evidence.models import Event
from kommissorium.core.mail.models import OutboxMail
from kommissorium.core.refusals import Conflict, Refused
from kommissorium.registers.agenda import AgendaContext
from kommissorium.reports.actions.board_requests import Request, answer_request, write_requests
from kommissorium.reports.actions.periodic_reports import recompose
from kommissorium.reports.board_agenda import board_tables
from kommissorium.reports.models import BoardAnswer, BoardReport, BoardRequest
from kommissorium.reports.periodic_proposal import open_content
from kommissorium.reports.proposals import BOARD
from kommissorium.reports.tests.cases import (
    ASKED,
    board_approved,
    board_asking,
    board_composed,
    board_drafted,
    board_write,
    close,
)


def fresh(report: BoardReport) -> BoardReport:
    return BoardReport.objects.with_way().get(pk=report.pk)


def written(cast: Cast, *requests: Request) -> BoardReport:
    report = board_composed(cast)
    board_write(cast, report, incidents="")
    write_requests(report, requests, 1, by=cast.coordinator)
    return fresh(report)


def test_requests_stand_in_the_report_with_kroner_and_what_happens_otherwise(cast: Cast) -> None:
    report = written(cast, *ASKED)
    part = report.parts.get(code="asks")
    assert part.text.splitlines() == [
        "1. At bevillige 280.000 kr. til logning. Ellers står risikoen hele året.",
        "2. At udpege en ejer af Fagsystem Vej. Ellers er systemet uden ejer.",
    ]
    content = BOARD.content(report)
    assert [one["kroner"] for one in content["requests"]] == [280_000, None]
    assert BOARD.lacks(report) == []
    recompose(BOARD, report, by=cast.coordinator)
    assert len(BOARD.requests_of(fresh(report))) == 2


def test_a_report_without_a_request_says_so(cast: Cast, client_of) -> None:
    report = written(cast)
    assert BOARD.lacks(report) == []
    said = "The committee asks for nothing this time."
    data = BOARD.pdf(BOARD.content(report), made_at=timezone.localtime())
    first = PdfReader(BytesIO(data)).pages[0].extract_text()
    shown = client_of("coordinator").get(report.get_absolute_url()).content.decode()
    assert said in first or "Udvalget beder ikke om noget denne gang." in first
    assert said in shown or "Udvalget beder ikke om noget denne gang." in shown


@pytest.mark.parametrize(
    "requests",
    [
        ASKED * 2,
        [Request("", None, "Ellers")],
        [Request("At bevillige penge.", 1, "  ")],
        [Request("x" * 241, 1, "Ellers")],
    ],
)
def test_what_is_not_whole_is_refused(cast: Cast, requests: list[Request]) -> None:
    report = board_composed(cast)
    with pytest.raises(Refused):
        write_requests(report, requests, 1, by=cast.coordinator)
    assert not BoardRequest.objects.exists()


def test_only_those_who_draft_write_them_and_the_second_to_save_is_told(cast: Cast) -> None:
    report = board_composed(cast)
    with pytest.raises(PermissionDenied):
        write_requests(report, ASKED, 1, by=cast.chair)
    write_requests(report, ASKED, 1, by=cast.coordinator)
    with pytest.raises(Conflict):
        write_requests(report, ASKED[:1], 1, by=cast.coordinator)


def test_they_are_frozen_with_the_report(cast: Cast) -> None:
    report = board_asking(cast)
    assert BOARD.kept_content(report)["requests"][0]["kroner"] == 280_000
    rows = BoardRequest.objects.filter(report=report)
    for change in (
        lambda: rows.update(text="Noget andet"),
        rows.delete,
        lambda: BoardRequest.objects.create(report=report, place=3, text="a", otherwise="b"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_one_whose_text_was_changed_elsewhere_shows_the_text_alone(cast: Cast) -> None:
    report = written(cast, *ASKED)
    board_write(cast, report, asks="Vi beder om noget helt andet.")
    assert "requests" not in BOARD.content(fresh(report))


def test_the_open_edition_says_nothing_of_them_where_they_are_closed(cast: Cast) -> None:
    report = written(cast, *ASKED)
    close(cast, BOARD, report, asks=report.parts.get(code="asks").text)
    assert "requests" not in open_content(BOARD.content(fresh(report)))


def test_the_board_answers_and_the_committee_is_told(cast: Cast) -> None:
    report = board_asking(cast)
    answer_request(report, 1, "approved", "", by=cast.executive)
    answer_request(report, 2, "asked", "Hvem kan blive ejer?", by=cast.executive)
    one, other = fresh(report).requests.all()
    assert (one.is_open, other.is_open) == (False, True)
    events = Event.objects.filter(act="reports.board_request_answered").order_by("pk")
    facts = json.loads(events[0].facts)
    assert (facts["request"], facts["answer"]) == (1, "approved")
    (mail, _second) = OutboxMail.objects.filter(
        kind="board_answer", recipient=cast.coordinator.email
    ).order_by("pk")
    assert report.get_absolute_url() in mail.body
    assert "Hvem kan" not in mail.body
    answer_request(report, 2, "refused", "Det venter.", by=cast.executive)
    with pytest.raises(Refused):
        answer_request(report, 2, "approved", "", by=cast.executive)


def test_the_answers_stand_on_the_next_agenda(cast: Cast, meeting) -> None:
    report = board_asking(cast)
    answer_request(report, 1, "refused", "Ikke i år.", by=cast.executive)
    context = AgendaContext(meeting, timezone.localdate() + timedelta(days=1), cast.coordinator)
    tables = {one.key: one for one in board_tables(context)}
    cells = [row.cells for row in tables["board_answers"].rows]
    assert [(row[1], row[3]) for row in cells] == [(ASKED[0].text, "Ikke i år.")]


@pytest.mark.parametrize(("answer", "text"), [("refused", " "), ("asked", ""), ("maybe", "Ja")])
def test_a_no_and_a_question_need_words(cast: Cast, answer: str, text: str) -> None:
    report = board_asking(cast)
    with pytest.raises(Refused):
        answer_request(report, 1, answer, text, by=cast.executive)


def test_nobody_else_answers_and_not_before_it_is_sent(cast: Cast) -> None:
    report = board_asking(cast)
    with pytest.raises(PermissionDenied):
        answer_request(report, 1, "approved", "", by=cast.chair)
    with pytest.raises(Refused):
        answer_request(report, 3, "approved", "", by=cast.executive)
    with pytest.raises(Refused):
        answer_request(board_approved(cast, 2), 1, "approved", "", by=cast.executive)


def test_an_answer_never_changes(cast: Cast) -> None:
    made = answer_request(board_asking(cast), 1, "approved", "", by=cast.executive)
    with pytest.raises(DatabaseError), transaction.atomic():
        BoardAnswer.objects.filter(pk=made.pk).update(answer="refused")


def test_the_pages_write_and_answer_requests(cast: Cast, client_of) -> None:
    draft = board_drafted(cast, 2)
    page = reverse("board_requests", args=[draft.pk])
    shown = client_of("coordinator").get(page).content.decode()
    assert "Der ønskes 200.000 kr. til backup." in shown, "what the text said is proposed"
    values = {"text_1": "At bevillige penge.", "kroner_1": "1.000", "otherwise_1": "Ellers ikke."}
    version = draft.parts.get(code="asks").edit_version
    sent = client_of("coordinator").post(page, {**values, "edit_version": version})
    assert sent.status_code == 302
    assert BoardRequest.objects.get(report=draft).kroner == 1_000
    report = board_asking(cast)
    address = reverse("executive_answer", args=[report.pk, 1])
    board = client_of("executive")
    refused = board.post(address, {"answer": "refused", "text": ""})
    assert refused.status_code == 400
    assert board.post(address, {"answer": "refused", "text": "Ikke i år."}).status_code == 302
    for who, path in (
        ("executive", reverse("report_to_executive", args=[report.pk])),
        ("member", report.get_absolute_url()),
    ):
        assert "Ikke i år." in client_of(who).get(path).content.decode()
