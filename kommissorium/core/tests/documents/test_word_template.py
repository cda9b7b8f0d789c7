"""A municipality's Word template is filled with our document, or refused in words."""

from __future__ import annotations

import io
import os
from datetime import UTC, datetime

import docx
import pytest
from django.utils.translation import override
from lxml import etree

from kommissorium.core.documents import WordDocument, WordFrame
from kommissorium.core.documents.word_template import TemplateRefused, examine, fill
from kommissorium.core.documents.word_template.samples import sample, starter
from kommissorium.core.documents.word_xml import element
from kommissorium.core.richtext import to_blocks
from kommissorium.core.tests.documents.word_templates import (
    control,
    saved,
    template,
    template_with_controls,
    with_parts,
)

VALUES = {
    "title": "Referat 3",
    "committee": "Udvalget <b> & {{indhold}}",
    "date": "1. maj 2027",
    "municipality": "Strandby Kommune",
    "state": "Kladde",
}
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/{kind}" Target="https://elsewhere.example/x" TargetMode="External"/>'
    "</Relationships>"
)
FOOT = (
    '<w:ftr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p>{runs}'
    "</w:p></w:ftr>"
)
CODE = "<w:r><w:instrText>{code}</w:instrText></w:r>"


def ours() -> bytes:
    frame = WordFrame(
        title="Referat 3",
        author="Strandby Kommune",
        language="da",
        made_at=datetime(2027, 5, 1, tzinfo=UTC),
        footer="",
        page_pattern="{page} af {pages}",
    )
    word = WordDocument(frame)
    word.paragraph("Strandby Kommune", strong=True)
    word.title("Referat 3", "Udvalget")
    word.heading("Første punkt", bookmark="item_1")
    word.blocks(
        to_blocks(
            "<ul><li>et</li></ul><ol><li>to</li></ol><blockquote><p>citat</p></blockquote>"
            '<p><a href="https://strandby.example/">link</a></p>'
        )
    )
    word.table(["a", "b"], [["1", "2"]], widths=(80, 80), description="tal")
    return word.to_bytes()


def opened(data: bytes) -> docx.document.Document:
    return docx.Document(io.BytesIO(data))


def texts(data: bytes) -> list[str]:
    return [one.text for one in opened(data).paragraphs if one.text]


@pytest.mark.parametrize("is_dotx", [False, True])
def test_the_text_comes_where_the_mark_is_and_the_marks_get_their_texts(is_dotx: bool) -> None:
    filled = fill(template(is_dotx=is_dotx), ours(), VALUES)
    before, *own, after = texts(filled)
    assert (before, after) == ("Før: Referat 3!", "Med venlig hilsen")
    # The template says the title itself, so ours does not come again.
    assert own == ["Første punkt", "et", "to", "citat", "link"]
    section = opened(filled).sections[0]
    head = "Strandby · Strandby Kommune · Udvalget <b> & {{indhold}}"
    assert section.header.paragraphs[0].text == head
    assert section.footer.paragraphs[0].text == "1. maj 2027 Kladde"


def test_what_the_template_does_not_say_stays_in_the_text() -> None:
    document = docx.Document()
    document.add_paragraph("{{ CONTENT }}")
    assert texts(fill(saved(document), ours(), VALUES))[:3] == [
        "Strandby Kommune",
        "Referat 3",
        "Udvalget",
    ]


def test_styles_are_the_templates_own_and_one_it_lacks_is_brought_along() -> None:
    filled = opened(fill(template(), ours(), VALUES))
    styles = {one.text: one.style for one in filled.paragraphs}
    assert styles["Første punkt"].style_id == "Overskrift1"
    assert (styles["citat"].name, styles["citat"].base_style.name) == ("Quote", "Normal")
    assert filled.tables[0].style.name == "Table Grid"


def test_lists_count_by_numbers_of_their_own_and_links_lead_on() -> None:
    filled = opened(fill(template(), ours(), VALUES))
    numbers = {
        one.text: one._p.pPr.numPr.numId.val
        for one in filled.paragraphs
        if one._p.pPr is not None and one._p.pPr.numPr is not None
    }
    assert numbers["et"] != numbers["to"]
    there = {one.get(docx.oxml.ns.qn("w:numId")) for one in filled.part.numbering_part.element}
    assert {str(number) for number in numbers.values()} <= there
    links = [link for one in filled.paragraphs for link in one.hyperlinks]
    assert [link.address for link in links] == ["https://strandby.example/"]


def test_a_content_control_is_a_mark_and_others_are_left_alone() -> None:
    filled = fill(template_with_controls(), ours(), VALUES)
    said = "".join(
        one.text or "" for one in opened(filled).element.body.iter(docx.oxml.ns.qn("w:t"))
    )
    assert said.startswith("Referat 3Første punkt")
    assert said.endswith("Klik her")


def test_the_same_input_gives_the_same_bytes() -> None:
    assert fill(template(), ours(), VALUES) == fill(template(), ours(), VALUES)


def test_marks_are_told() -> None:
    everything = ["committee", "content", "date", "municipality", "state", "title"]
    assert examine(template()) == everything
    assert examine(starter()) == everything
    assert "Et citat" not in texts(sample(starter(), VALUES))


def refused(data: bytes) -> str:
    with override("en"), pytest.raises(TemplateRefused) as found:
        examine(data)
    return str(found.value)


def in_a_table() -> bytes:
    document = docx.Document()
    document.add_table(1, 1).cell(0, 0).text = "{{indhold}}"
    return saved(document)


def twice() -> bytes:
    document = docx.Document()
    document.add_paragraph("{{indhold}}")
    document.element.body.insert(-1, control("indhold"))
    return saved(document)


def boxed() -> bytes:
    """Return a template whose text box stands twice in the file, as Word writes it."""
    document = docx.Document()
    inside = document.add_paragraph()
    same = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    both = etree.SubElement(inside.add_run()._r, f"{{{same}}}AlternateContent")
    for name in ("Choice", "Fallback"):
        box = etree.SubElement(both, f"{{{same}}}{name}").append
        box(element("w:p", None, element("w:r", None, element("w:t"))))
        both[-1][0][0][0].text = "{{indhold}}"
    return saved(document)


FETCHED = FOOT.format(runs=CODE.format(code=" INCLUDE") + CODE.format(code='TEXT "\\\\x\\y" '))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (lambda: b"", "cannot be read"),
        (lambda: b"PK\x03\x04 no archive", "cannot be read"),
        (lambda: template()[:-300], "cannot be read"),
        (lambda: b"\xd0\xcf\x11\xe0 an older one", "password"),
        (lambda: os.urandom(64) * 200_000, "larger than 10 MB"),
        (lambda: with_parts(template(), {"word/vbaProject.bin": "x"}), "macros"),
        (lambda: with_parts(template(), {"word/embeddings/o.bin": "x"}), "embedded"),
        (
            lambda: with_parts(
                template(), {"word/_rels/x.xml.rels": RELATIONS.format(kind="image")}
            ),
            "somewhere else",
        ),
        (lambda: with_parts(template(), {"word/footer9.xml": FETCHED}), "INCLUDETEXT"),
        (lambda: with_parts(template(), {"word/a.xml": " " * 70_000_000}), "far more"),
        (lambda: with_parts(template(), {"word/document.xml": "<broken"}), "cannot be read"),
        (
            lambda: with_parts(template(), {"[Content_Types].xml": "<Types/>"}),
            "not a Word document",
        ),
        (lambda: template("{{indhold}} og {{navn}}"), "{{navn}}"),
        (lambda: template(""), "is not there"),
        (lambda: template("Her: {{indhold}}"), "line of its own"),
        (in_a_table, "line of its own"),
        (twice, "more than once"),
        (boxed, "line of its own"),
        (lambda: with_parts(template(), {"elsewhere/footer9": FETCHED}), "INCLUDETEXT"),
        (
            lambda: with_parts(template(), {"word/_RELS/x.RELS": RELATIONS.format(kind="image")}),
            "somewhere else",
        ),
    ],
)
def test_a_template_that_cannot_be_used_is_refused_in_words(data: object, words: str) -> None:
    assert words in refused(data())  # type: ignore[operator]


def test_a_link_that_a_person_follows_is_let_in_and_the_template_it_came_from_dropped() -> None:
    linked = {
        "word/_rels/x.xml.rels": RELATIONS.format(kind="hyperlink"),
        "word/_rels/settings.xml.rels": RELATIONS.format(kind="attachedTemplate"),
    }
    filled = fill(with_parts(template(), linked), ours(), VALUES)
    assert b"elsewhere.example" not in filled
    relations = [
        relation.target_ref
        for part in opened(filled).part.package.iter_parts()
        for relation in part.rels.values()
        if relation.is_external
    ]
    assert relations == ["https://strandby.example/"]


def test_entities_are_not_unfolded() -> None:
    laughs = '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><a>&c;</a>'
    assert refused(with_parts(template(""), {"word/extra.xml": laughs})).startswith("The mark")
