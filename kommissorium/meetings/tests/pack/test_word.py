from __future__ import annotations

import io

import docx

from kommissorium.meetings.pack import pack_docx, without_closed
from kommissorium.meetings.tests.pack.samples import ITEMS, SECRET, sample


def _opened(data: bytes) -> docx.document.Document:
    return docx.Document(io.BytesIO(data))


def _text(data: bytes) -> str:
    document = _opened(data)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_items_are_headings_that_the_list_in_front_leads_to() -> None:
    document = _opened(pack_docx(sample()))
    headings = [p.text for p in document.paragraphs if p.style and p.style.name == "Heading 1"]
    assert headings == [
        "Items",
        "Members",
        "1. Godkendelse af referat",
        f"2. {SECRET}",
        "3. Eventuelt",
    ]
    body = document.element.xml
    for number in (1, 2, 3):
        assert f'w:anchor="item_{number}"' in body
        assert f'w:name="item_{number}"' in body


def test_attachments_are_listed_with_their_hashes() -> None:
    text = _text(pack_docx(sample()))
    for item in ITEMS:
        for file in item.attachments:
            assert file.name in text
            assert file.sha256 in text


def test_a_closed_item_is_marked_with_its_ground() -> None:
    text = _text(pack_docx(sample()))
    assert "Closed item · Til drøftelse" in text
    assert "Oplysninger om sikkerhed" in text


def test_the_edition_without_closed_items_tells_nothing_of_them() -> None:
    text = _text(pack_docx(without_closed(sample())))
    assert "2. Closed item" in text
    for words in (SECRET, "Kun for", "Hemmeligt", "Oplysninger om sikkerhed"):
        assert words not in text


def test_an_empty_agenda_says_so() -> None:
    assert "There are no items on the agenda." in _text(pack_docx(sample(items=())))


def test_the_file_says_what_it_is_and_whose() -> None:
    properties = _opened(pack_docx(sample())).core_properties
    assert (properties.title, properties.author) == ("Dagsorden", "Eksempel Kommune")


def test_the_same_pack_gives_the_same_bytes() -> None:
    assert pack_docx(sample()) == pack_docx(sample())
