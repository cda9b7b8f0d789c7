"""The frame of a Word document: paper, styles, language, footer, and saving it."""

# ruff: noqa: SLF001 - python-docx has its XML under private names alone

from __future__ import annotations

import io
from datetime import UTC, datetime

import docx
from docx.document import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from kommissorium.core.documents.steady_zip import steady
from kommissorium.core.documents.word_xml import element, field

FONT = "Arial"
INK = RGBColor(0x1A, 0x1A, 0x1A)
BLUE = RGBColor(0x00, 0x59, 0xB3)
QUIET = RGBColor(0x59, 0x59, 0x59)
# Points of size, before and after; colour; by style.
STYLES = {
    "Normal": (10.5, 0, 7, INK),
    "Title": (26, 4, 2, INK),
    "Subtitle": (14, 0, 14, INK),
    "Heading 1": (15, 22, 6, INK),
    "Heading 2": (11.5, 14, 4, BLUE),
    "Heading 3": (10.5, 10, 3, INK),
    "Heading 4": (10, 8, 3, INK),
    "Heading 5": (10, 8, 3, QUIET),
    "List Paragraph": (10.5, 0, 4, INK),
    "Quote": (10.5, 4, 8, INK),
    "Footer": (8.5, 0, 0, QUIET),
}
LOCALES = {"da": "da-DK", "en": "en-GB"}


def new_document(*, title: str, author: str, language: str, made_at: datetime) -> Document:
    """Return an empty A4 document with its title, its owner, its date, and its language."""
    document = docx.Document()
    _set_paper(document)
    for name, (size, before, after, colour) in STYLES.items():
        style = document.styles[name]
        if isinstance(style, ParagraphStyle):
            _set_style(style, size, before, after, colour)
    _set_language(document, LOCALES.get(language, language))
    _say_what_it_is(document, title, author, language, made_at.astimezone(UTC))
    return document


def set_footer(document: Document, text: str, page_pattern: str) -> None:
    """Put the text and the page number at the foot, the number where {page} and {pages} are."""
    section = document.sections[0]
    paragraph = section.footer.paragraphs[0]
    width = (section.page_width or Mm(210)) - Mm(50)
    paragraph.paragraph_format.tab_stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run(f"{text}\t")
    before, _, rest = page_pattern.partition("{page}")
    between, _, after = rest.partition("{pages}")
    for words, code in ((before, "PAGE"), (between, "NUMPAGES")):
        paragraph.add_run(words)
        paragraph._p.extend(field(code, "1"))
    paragraph.add_run(after)


def as_bytes(document: Document) -> bytes:
    """Return the file of the document; the same document gives the same bytes."""
    saved = io.BytesIO()
    document.save(saved)
    return steady(saved.getvalue())


def let_go(document: Document) -> None:
    """Let the parts of a document forget each other, so that it is gone when nobody holds it.

    They are a cycle of some 5 MB. Python's own collector lets dozens of them pile up, and to have
    it look through the whole program takes longer than to write the document.
    """
    package = document.part.package
    for part in (*package.iter_parts(), package, document):
        vars(part).clear()


def _set_paper(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin, section.bottom_margin = Mm(24), Mm(24)


def _set_style(
    style: ParagraphStyle, size: float, before: float, after: float, colour: RGBColor
) -> None:
    style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), colour
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()
    for kind in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(kind), FONT)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    if style.name in {"Title", "Heading 1"}:
        style.font.bold = True
    for unwanted in ("w:pBdr", "w:contextualSpacing"):
        for found in style.element.findall(f".//{qn(unwanted)}"):
            found.getparent().remove(found)


def _set_language(document: Document, locale: str) -> None:
    defaults = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    names = ("w:val", "w:eastAsia", "w:bidi")
    defaults.append(element("w:lang", dict.fromkeys(names, locale)))
    for old in document.settings.element.findall(qn("w:themeFontLang")):
        old.set(qn("w:val"), locale)


def _say_what_it_is(
    document: Document, title: str, author: str, language: str, made_at: datetime
) -> None:
    properties = document.core_properties
    properties.title, properties.author, properties.language = title[:255], author[:255], language
    properties.last_modified_by, properties.comments = author[:255], ""
    moment = made_at.replace(tzinfo=None, microsecond=0)
    properties.created = properties.modified = moment
