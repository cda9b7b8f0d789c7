"""The papers of the demonstration: as short as they are to be, and with nothing lost."""

from __future__ import annotations

import io
import json
import re

import pytest
from django.utils import translation
from pypdf import PdfReader

from kommissorium.config.tests.given_day import is_given
from kommissorium.controls.proposal import KIND as STATEMENT
from kommissorium.core.evidence.models import Record
from kommissorium.core.richtext import plain_text
from kommissorium.demo.tests.stories import of_fifteen_months
from kommissorium.meetings.actions.minutes import MINUTES
from kommissorium.meetings.minutes import minutes_from_json
from kommissorium.meetings.minutes_page import lay_out
from kommissorium.registers.requirements import LONGEST_LINE

pytestmark = [pytest.mark.usefixtures("havneby"), of_fifteen_months]
MOST_PAGES, MOST_OF_STATEMENT = 12, 8


def letters(text: str) -> str:
    """Return the letters and figures of a text: how its lines are parted does not matter."""
    return "".join(re.findall(r"[^\W_]", text))


def text_of(reader: PdfReader) -> str:
    return letters("".join(page.extract_text() for page in reader.pages))


def test_minutes_have_at_most_twelve_pages_and_the_registers_lie_inside_whole() -> None:
    records = list(Record.objects.filter(kind=MINUTES))
    assert records
    for record in records:
        reader = PdfReader(io.BytesIO(bytes(record.pdf or b"")))
        # On another day another meeting has more items.
        assert len(reader.pages) <= MOST_PAGES + 2 * is_given()
        (annex,) = reader.attachment_list
        inside = text_of(PdfReader(io.BytesIO(annex.content)))
        with translation.override("da"):
            page = lay_out(minutes_from_json(json.loads(record.content)), [], [])
        shown = [
            one.html for item in page.items for one in item.sections if one.part == "registers"
        ]
        cells = {letters(plain_text(part)) for html in shown for part in re.split(r"<[^>]+>", html)}
        assert shown
        assert [cell for cell in cells if cell not in inside] == []


def test_the_statement_of_applicability_has_no_cell_that_is_long() -> None:
    records = list(Record.objects.filter(kind=STATEMENT.record_kind))
    assert records
    for record in records:
        reader = PdfReader(io.BytesIO(bytes(record.pdf or b"")))
        assert len(reader.pages) <= MOST_OF_STATEMENT
        with translation.override("da"):
            sections = STATEMENT.sections(json.loads(record.content))
        told = [row for section in sections for row in section.rows]
        assert len(told) == len(json.loads(record.content)["controls"])
        assert max(len(cell) for row in told for cell in row) <= LONGEST_LINE
