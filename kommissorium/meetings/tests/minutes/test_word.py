from __future__ import annotations

import io
import re

import docx

from kommissorium.meetings.minutes import extract, minutes_docx, without_closed
from kommissorium.meetings.tests.minutes.samples import (
    APPROVED,
    CONFIRMED,
    HASH,
    ITEMS,
    SECRET,
    sample,
)


def _opened(data: bytes) -> docx.document.Document:
    return docx.Document(io.BytesIO(data))


def _text(data: bytes) -> str:
    document = _opened(data)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def _foot(data: bytes) -> str:
    return _opened(data).sections[0].footer.paragraphs[0].text


def test_items_are_headings_that_the_list_in_front_leads_to() -> None:
    document = _opened(minutes_docx(sample()))
    headings = [p.text for p in document.paragraphs if p.style and p.style.name == "Heading 1"]
    assert headings == [
        "What was decided",
        "Attendance",
        "Items",
        *(f"{item.number} {item.title}" for item in ITEMS),
        "Closing and approval",
        "Annex: the registers",
    ]
    body = document.element.xml
    anchors = re.findall(r'w:anchor="(item_\d)"', body)
    assert anchors == re.findall(r'w:name="(item_\d)"', body)
    assert len(anchors) == len(ITEMS)


def test_all_that_was_decided_is_there() -> None:
    text = _text(minutes_docx(sample()))
    for words in (
        "Godkendt med ændring",
        "Prøven holdes i marts.",
        "Jonas Krogh, dissent: Vent til sommer.",
        "Karin Toft: Før tilsyn.\nThe advice was not followed. Det når vi ikke.",
        "31 March 2027",
        "Intet nyt.",
        "Udgift på 125.000 kr.",
        HASH,
    ):
        assert words in text


def test_a_draft_says_so_at_the_foot_of_every_page() -> None:
    assert _foot(minutes_docx(sample())).startswith("Draft – not sent out · ")
    assert "Draft" not in _foot(minutes_docx(sample(**APPROVED)))


def test_the_edition_without_closed_items_tells_nothing_of_them() -> None:
    text = _text(minutes_docx(without_closed(sample(**CONFIRMED))))
    assert "2026/3-2 Closed item" in text
    for words in (SECRET, "Kun for", "Luk hullet", "Hemmeligt", "12. februar"):
        assert words not in text


def test_confirmed_minutes_have_their_addendum_in_front() -> None:
    text = _text(minutes_docx(sample(**CONFIRMED)))
    assert text.index("Fristen er den 12. februar.") < text.index("Attendance")


def test_an_extract_has_no_list_in_front() -> None:
    text = _text(minutes_docx(extract(sample(), "2026/3-1")))
    assert "Extract of minutes 2026/3" in text
    assert "Items" not in text


def test_minutes_without_items_say_so() -> None:
    assert "There are no items in the minutes." in _text(minutes_docx(sample(items=())))


def test_the_file_says_what_it_is_and_whose() -> None:
    properties = _opened(minutes_docx(sample())).core_properties
    title = "Minutes 2026/3, Informationssikkerhedsudvalget, 3 December 2026"
    assert (properties.title, properties.author) == (title, "Eksempel Kommune")


def test_the_same_minutes_give_the_same_bytes() -> None:
    assert minutes_docx(sample()) == minutes_docx(sample())
