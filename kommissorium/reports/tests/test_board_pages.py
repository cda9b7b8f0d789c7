"""The pages of the reports to the executive board, driven as the people who use them."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from kommissorium.conftest import Cast
from kommissorium.meetings.models import Meeting
from kommissorium.registers.agenda import AgendaContext
from kommissorium.registers.status import StatusFigure
from kommissorium.reports.actions.board_notes import Treatment, Wish, note_treated
from kommissorium.reports.board_agenda import SENT_BACK, board_tables
from kommissorium.reports.models import BoardReport
from kommissorium.reports.proposals import BOARD, MOST_TEXT
from kommissorium.reports.tests.cases import (
    board_approved,
    board_composed,
    board_drafted,
    board_received,
    board_sent,
    ended,
)

DAY = timedelta(days=1)


def pages_of(pdf: bytes) -> int:
    return len(PdfReader(BytesIO(pdf)).pages)


def test_she_composes_it_and_a_second_one_is_refused_in_words(cast: Cast, client_of) -> None:
    browser = client_of("coordinator")
    given = {"committee": cast.committee.pk, "quarter": str(ended())}
    assert browser.post(reverse("board_report_new"), given).status_code == 302
    again = browser.post(reverse("board_report_new"), given)
    assert again.status_code == 400 and "allerede" in again.content.decode()
    for wrong in ({"committee": "x", "quarter": "2026-3"}, {"quarter": "²"}):
        assert browser.post(reverse("board_report_new"), wrong).status_code in {400, 404}


def test_what_was_typed_of_a_treatment_is_kept_where_something_lacks(cast: Cast, client_of) -> None:
    report, browser = board_received(cast), client_of("coordinator")
    address = reverse("board_note_new", args=[report.pk, "treated"])
    today = timezone.localdate()
    given = {
        "on": today.isoformat(),
        "case_number": "",
        "outcome": "sent_back",
        "text": "Den mangler en pris.",
        "wish_1": "Find prisen",
    }
    answer = browser.post(address, given)
    assert answer.status_code == 400 and "Den mangler en pris." in answer.content.decode()
    given |= {"case_number": "26/17"}
    answer = browser.post(address, given)
    assert answer.status_code == 400 and "Find prisen" in answer.content.decode()
    given |= {"owner_1": str(cast.coordinator.pk), "due_1": (today + 30 * DAY).isoformat()}
    assert browser.post(address, given).status_code == 302
    page = browser.get(report.get_absolute_url()).content.decode()
    assert "26/17" in page and "Find prisen" in page
    assert browser.post(address, given).status_code == 400, "it was treated already"


def test_sending_twice_is_said_in_words(cast: Cast, client_of) -> None:
    report, browser = board_approved(cast), client_of("coordinator")
    address = reverse("board_report_send", args=[report.pk])
    assert browser.post(address).status_code == 302
    again = browser.post(address)
    assert again.status_code == 400 and "allerede" in again.content.decode()


def test_a_note_is_corrected_on_its_page_and_the_first_is_shown(cast: Cast, client_of) -> None:
    report, browser = board_sent(cast), client_of("coordinator")
    address = reverse("board_note_correct", args=[report.way[0].pk])
    given = {"on": timezone.localdate().isoformat(), "how": "Med post", "because": ""}
    assert browser.post(address, given).status_code == 400
    assert browser.post(address, given | {"because": "Forkert"}).status_code == 302
    page = browser.get(report.get_absolute_url()).content.decode()
    assert "Med post" in page and "Med dagsordenen" in page


def test_the_executive_reads_confirms_and_comments(cast: Cast, client_of) -> None:
    report, browser = board_sent(cast), client_of("executive")
    page = browser.get(reverse("executive_reports")).content.decode()
    assert "Jeg har modtaget den" in page and "200.000" in page
    assert browser.post(reverse("executive_receipt", args=[report.pk])).status_code == 302
    assert browser.post(reverse("executive_receipt", args=[report.pk])).status_code == 302
    comment = reverse("executive_comment", args=[report.pk])
    assert browser.post(comment, {"text": " "}).status_code == 400
    assert browser.post(comment, {"text": "Godt set."}).status_code == 302
    page = browser.get(reverse("executive_reports")).content.decode()
    assert "Jeg har modtaget den" not in page and "Godt set." in page
    assert BoardReport.objects.with_way().get(pk=report.pk).treated is None


def test_the_menu_leads_the_executive_to_it(cast: Cast, client_of) -> None:
    page = client_of("executive").get("/").content.decode()
    assert f'href="{reverse("executive_reports")}"' in page
    assert (
        f'href="{reverse("executive_reports")}"' not in client_of("chair").get("/").content.decode()
    )


def test_it_is_two_pages_also_when_it_is_as_long_as_it_may_be(cast: Cast) -> None:
    report = board_drafted(cast)
    content = BOARD.content(report)
    assert pages_of(BOARD.pdf(content, made_at=timezone.localtime())) <= 2
    room = MOST_TEXT // len(content["parts"])
    row = ["En leverandør bliver ramt af et angreb og lukker ned", "Høj", "Planlagt"]
    for part in content["parts"]:
        part["text"] = ("Sikkerhed " * room)[:room]
        if part["code"] == "conclusion":
            label = "Tiltag, der er forsinkede, udskudt eller ikke kan gennemføres"
            part["figures"] = [asdict(StatusFigure("x", label, 18, 17, wanted="less"))] * 7
        if part["code"] == "risks":
            part |= {"columns": ["Risiko", "Niveau", "Hvad"], "rows": [row] * 5}
    assert pages_of(BOARD.pdf(content, made_at=timezone.localtime())) <= 2


@pytest.mark.parametrize("form", ["docx", "json"])
def test_it_is_handed_out_as_word_and_as_data(cast: Cast, client_of, form: str) -> None:
    report = board_approved(cast)
    answer = client_of("chair").get(reverse("told_file", args=[BOARD.slug, report.pk, form]))
    data = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if form == "json":
        assert json.loads(data)["is_draft"] is False
    assert data[:2] == (b"PK" if form == "docx" else b"{\n")


def test_the_agenda_tells_of_the_answer_and_what_was_asked_for(
    cast: Cast, meeting: Meeting
) -> None:
    report, today = board_received(cast), timezone.localdate()
    wish = Wish("Find prisen", cast.coordinator, today + 30 * DAY)
    given = Treatment(today, "26/17", "sent_back", "Den mangler en pris.", wishes=[wish])
    note_treated(report, given, by=cast.coordinator)
    reports, wishes = board_tables(AgendaContext(meeting))
    (row,) = reports.rows
    assert "26/17" in row.cells[3] and "Den mangler en pris." in row.cells[4] and row.urgent
    assert wishes.rows[0].cells[0] == "Find prisen"


def test_what_was_sent_back_comes_to_the_agenda_and_nothing_else_does(
    cast: Cast, meeting: Meeting
) -> None:
    context = AgendaContext(meeting)
    report, today = board_received(cast, 2), timezone.localdate()
    note_treated(report, Treatment(today, "26/1", "noted"), by=cast.coordinator)
    assert not SENT_BACK.is_due(context)
    later = board_received(cast, 1)
    given = Treatment(today, "26/2", "sent_back", "Mere om priser.")
    note_treated(later, given, by=cast.coordinator)
    assert SENT_BACK.is_due(context)
    assert SENT_BACK.facts([""], context)[""][0].rows[0].cells[2] == "26/2"


def test_a_draft_is_seen_by_coordinators_alone(cast: Cast, client_of) -> None:
    report = board_composed(cast)
    for who, status in {"coordinator": 200, "chair": 404, "executive": 404}.items():
        assert client_of(who).get(report.get_absolute_url()).status_code == status
