"""Builds Word documents from headings, paragraphs, lists and tables."""

# ruff: noqa: SLF001 - python-docx has its XML under private names alone

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from docx.enum.text import WD_BREAK
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph as WordParagraph

from kommissorium.core.documents.word_frame import (
    BLUE,
    QUIET,
    as_bytes,
    let_go,
    new_document,
    set_footer,
)
from kommissorium.core.documents.word_text import (
    TextTarget,
    TextWriter,
    lighten,
    repeat_heading,
    styled,
)
from kommissorium.core.documents.word_xml import element, value
from kommissorium.core.richtext import Block, Paragraph, Run, printable


@dataclass(frozen=True, slots=True)
class WordFrame:
    """A Word document's data about itself. In `page_pattern` {page}, {pages} are numbers."""

    title: str
    author: str
    language: str
    made_at: datetime
    footer: str
    page_pattern: str


class WordDocument:
    """A Word document in the making; every text is taken as text. The end is `to_bytes`."""

    def __init__(self, frame: WordFrame) -> None:
        self._document = new_document(
            title=printable(frame.title),
            author=printable(frame.author),
            language=frame.language,
            made_at=frame.made_at,
        )
        set_footer(self._document, printable(frame.footer), frame.page_pattern)
        self._writer = TextWriter(self._document)
        self._bookmarks = 0

    def title(self, text: str, subtitle: str = "") -> None:
        """Add the title of the document and the lines under it."""
        self._add(text, "Title")
        if subtitle:
            self._add(subtitle, "Subtitle")

    def heading(self, text: str, level: int = 1, *, bookmark: str = "") -> None:
        """Add a heading of level 1 to 3; `bookmark` is a name that `link_line` can lead to."""
        paragraph = self._add(text, f"Heading {level}")
        if not bookmark:
            return
        self._bookmarks += 1
        number = str(self._bookmarks)
        start = element("w:bookmarkStart", {"w:id": number, "w:name": bookmark})
        paragraph._p.insert_element_before(start, "w:r")
        paragraph._p.append(element("w:bookmarkEnd", {"w:id": number}))

    def paragraph(self, text: str, *, strong: bool = False, quiet: bool = False) -> None:
        """Add a paragraph of text; a quiet one is grey and small."""
        paragraph = self._add(text, "Normal")
        for run in paragraph.runs:
            run.bold = strong or None
            if quiet:
                run.font.size, run.font.color.rgb = Pt(8.5), QUIET

    def link_line(self, text: str, bookmark: str) -> None:
        """Add a line that links to a bookmark of this document."""
        paragraph = self._add(text, "Normal")
        paragraph.paragraph_format.space_after = Pt(3)
        run = paragraph.runs[0]
        run.font.color.rgb = BLUE
        paragraph._p.append(element("w:hyperlink", {"w:anchor": bookmark}, run._r))

    def fact(self, label: str, text: str, href: str = "") -> None:
        """Add a line of a strong label and a text, which may be a link."""
        paragraph = self._document.add_paragraph()
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(28))
        paragraph.paragraph_format.space_after = Pt(3)
        self._writer.run(paragraph, Run(printable(label), strong=True))
        paragraph.add_run("\t")
        self._writer.run(paragraph, Run(printable(text), href=href))

    def blocks(self, blocks: Sequence[Block]) -> None:
        """Add rich text. Its headings are of level 3."""
        self._writer.write(blocks, TextTarget(self._document))

    def table(
        self,
        head: Sequence[str],
        rows: Sequence[Sequence[str]],
        *,
        widths: Sequence[int],
        description: str,
    ) -> None:
        """Add a table of texts, one row of headings first.

        `widths` are the widths of the columns in millimetres, 160 in all; `description` is
        read aloud to people who cannot see the table.
        """
        table = self._document.add_table(0, len(head), style="Table Grid")
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        for texts in (head, *rows):
            cells = table.add_row().cells
            for cell, text in zip(cells, texts, strict=True):
                runs = (Run(printable(text)),)
                self._writer.fill(cell, [Paragraph(runs)], is_heading=texts is head)
        lighten(table)
        repeat_heading(table, 1)
        table._tbl.tblPr.append(value("w:tblCaption", printable(description)))
        self._document.add_paragraph().paragraph_format.space_after = Pt(0)

    def end_mark(self, bookmark: str) -> None:
        """Add a heading without words: its bookmark marks the end of our text."""
        self.heading("", level=3, bookmark=bookmark)

    def page_break(self) -> None:
        self._document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def to_bytes(self) -> bytes:
        """Return the .docx file and end the document; the same pieces give the same bytes."""
        data = as_bytes(self._document)
        let_go(self._document)
        del self._document, self._writer
        return data

    def _add(self, text: str, style: str) -> WordParagraph:
        return styled(self._document.add_paragraph(printable(text)), style)
