"""Writes rich text into Word: paragraphs, lists, headings, quotes and tables."""

# ruff: noqa: SLF001 - python-docx has its XML under private names alone

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.table import CT_Tc
from docx.shared import Pt, Twips
from docx.table import Table as WordTable
from docx.table import _Cell as WordCell
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run as WordRun

from kommissorium.core.documents.word_frame import BLUE
from kommissorium.core.documents.word_xml import Lists, element, indent, mark
from kommissorium.core.richtext import (
    Block,
    BulletList,
    Cell,
    Heading,
    ListItem,
    NumberedList,
    Paragraph,
    Quote,
    Run,
    Table,
)

HEADING_LEVEL = 3
FILLS = {
    "green": "BFE0C0",
    "lightgreen": "E2F0CD",
    "yellow": "FFF0B3",
    "orange": "FFCE9E",
    "red": "F2ABAB",
}


@dataclass(frozen=True, slots=True)
class TextTarget:
    """The place text goes to: the document or a cell, in a style, on a level of a list."""

    into: Document | WordCell
    style: str = "Normal"
    level: int = -1

    def paragraph(self) -> WordParagraph:
        return styled(self.into.add_paragraph(), self.style)


def styled(paragraph: WordParagraph, style: str) -> WordParagraph:
    """Return the paragraph in a style by its name.

    python-docx searches all styles for each paragraph, which takes most of the time; in its
    own template an id is the name without spaces.
    """
    if style != "Normal":
        paragraph._p.style = style.replace(" ", "")
    return paragraph


class TextWriter:
    """Writes blocks of rich text into one document."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._lists = Lists(document)

    def write(self, blocks: Sequence[Block], place: TextTarget) -> None:
        """Write the blocks at the end of the place."""
        for block in blocks:
            self._write(block, place)

    def _write(self, block: Block, place: TextTarget) -> None:
        match block:
            case Paragraph(runs):
                self._paragraph(runs, place)
            case Heading(runs, level):
                style = f"Heading {HEADING_LEVEL + level - 1}"
                self._paragraph(runs, replace(place, style=style))
            case BulletList(items):
                self._list(items, place, numbered=False)
            case NumberedList(items):
                self._list(items, place, numbered=True)
            case Quote(inner):
                self.write(inner, replace(place, style="Quote"))
            case Table():
                self._table(block, place)

    def _paragraph(self, runs: Sequence[Run], place: TextTarget) -> WordParagraph:
        paragraph = place.paragraph()
        if place.level >= 0:
            paragraph.paragraph_format.left_indent = Twips(indent(place.level))
        for run in runs:
            self.run(paragraph, run)
        return paragraph

    def run(self, paragraph: WordParagraph, run: Run) -> None:
        """Write a run at the end of the paragraph, as a link if it leads somewhere."""
        written = paragraph.add_run()
        for number, line in enumerate(run.text.split("\n")):
            if number:
                written.add_break()
            written.add_text(line)
        written.bold, written.italic = run.strong or None, run.em or None
        if run.href:
            _link(paragraph, written, run.href)

    def _list(self, items: Sequence[ListItem], place: TextTarget, *, numbered: bool) -> None:
        number = self._lists.start(numbered=numbered)
        inner = replace(place, style="List Paragraph", level=place.level + 1)
        for item in items:
            first, *rest = item.blocks
            if isinstance(first, Paragraph):
                paragraph = self._paragraph(first.runs, inner)
            else:
                paragraph, rest = inner.paragraph(), list(item.blocks)
            paragraph.paragraph_format.left_indent = None
            mark(paragraph, number, inner.level)
            self.write(rest, inner)

    def _table(self, table: Table, place: TextTarget) -> None:
        made = self._document.add_table(0, table.columns, style="Table Grid")
        made.autofit = True
        spans: dict[int, tuple[int, int]] = {}
        for row in (*table.head, *table.body):
            self._row(made, row, table.columns, spans)
        lighten(made)
        repeat_heading(made, len(table.head))
        place.into.add_paragraph().paragraph_format.space_after = Pt(0)

    def _row(
        self, made: WordTable, row: Sequence[Cell], columns: int, spans: dict[int, tuple[int, int]]
    ) -> None:
        """Add a row. `spans` tells by column how far a cell above reaches: rows, and columns."""
        line = made._tbl.add_tr()
        cells = iter(row)
        x = 0
        while x < columns:
            left, width = spans.pop(x, (0, 0))
            if left:
                _span(line.add_tc(), width, "continue").add_p()
            else:
                cell = next(cells)
                left, width = cell.rowspan, cell.colspan
                tc = _span(line.add_tc(), width, "restart" if left > 1 else "")
                _paint(tc, cell.look)
                self.fill(WordCell(tc, made), cell.blocks, is_heading=bool(cell.scope))
            if left > 1:
                spans[x] = (left - 1, width)
            x += width

    def fill(self, cell: WordCell, blocks: Sequence[Block], *, is_heading: bool = False) -> None:
        """Write the blocks as the whole content of the cell, strong in a heading."""
        self.write(blocks, TextTarget(cell))
        if len(cell.paragraphs) > 1:
            cell._tc.remove(cell.paragraphs[0]._p)
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.space_after = Pt(2)
            for run in paragraph.runs if is_heading else ():
                run.bold = True


def repeat_heading(table: WordTable, rows: int) -> None:
    """Mark the first rows as headings, and repeat them on every page."""
    for row in table.rows[:rows]:
        row._tr.get_or_add_trPr().append(element("w:tblHeader"))
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    if look is not None:
        look.set(qn("w:firstRow"), "1" if rows else "0")
        look.set(qn("w:firstColumn"), "0")


def lighten(table: WordTable) -> None:
    """Give the table thin grey lines and some padding, and keep each row on one page."""
    line = {"w:val": "single", "w:sz": "4", "w:space": "0", "w:color": "B3B3B3"}
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = [element(f"w:{side}", line) for side in sides]
    air = [
        element(f"w:{side}", {"w:w": width, "w:type": "dxa"})
        for side, width in (("top", "60"), ("left", "100"), ("bottom", "40"), ("right", "100"))
    ]
    properties = table._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    place = len(properties) if look is None else list(properties).index(look)
    properties.insert(place, element("w:tblCellMar", None, *air))
    before = properties.find(qn("w:tblLayout"))
    place = place if before is None else list(properties).index(before)
    properties.insert(place, element("w:tblBorders", None, *borders))
    for row in table.rows:
        row._tr.get_or_add_trPr().append(element("w:cantSplit"))


def _span(tc: CT_Tc, width: int, merged: str) -> CT_Tc:
    """Return the cell, reaching over columns, or over rows as Word says it."""
    if width > 1:
        tc.grid_span = width
    if merged:
        tc.vMerge = merged
    return tc


def _paint(tc: CT_Tc, look: str) -> None:
    """Give the cell its colour, and a thick line at the sides that `look` names."""
    tone, *sides = look.split() or [""]
    if not tone:
        return
    line = {"w:val": "single", "w:sz": "24", "w:space": "0", "w:color": "1A1A1A"}
    in_order = [side for side in ("top", "left", "bottom", "right") if side in sides]
    properties = tc.get_or_add_tcPr()
    if in_order:
        lines = [element(f"w:{side}", line) for side in in_order]
        properties.append(element("w:tcBorders", None, *lines))
    properties.append(element("w:shd", {"w:val": "clear", "w:fill": FILLS[tone]}))


def _link(paragraph: WordParagraph, run: WordRun, address: str) -> None:
    part = paragraph.part
    reference = part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    run.font.color.rgb, run.font.underline = BLUE, True
    paragraph._p.append(element("w:hyperlink", {"r:id": reference}, run._r))
