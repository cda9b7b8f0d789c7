from __future__ import annotations

import hashlib
import re
from itertools import pairwise

import pytest

from kommissorium.core.tests.documents.pdfs import bookmarks, catalog, claims, read, tags, text_of
from kommissorium.meetings.pack import PackItem, pack_pdf, without_closed
from kommissorium.meetings.tests.pack.samples import ITEMS, SECRET, attached, sample

ODD_NAMES = ["../../x", "a\\b.pdf", "", "x" * 600, "æ\U0001f600.pdf", "a.pdf", "A.pdf", "a\n\0.pdf"]


def test_the_pack_is_accessible_and_archivable_with_its_files() -> None:
    pdf = pack_pdf(sample())
    root = catalog(pdf)
    assert claims(pdf) == {"pdfuaid:part": "1", "pdfaid:part": "3", "pdfaid:conformance": "A"}
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert "/StructTreeRoot" in root


def test_the_first_page_says_what_where_when_and_who() -> None:
    text = re.sub(r"\s+", " ", read(pack_pdf(sample(language="da"))).pages[0].extract_text())
    for words in (
        "Eksempel Kommune",
        "Informationssikkerhedsudvalget",
        "torsdag den 3. december 2026 kl. 13.00–15.00",
        "Rådhuset, lokale 2",
        "https://video.eksempel.dk/1234",
        "Til udvalgets medlemmer",
        "Morten Lund",
        "Lise Rønhave",
    ):
        assert words in text


def test_pages_are_numbered_out_of_all() -> None:
    pages = read(pack_pdf(sample())).pages
    assert len(pages) >= 2
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in page.extract_text()


def test_each_item_has_a_bookmark_and_stands_in_the_contents() -> None:
    pdf = pack_pdf(sample())
    titles = [title for _depth, title in bookmarks(read(pdf).outline)]
    assert titles == [
        "Items",
        "Members",
        "1. Godkendelse af referat",
        f"2. {SECRET}",
        "3. Eventuelt",
    ]
    assert read(pdf).pages[0].extract_text().count("Godkendelse af referat") == 1
    assert tags(pdf).count("/TOCI") == 3


def test_headings_follow_each_other_without_a_level_left_out() -> None:
    html = "<h3>Under</h3><p>ord</p>"
    item = PackItem(1, "Punkt", "", html, html, attachments=ITEMS[0].attachments)
    levels = [int(tag[2:]) for tag in tags(pack_pdf(sample(items=(item,)))) if tag[:2] == "/H"]
    assert levels[:3] == [1, 1, 1]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert max(levels) == 3


def test_every_attachment_lies_inside_and_is_listed_with_its_hash() -> None:
    pdf = pack_pdf(sample())
    inside = {file.content: file for file in read(pdf).attachment_list}
    text = text_of(pdf)
    for item in ITEMS:
        for file in item.attachments:
            assert hashlib.sha256(inside[file.data].content).hexdigest() == file.sha256
            assert inside[file.data].subtype == f"/{file.media_type}"
            assert str(inside[file.data].associated_file_relationship) == "/Supplement"
            assert file.sha256 in text.replace(" ", "")
            assert file.name in text
    assert len(inside) == 2


def test_files_belong_to_the_document_as_the_archive_standard_asks() -> None:
    assert len(catalog(pack_pdf(sample()))["/AF"]) == 2


def test_a_closed_item_is_marked_with_its_ground() -> None:
    text = text_of(pack_pdf(sample()))
    assert "Closed item" in text
    assert "Oplysninger om sikkerhed" in text


def test_the_edition_without_closed_items_tells_nothing_of_them() -> None:
    pdf = pack_pdf(without_closed(sample()))
    text = text_of(pdf)
    assert "2. Closed item" in text
    for words in (SECRET, "Kun for", "Oplysninger om sikkerhed", "Hemmeligt", "Til drøftelse"):
        assert words not in text
        assert words.encode() not in pdf
        assert words.encode("utf-16-be") not in pdf
    assert [file.content for file in read(pdf).attachment_list] == [ITEMS[0].attachments[0].data]


def test_without_attachments_the_pack_is_of_the_plainer_standard() -> None:
    assert claims(pack_pdf(sample(items=(PackItem(1, "Punkt"),))))["pdfaid:part"] == "2"


@pytest.mark.parametrize("changes", [{"items": ()}, {"seats": ()}, {"place": "", "link": ""}])
def test_a_pack_may_lack_things(changes: dict[str, object]) -> None:
    assert claims(pack_pdf(sample(**changes)))["pdfuaid:part"] == "1"


def test_an_empty_agenda_says_so() -> None:
    assert "There are no items on the agenda." in text_of(pack_pdf(sample(items=())))


def test_a_pack_without_any_word_can_be_made() -> None:
    pack = sample(
        municipality="", committee="", title="", edition_note="", items=(PackItem(1, ""),)
    )
    metadata = read(pack_pdf(pack)).metadata
    assert metadata is not None
    assert metadata.title == "Agenda, 3 December 2026"


def test_a_title_that_names_the_committee_is_not_repeated() -> None:
    first = read(pack_pdf(sample(title="Informationssikkerhedsudvalget"))).pages[0].extract_text()
    # Once as title, once at the foot of the page.
    assert first.count("Informationssikkerhedsudvalget") == 2


def test_sixty_items_are_numbered_and_found() -> None:
    items = tuple(PackItem(number, f"Punkt nr {number}") for number in range(1, 61))
    titles = [title for _depth, title in bookmarks(read(pack_pdf(sample(items=items))).outline)]
    assert titles[-1] == "60. Punkt nr 60"
    assert len(titles) == 62


def test_odd_names_of_files_stay_apart_inside() -> None:
    files = tuple(attached(name, name.encode(), "x") for name in ODD_NAMES)
    pdf = pack_pdf(sample(items=(PackItem(1, "Punkt", attachments=files),)))
    inside = list(read(pdf).attachment_list)
    assert sorted(file.content for file in inside) == sorted(name.encode() for name in ODD_NAMES)
    names = {str(file.pdf_object["/UF"]).casefold() for file in inside}
    assert len(names) == len(ODD_NAMES)
    assert not any(set(name) & set('/\\<>:"|?*\n\0') for name in names)


def test_a_link_that_is_no_web_address_is_text() -> None:
    pdf = pack_pdf(sample(link="javascript:alert(1)", items=()))
    assert "javascript:alert(1)" in text_of(pdf)
    assert b"/URI" not in pdf


def test_the_same_pack_gives_the_same_bytes() -> None:
    assert pack_pdf(sample()) == pack_pdf(sample())
