from __future__ import annotations

import gc
import io
import weakref
import zipfile
from datetime import UTC, datetime, timedelta
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from kommissorium.core.documents import WordDocument, WordFrame
from kommissorium.core.richtext import RichTextRefused, plain_text, to_blocks
from kommissorium.core.tests.richtext.markup import documents

MADE = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)


def _word(**changes: str) -> WordDocument:
    words = {
        "title": "Titel",
        "author": "Eksempel Kommune",
        "language": "da",
        "footer": "Udvalget",
        "page_pattern": "Side {page} af {pages}",
    }
    return WordDocument(WordFrame(made_at=MADE, **(words | changes)))


def _opened(word: WordDocument) -> docx.document.Document:
    return docx.Document(io.BytesIO(word.to_bytes()))


def _style(paragraph: Any) -> str:
    return str(paragraph.style.name)


def _number(paragraph: Any) -> Any:
    """Return the number Word gives the paragraph, None for none."""
    return paragraph._p.pPr.numPr


def _with(html: str) -> docx.document.Document:
    word = _word()
    word.blocks(to_blocks(html))
    return _opened(word)


def test_the_file_says_what_it_is_whose_and_when() -> None:
    properties = _opened(_word()).core_properties
    assert (properties.title, properties.author) == ("Titel", "Eksempel Kommune")
    assert properties.language == "da"
    assert properties.created == properties.modified == MADE
    assert properties.comments == ""


@pytest.mark.parametrize(("language", "locale"), [("da", "da-DK"), ("en", "en-GB")])
def test_the_text_is_in_the_language_it_is_checked_in(language: str, locale: str) -> None:
    styles = _opened(_word(language=language)).styles.element
    found = styles.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert found.get(qn("w:val")) == locale


def test_the_foot_counts_pages() -> None:
    footer = _opened(_word()).sections[0].footer.paragraphs[0]
    assert footer.text == "Udvalget\tSide 1 af 1"
    codes = [code.text.strip() for code in footer._p.iter(qn("w:instrText"))]
    assert codes == ["PAGE", "NUMPAGES"]


def test_headings_title_and_quotes_are_styles() -> None:
    word = _word()
    word.title("Titel", "Under")
    word.heading("Et", 1)
    word.heading("To", 2)
    word.blocks(to_blocks("<h3>Tre</h3><blockquote>citat</blockquote><ul><li>led</li></ul>"))
    styles = [(p.text, _style(p)) for p in _opened(word).paragraphs]
    assert styles == [
        ("Titel", "Title"),
        ("Under", "Subtitle"),
        ("Et", "Heading 1"),
        ("To", "Heading 2"),
        ("Tre", "Heading 3"),
        ("citat", "Quote"),
        ("led", "List Paragraph"),
    ]


def test_runs_keep_their_look_and_line_breaks() -> None:
    (paragraph,) = _with("<p>a<strong>b<br>c</strong><em>d</em></p>").paragraphs
    assert paragraph.text == "ab\ncd"
    looks = {run.text: (run.bold, run.italic) for run in paragraph.runs if run.text != "\n"}
    assert looks == {"a": (None, None), "b": (True, None), "c": (True, None), "d": (None, True)}


def test_links_lead_where_they_say() -> None:
    (paragraph,) = _with(
        "<p>se <a href='https://example.dk/?a=1&amp;b=2'>her</a> nu</p>"
    ).paragraphs
    (link,) = paragraph.hyperlinks
    assert (link.text, link.url) == ("her", "https://example.dk/?a=1&b=2")
    assert paragraph.text == "se her nu"


def test_lists_are_counted_by_word_and_each_begins_anew() -> None:
    document = _with("<ol><li>a</li><li>b<ul><li>c</li></ul></li></ol><ol><li>d</li></ol>")
    places = {p.text: (_number(p).numId.val, _number(p).ilvl.val) for p in document.paragraphs}
    assert places["a"] == places["b"]
    assert places["a"][0] != places["d"][0]
    assert [places[text][1] for text in "abcd"] == [0, 0, 1, 0]
    numbering = document.part.numbering_part.element
    kinds = {
        number.numId: number.abstractNumId.val
        for number in numbering.num_lst
        if number.numId in {places["a"][0], places["c"][0]}
    }
    assert len(set(kinds.values())) == 2


def test_the_second_paragraph_of_an_item_has_no_number_of_its_own() -> None:
    document = _with("<ol><li><p>a</p><p>b</p></li></ol>")
    first, second = document.paragraphs
    assert _number(first) is not None
    assert _number(second) is None
    assert second.paragraph_format.left_indent is not None


def test_tables_keep_spans_and_repeat_their_headings() -> None:
    document = _with(
        "<table><tr><th>A</th><th>B</th><th>C</th></tr>"
        "<tr><td rowspan=2>d</td><td colspan=2>e</td></tr><tr><td>f</td><td>g</td></tr></table>"
    )
    (table,) = document.tables
    texts = [[cell.text for cell in row.cells] for row in table.rows]
    assert texts == [["A", "B", "C"], ["d", "e", "e"], ["d", "f", "g"]]
    heads = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
    assert heads == [True, False, False]
    assert table.cell(0, 0).paragraphs[0].runs[0].bold


def test_a_table_of_texts_has_a_description_and_widths() -> None:
    word = _word()
    word.table(["A", "B"], [["c", "d"]], widths=(40, 120), description="Hvem der er hvem")
    (table,) = _opened(word).tables
    caption = table._tbl.tblPr.find(qn("w:tblCaption"))
    assert caption is not None
    assert caption.get(qn("w:val")) == "Hvem der er hvem"
    assert [round(column.width.mm) for column in table.columns] == [40, 120]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["A", "B"], ["c", "d"]]


def test_a_line_leads_to_its_bookmark() -> None:
    word = _word()
    word.link_line("til", "sted")
    word.heading("Der", bookmark="sted")
    body = _opened(word).element.body
    (link,) = body.iter(qn("w:hyperlink"))
    (mark,) = body.iter(qn("w:bookmarkStart"))
    assert link.get(qn("w:anchor")) == mark.get(qn("w:name")) == "sted"


def test_characters_that_xml_cannot_hold_are_left_out() -> None:
    word = _word(title="a\x00b", author="\ud800c", footer="d\x07")
    word.heading("e\x0cf\ufffe")
    word.fact("g\x1b", "h\x00")
    text = "".join(p.text for p in _opened(word).paragraphs)
    assert "\x00" not in text
    assert "h" in text


def test_the_same_pieces_give_the_same_bytes_without_a_clock() -> None:
    one, two = _word().to_bytes(), _word().to_bytes()
    assert one == two
    with zipfile.ZipFile(io.BytesIO(one)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_document_is_gone_when_it_is_written_though_nobody_looks_for_cycles() -> None:
    word = _word()
    word.heading("Til")
    root = weakref.ref(word._document.element)
    styles = weakref.ref(word._document.styles.element)
    gc.disable()
    try:
        assert word.to_bytes()
        assert (root(), styles()) == (None, None)
    finally:
        gc.enable()


def test_times_of_other_zones_are_kept_in_utc() -> None:
    frame = WordFrame("t", "a", "da", MADE.astimezone(None) + timedelta(0), "", "")
    assert _opened(WordDocument(frame)).core_properties.created == MADE


@settings(max_examples=25, deadline=None)
@given(documents, st.text(max_size=30))
def test_any_text_can_be_written_and_no_word_is_lost(html: str, title: str) -> None:
    try:
        blocks, words = to_blocks(html), plain_text(html)
    except RichTextRefused:
        return
    word = _word(title=title)
    word.heading(title)
    word.blocks(blocks)
    body = _opened(word).element.body
    written = "".join(text.text or "" for text in body.iter(qn("w:t")))
    for part in words.split():
        if part.isalnum():
            assert part in written
