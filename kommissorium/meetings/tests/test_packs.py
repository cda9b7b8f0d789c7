"""Packs as they leave the house."""

from __future__ import annotations

import io
import json
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from kommissorium.conftest import Cast
from kommissorium.meetings.actions.agenda import add_item, attach
from kommissorium.meetings.models import Meeting

Browser = Callable[[str], Client]


def text_of(data: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


def test_the_pack_holds_the_eight_items_time_place_and_seats(
    meeting: Meeting, cast: Cast, client_of: Browser
) -> None:
    response = client_of("member").get(reverse("meeting_pack", args=[meeting.pk, "pdf"]))
    text = " ".join(text_of(response.getvalue()).split())
    assert response["Content-Type"] == "application/pdf"
    for item in meeting.items.all():
        assert item.title.split()[0] in text
    assert meeting.place in text
    assert cast.chair.name in text


def test_attachments_are_inside_the_pdf_with_their_hash(
    meeting: Meeting, cast: Cast, client_of: Browser
) -> None:
    kept = attach(meeting.items.first(), by=cast.coordinator, name="bilag.txt", data=b"indhold")
    response = client_of("chair").get(reverse("meeting_pack", args=[meeting.pk, "pdf"]))
    data = response.getvalue()
    reader = PdfReader(io.BytesIO(data))
    assert b"indhold" in [file for files in reader.attachments.values() for file in files]
    assert kept.file_id in text_of(data).replace("\n", "").replace(" ", "")


@pytest.mark.parametrize("form", ["pdf", "print", "docx", "json"])
def test_closed_items_leave_with_those_who_may_read_them_alone(
    meeting: Meeting, cast: Cast, client_of: Browser, form: str
) -> None:
    add_item(
        meeting,
        by=cast.coordinator,
        title="Hemmelig svaghed",
        type="information",
        is_closed=True,
        closed_ground="Sårbarhed",
    )
    url = reverse("meeting_pack", args=[meeting.pk, form])
    seen = {who: client_of(who).get(url).getvalue() for who in ("chair", "auditor", "executive")}
    for who, data in seen.items():
        assert ("Hemmelig svaghed" in _text(data, form)) == (who == "chair"), who
    assert client_of("employee").get(url).status_code == 404


def test_a_form_that_does_not_exist_is_not_found(meeting: Meeting, client_of: Browser) -> None:
    url = reverse("meeting_pack", args=[meeting.pk, "exe"])
    assert client_of("chair").get(url).status_code == 404


def _text(data: bytes, form: str) -> str:
    if form == "json":
        return json.dumps(json.loads(data), ensure_ascii=False)
    if form == "docx":
        import docx

        document = docx.Document(io.BytesIO(data))
        return "\n".join(paragraph.text for paragraph in document.paragraphs)
    return " ".join(text_of(data).split())
