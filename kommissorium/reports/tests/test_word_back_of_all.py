"""A report and a year's report edited in Word are taken back as a status is."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management.color import no_style
from django.db import connection
from django.test import Client
from django.urls import reverse

from kommissorium.conftest import Cast
from kommissorium.core.tests.documents.word_templates import saved
from kommissorium.reports.actions.periodic_reports import Kind
from kommissorium.reports.models import BoardReport, QuarterlyStatus
from kommissorium.reports.models.periodic_reports import PeriodicReport
from kommissorium.reports.proposals import BOARD, KIND, REVIEW
from kommissorium.reports.tests.cases import approve, board_drafted, drafted, review_drafted

Browser = Callable[[str], Client]
OLD = {BOARD.slug: "Der ønskes 200.000 kr. til backup.", REVIEW.slug: "Der købes en ny firewall."}
NEW = "Der ønskes 300.000 kr. i år."


def word_of(browser: Client, kind: Kind, told: PeriodicReport) -> docx.document.Document:
    answer = browser.get(reverse("told_file", args=[kind.slug, told.pk, "docx"]))
    return docx.Document(io.BytesIO(answer.content))


def hand_in(browser: Client, kind: Kind, told: PeriodicReport, data: bytes) -> object:
    file = SimpleUploadedFile("a.docx", data)
    return browser.post(reverse("told_take_back", args=[kind.slug, told.pk]), {"file": file})


@pytest.mark.parametrize(("kind", "draft"), [(BOARD, board_drafted), (REVIEW, review_drafted)])
def test_what_was_edited_in_word_is_what_the_committee_approves(
    cast: Cast, client_of: Browser, kind: Kind, draft: Callable[[Cast], PeriodicReport]
) -> None:
    told, browser = draft(cast), client_of("coordinator")
    document = word_of(browser, kind, told)
    line = next(one for one in document.paragraphs if one.text == OLD[kind.slug])
    line.runs[0].text = NEW
    data = saved(document)
    page = hand_in(browser, kind, told, data)
    kept = re.search(r'name="kept" value="([^"]+)"', page.content.decode())  # type: ignore[attr-defined]
    assert kept and page.context["edited"].tells_the_same  # type: ignore[attr-defined]
    url = reverse("told_take_back", args=[kind.slug, told.pk])
    assert browser.post(url, {"kept": kept[1]}).status_code == 302
    made = approve(cast, kind, kind.model.objects.get(pk=told.pk))
    assert NEW in made.record.content and made.word_file.pk in made.record.content
    edited = client_of("member").get(reverse("told_edited", args=[kind.slug, told.pk]))
    assert edited.getvalue() == data


def test_a_status_is_not_taken_for_a_report_of_the_same_number(
    cast: Cast, client_of: Browser
) -> None:
    # A server that was asked before goes on numbering where it was.
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), [QuarterlyStatus, BoardReport]):
            cursor.execute(sql)
    status, report, browser = drafted(cast), board_drafted(cast), client_of("coordinator")
    assert status.pk == report.pk
    answer = hand_in(browser, BOARD, report, saved(word_of(browser, KIND, status)))
    assert answer.status_code == 400  # type: ignore[attr-defined]
    assert "hører til en anden" in answer.content.decode()  # type: ignore[attr-defined]
