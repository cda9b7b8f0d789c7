"""The answer on paper and for a spreadsheet carries every reference an auditor needs."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader

from kommissorium.compliance.answer import Answer, head_of_chain
from kommissorium.compliance.documents import answer_json, answer_pdf, edition
from kommissorium.compliance.fulfilment import Fulfilment, fulfilment_on
from kommissorium.compliance.history_queries import history_of
from kommissorium.compliance.tests.story import held_meeting
from kommissorium.conftest import Cast
from kommissorium.core.evidence.models import Event, Record
from kommissorium.measures.findings import Evidence, State


def after_a_meeting(cast: Cast) -> Fulfilment:
    """Hold a meeting and return the fulfilment of the day after its minutes were approved."""
    meeting = held_meeting(cast, 20)
    day = timezone.localdate(meeting.starts_at) + timedelta(days=3)
    return fulfilment_on(history_of(cast.committee), day)


def evidence_of(fulfilment: Fulfilment) -> list[Evidence]:
    return [one for row in fulfilment.findings for one in row.finding.evidence]


def kind_of(evidence: Evidence) -> str | None:
    return Record.objects.get(pk=evidence.record).kind if evidence.record else None


def text_of(pdf: bytes) -> str:
    """Return the text of all pages without spaces and line ends."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    return re.sub(r"[\s\u200b\u00ad]", "", "".join(page.extract_text() for page in pages))


def test_every_piece_of_evidence_is_in_the_chain_as_it_says(cast):
    found = evidence_of(after_a_meeting(cast))
    assert {bool(one.record) for one in found} == {True, False}
    for one in found:
        if not one.reference:
            assert str(one.label).startswith("Undersøgt")  # nothing was found, and here was looked
            continue
        kind, key = one.reference.split()
        if one.record:
            record = Record.objects.get(pk=one.record)
            assert record.content_hash == one.fingerprint
        elif one.event:
            event = Event.objects.get(seq=one.event)
            assert event.hash == one.fingerprint
            assert (event.object_kind, event.object_id) == (kind, key)
        else:
            assert one.fingerprint == ""


def test_the_paper_has_all_references_fingerprints_and_the_head_of_the_chain(cast):
    fulfilment = after_a_meeting(cast)
    text = text_of(answer_pdf(Answer(cast.committee, fulfilment)))
    seq, digest = head_of_chain()
    assert digest in text
    assert str(seq) in text
    for one in evidence_of(fulfilment):
        assert one.fingerprint in text
        assert one.reference.replace(" ", "") in text
    for row in fulfilment.findings:
        assert row.clause.number in text


def test_the_spreadsheet_has_them_too_and_the_addresses(cast, settings):
    fulfilment = after_a_meeting(cast)
    data, name, _media_type = edition("xlsx", Answer(cast.committee, fulfilment))
    assert name == f"{fulfilment.on.isoformat()}-kommissorium.xlsx"
    clauses, evidence, unmeasured, _later, about = load_workbook(io.BytesIO(data)).worksheets
    assert clauses.max_row == len(fulfilment.findings) + 1
    assert unmeasured.max_row == fulfilment.counts[State.UNMEASURED] + 1
    written = [[cell.value for cell in row] for row in evidence.iter_rows(min_row=2)]
    expected = [
        (one.reference or None, one.record, kind_of(one), one.event, one.fingerprint or None)
        for one in evidence_of(fulfilment)
    ]
    assert [tuple(row[5:]) for row in written] == expected
    assert all(row[4].startswith(f"{settings.SITE_URL}/") for row in written)
    facts = [row[1].value for row in about.iter_rows(min_row=2)]
    seq, digest = head_of_chain()
    assert {str(seq), digest, settings.SITE_URL} <= set(facts)


def test_a_formula_in_a_clause_stays_text(cast):
    clause = cast.mandate.clauses.get(number="R1")
    fulfilment = after_a_meeting(cast)
    one = next(row for row in fulfilment.findings if row.clause.number == clause.number)
    one.clause.text = "=1+1"
    data, _name, _media_type = edition("xlsx", Answer(cast.committee, fulfilment))
    cells = load_workbook(io.BytesIO(data)).worksheets[0]["B"]
    assert [cell.data_type for cell in cells if cell.value == "=1+1"] == ["s"]


@pytest.mark.parametrize("form", ["pdf", "xlsx"])
def test_there_is_an_answer_for_a_day_without_a_mandate(cast, form):
    day = cast.since - timedelta(days=1)
    fulfilment = fulfilment_on(history_of(cast.committee), day)
    data, _name, _type = edition(form, Answer(cast.committee, fulfilment))
    assert len(data) > 1000


@pytest.mark.parametrize(("form", "begins"), [("pdf", b"%PDF"), ("xlsx", b"PK")])
def test_the_files_come_by_their_address(cast, client_of, form, begins):
    url = reverse("compliance_file", args=[cast.committee.pk, form])
    response = client_of("auditor").get(url)
    assert response.status_code == 200
    assert response.content.startswith(begins)
    assert "attachment" in response["Content-Disposition"]


def test_plain_data_says_the_same(cast):
    fulfilment = after_a_meeting(cast)
    answer = answer_json(Answer(cast.committee, fulfilment))
    assert answer["head"] == dict(zip(("seq", "hash"), head_of_chain(), strict=True))
    assert sum(answer["counts"].values()) == len(answer["clauses"]) == len(fulfilment.findings)
    assert {row["state"] for row in answer["clauses"]} <= set(answer["counts"])
