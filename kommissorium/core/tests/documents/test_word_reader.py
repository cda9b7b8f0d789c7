"""A Word document that people edited is read heading by heading, or refused in words."""

from __future__ import annotations

import io

import docx
import pytest
from django.utils.translation import override
from docx.oxml.ns import qn

from kommissorium.core.documents.word_reader import WordRefused, read_word
from kommissorium.core.documents.word_template import fill
from kommissorium.core.documents.word_xml import element
from kommissorium.core.tests.documents.test_word_template import VALUES, ours
from kommissorium.core.tests.documents.word_templates import saved, template, with_parts


def edited(data: bytes) -> bytes:
    """Return the document after somebody wrote in it, with tracked changes."""
    document = docx.Document(io.BytesIO(data))
    heading = next(one for one in document.paragraphs if one.text == "Første punkt")
    heading.runs[0].text = "Et nyt navn"
    quote = next(one for one in document.paragraphs if one.text == "citat")
    run = element("w:r", None, element("w:t"))
    run[0].text = " og mere <her>"
    quote._p.append(element("w:ins", None, run))
    gone = element("w:r", None, element("w:delText"))
    gone[0].text = "væk"
    quote._p.append(element("w:del", None, gone))
    return saved(document)


def test_our_document_comes_back_as_it_was_written() -> None:
    before, section = read_word(ours()).sections[0], read_word(ours()).sections[-1]
    assert (before.level, before.heading) == (0, "")
    assert (section.heading, section.level, section.bookmarks) == ("Første punkt", 1, ("item_1",))
    assert section.html == (
        "<ul><li>et</li></ul><ol><li>to</li></ol><blockquote><p>citat</p></blockquote>"
        '<p><a href="https://strandby.example/" rel="noopener">link</a></p>'
        '<table><thead><tr><th scope="col">a</th><th scope="col">'
        "b</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>"
    )


def test_what_was_edited_in_the_template_is_found_by_its_bookmark() -> None:
    read = read_word(edited(fill(template(), ours(), VALUES)))
    section = next(one for one in read.sections if "item_1" in one.bookmarks)
    assert section.heading == "Et nyt navn"
    assert "<blockquote><p>citat og mere &lt;her&gt;</p>" in section.html
    assert "væk" not in section.html
    with override("en"):
        assert [str(one)[:32] for one in read.remarks] == ["The document has tracked changes"]


def test_lists_inside_each_other_and_numbering_that_leads_nowhere() -> None:
    document = docx.Document()
    for text, level in (("ydre", 0), ("indre", 1), ("ydre igen", 0)):
        paragraph = document.add_paragraph(text, style="List Bullet")
        number = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        number.get_or_add_ilvl().val, number.get_or_add_numId().val = level, 999
    document.add_paragraph("efter")
    assert read_word(saved(document)).sections[0].html == (
        "<ul><li>ydre<ul><li>indre</li></ul></li><li>ydre igen</li></ul><p>efter</p>"
    )


def test_a_heading_is_known_by_what_its_style_is_based_on() -> None:
    document = docx.Document()
    own = document.styles.add_style("Kommunens kapitel", 1)
    own.base_style = document.styles["Heading 2"]
    document.add_paragraph("Kapitel", style=own)
    document.add_paragraph("tekst")
    assert [(one.heading, one.level) for one in read_word(saved(document)).sections] == [
        ("", 0),
        ("Kapitel", 2),
    ]


def test_styles_that_are_based_on_each_other_do_not_keep_it_busy() -> None:
    document = docx.Document()
    one, other = document.styles.add_style("En", 1), document.styles.add_style("To", 1)
    one.base_style, other.base_style = other, one
    document.add_paragraph("tekst", style=one)
    assert read_word(saved(document)).sections[0].html == "<p>tekst</p>"


def test_pasted_styles_leave_nothing_but_the_text() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("fed").runs[0]
    paragraph.bold = True
    paragraph._r.get_or_add_rPr().append(element("w:color", {"w:val": "FF0000"}))
    field = element("w:instrText")
    field.text = "x" * 200_000
    paragraph._r.append(field)
    assert paragraph._r.find(qn("w:instrText")) is not None
    assert read_word(saved(document)).sections[0].html == "<p><strong>fed</strong></p>"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (lambda: b"", "cannot be read"),
        (lambda: ours()[:-200], "cannot be read"),
        (lambda: b"\xd0\xcf\x11\xe0", "password"),
        (lambda: b"x" * 26 * 1024 * 1024, "larger than 25 MB"),
        (lambda: with_parts(ours(), {"word/vbaProject.bin": "x"}), "macros"),
        (lambda: with_parts(ours(), {"word/a.xml": " " * 70_000_000}), "far more"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(data: object, words: str) -> None:
    with override("en"), pytest.raises(WordRefused, match=words):
        read_word(data())  # type: ignore[operator]
