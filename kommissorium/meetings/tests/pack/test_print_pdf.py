from __future__ import annotations

from typing import Any

import pytest

from kommissorium.core.tests.documents.pdfs import bookmarks, catalog, pdf_with, read, text_of
from kommissorium.meetings.pack import PackItem, pack_print_pdf, without_closed
from kommissorium.meetings.tests.pack.samples import SECRET, attached, sample


def _page_with(pdf: bytes, word: str) -> int:
    """Return the number, from 1, of the last page on which the word stands."""
    pages = [page.extract_text() for page in read(pdf).pages]
    return max(number for number, text in enumerate(pages, start=1) if word in text)


def test_it_says_that_it_is_for_paper_and_that_another_is_accessible() -> None:
    first = read(pack_print_pdf(sample())).pages[0].extract_text()
    assert "Print edition" in first
    assert "accessible original" in first


def test_attached_pages_follow_their_item() -> None:
    pdf = pack_print_pdf(sample())
    order = [_page_with(pdf, word) for word in ("Referatet er", "referatside", "andenside", SECRET)]
    assert order == sorted(order)
    assert order[2] == order[1] + 1


def test_page_numbers_run_through_the_bound_pages() -> None:
    pages = read(pack_print_pdf(sample())).pages
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in page.extract_text()


def test_the_contents_count_the_bound_pages() -> None:
    pdf = pack_print_pdf(sample())
    line = next(
        line
        for line in read(pdf).pages[0].extract_text().splitlines()
        if line.startswith("3. Eventuelt")
    )
    assert line.replace("\u2060", "").rstrip().endswith(f" {_page_with(pdf, 'Eventuelt')}")


def test_bookmarks_lead_to_items_and_under_them_to_bound_attachments() -> None:
    pdf = pack_print_pdf(sample())
    reader = read(pdf)
    assert bookmarks(reader.outline)[2:4] == [
        (0, "1. Godkendelse af referat"),
        (1, "Annex 1.1 · Referat æøå.pdf"),
    ]
    outline: list[Any] = reader.outline
    place = reader.get_destination_page_number(outline[3][0])
    assert place == _page_with(pdf, "referatside") - 1


def test_a_bound_page_says_which_annex_it_is() -> None:
    pdf = pack_print_pdf(sample())
    page = read(pdf).pages[_page_with(pdf, "andenside") - 1].extract_text()
    assert "Annex 1.1 · Referat æøå.pdf" in page
    assert "2 / 2" in page


def test_files_of_other_kinds_are_named_as_enclosed_separately() -> None:
    text = text_of(pack_print_pdf(sample()))
    assert "Hemmeligt.xlsx Enclosed separately" in text


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.7 broken", b"", pdf_with("skjult", password="hemmeligt"), pdf_with()],
    ids=["broken", "empty", "locked", "no pages"],
)
def test_a_pdf_that_cannot_be_bound_is_a_page_that_says_so(data: bytes) -> None:
    items = (
        PackItem(1, "Punkt", attachments=(attached("Brev.pdf", data),)),
        PackItem(2, "Næste"),
    )
    pdf = pack_print_pdf(sample(items=items))
    pages = [page.extract_text() for page in read(pdf).pages]
    (excuse,) = [text for text in pages if "could not be put in here" in text]
    assert "Annex 1.1 · Brev.pdf" in excuse
    assert "Næste" not in excuse


def test_wide_pages_lie_across() -> None:
    wide = attached("Bred.pdf", pdf_with("bredside", size=(842, 595)))
    pdf = pack_print_pdf(sample(items=(PackItem(1, "Punkt", attachments=(wide,)),)))
    box = read(pdf).pages[_page_with(pdf, "bredside") - 1].mediabox
    assert box.width > box.height


def test_it_claims_no_standard_it_does_not_keep() -> None:
    root = catalog(pack_print_pdf(sample()))
    assert "/StructTreeRoot" not in root
    assert b"pdfuaid" not in root["/Metadata"].get_data()
    assert root["/Lang"] == "en"


def test_the_edition_without_closed_items_tells_nothing_of_them() -> None:
    text = text_of(pack_print_pdf(without_closed(sample())))
    assert "2. Closed item" in text
    assert SECRET not in text
    assert "Hemmeligt" not in text


def test_an_empty_agenda_can_be_printed() -> None:
    assert len(read(pack_print_pdf(sample(items=()))).pages) == 1


def test_the_same_pack_gives_the_same_bytes() -> None:
    assert pack_print_pdf(sample()) == pack_print_pdf(sample())
