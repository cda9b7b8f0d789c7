"""The papers of a meeting say in their title and their name which committee met, and when."""

from __future__ import annotations

import io
from collections.abc import Callable
from urllib.parse import unquote

import docx
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from pypdf import PdfReader

from kommissorium.conftest import Cast
from kommissorium.core.ui.localised import day
from kommissorium.meetings.models import Meeting
from kommissorium.meetings.tests.minutes_cases import approved

Browser = Callable[[str], Client]
PAPERS = [
    ("meeting_pack", "pdf", "dagsorden.pdf"),
    ("meeting_pack", "print", "dagsorden.print.pdf"),
    ("meeting_pack", "docx", "dagsorden.docx"),
    ("minutes_file", "pdf", "referat.pdf"),
    ("minutes_file", "docx", "referat.docx"),
    ("minutes_file", "pdf-open", "referat-aaben.pdf"),
]


def fetched(browser: Client, address: str) -> tuple[str, bytes]:
    """Return what a file is called, and its bytes."""
    answer = browser.get(address)
    said = answer.headers["Content-Disposition"].partition("filename")[2]
    return unquote(said.lstrip("*=").removeprefix("utf-8''")).strip('"'), answer.getvalue()


@pytest.mark.parametrize("paper", PAPERS)
def test_title_heading_and_name_say_which_committee_and_day(
    cast: Cast, meeting: Meeting, client_of: Browser, paper: tuple[str, str, str]
) -> None:
    url, form, ending = paper
    approved(cast, meeting)
    name, data = fetched(client_of("member"), reverse(url, args=[meeting.pk, form]))
    held = timezone.localdate(meeting.starts_at)
    assert name == f"{held.isoformat()}-informationssikkerhedsudvalget-{ending}"
    if name.endswith("docx"):
        document = docx.Document(io.BytesIO(data))
        title = document.core_properties.title
        shown = "\n".join(paragraph.text for paragraph in document.paragraphs[:4])
    else:
        reader = PdfReader(io.BytesIO(data))
        assert reader.metadata is not None
        title, shown = str(reader.metadata.title), reader.pages[0].extract_text()
    assert title.endswith(f", {meeting.committee.name}, {day(held)}")
    assert title in " ".join(shown.split())


def test_the_frozen_call_and_the_handover_say_so_too(
    cast: Cast, meeting: Meeting, client_of: Browser
) -> None:
    approved(cast, meeting)
    meeting.refresh_from_db()
    held = timezone.localdate(meeting.starts_at)
    metadata = PdfReader(io.BytesIO(bytes(meeting.call.record.pdf or b""))).metadata
    assert metadata is not None
    assert metadata.title == f"Dagsorden, {meeting.committee.name}, {day(held)}"
    address = reverse("meeting_handover_file", args=[meeting.pk])
    name, _data = fetched(client_of("coordinator"), address)
    assert name == f"{held.isoformat()}-informationssikkerhedsudvalget-{gettext('handover')}.zip"
