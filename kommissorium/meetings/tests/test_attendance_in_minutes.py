"""Attendance in the minutes: no reasons for apologies, votes only where they count."""

from __future__ import annotations

import io
from typing import Any

import pytest
from docx import Document

from kommissorium.conftest import Cast
from kommissorium.core.tests.documents.pdfs import text_of
from kommissorium.meetings.actions.answers import answer
from kommissorium.meetings.actions.minutes import approve_minutes, send_to_review
from kommissorium.meetings.handover import write_zip
from kommissorium.meetings.minutes_editions import handover_of, write_minutes
from kommissorium.meetings.models import Attendance, Meeting
from kommissorium.meetings.pack_builder import write_pack
from kommissorium.meetings.tests.minutes_cases import called, end

REASON = "Kanariefuglens operation"

pytestmark = pytest.mark.django_db


def words_of(docx: bytes) -> str:
    document = Document(io.BytesIO(docx))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(line.text for line in document.paragraphs), *cells])


def held_without_member(cast: Cast, meeting: Meeting) -> None:
    called(cast, meeting)
    own = Attendance.objects.select_related("meeting__committee").get(
        meeting=meeting, person=cast.member
    )
    answer(own, by=cast.member, answer="declined", way="page", apology=REASON)
    end(cast, meeting, ("chair", "coordinator", "dpo"))


def test_the_reason_of_an_apology_stands_nowhere_in_what_is_kept(
    cast: Cast, meeting: Meeting, client_of: Any
) -> None:
    held_without_member(cast, meeting)
    minutes = send_to_review(meeting, by=cast.coordinator)
    page = client_of("chair").get(f"/meetings/{meeting.pk}/minutes/").content.decode()
    assert cast.member.name in page
    assert REASON not in page
    drafts = [write_minutes(meeting, form, with_closed=True) for form in ("pdf", "docx", "json")]
    approval = approve_minutes(minutes, by=cast.chair)
    meeting.refresh_from_db()
    finals = [write_minutes(meeting, form, with_closed=True) for form in ("pdf", "docx", "json")]
    for pdf, docx, data in (drafts, finals):
        for text in (text_of(pdf), words_of(docx), data.decode()):
            assert cast.member.name in text
            assert REASON not in text
    assert REASON not in approval.record.content
    assert REASON not in text_of(write_pack(meeting, "pdf", with_closed=True))
    assert REASON.encode() not in write_pack(meeting, "json", with_closed=True)
    handed = handover_of(meeting)
    assert REASON not in repr(handed.metadata)
    out = io.BytesIO()
    write_zip(handed, out)
    assert REASON.encode() not in out.getvalue()


def test_votes_are_told_only_where_a_quorum_is_laid_down(
    cast: Cast, meeting: Meeting, client_of: Any
) -> None:
    held_without_member(cast, meeting)
    assert not meeting.committee.quorum
    url = f"/meetings/{meeting.pk}/minutes/"
    page = client_of("chair").get(url).content.decode()
    assert "Stemmeret" not in page
    assert "Stemmeret" not in text_of(write_minutes(meeting, "pdf", with_closed=True))
    assert "Stemmeret" not in words_of(write_minutes(meeting, "docx", with_closed=True))
    type(meeting.committee).objects.filter(pk=meeting.committee_id).update(quorum=2)
    assert "Stemmeret" in client_of("chair").get(url).content.decode()
    meeting = Meeting.objects.select_related("committee").get(pk=meeting.pk)
    assert "Stemmeret" in text_of(write_minutes(meeting, "pdf", with_closed=True))
    assert "Stemmeret" in words_of(write_minutes(meeting, "docx", with_closed=True))
