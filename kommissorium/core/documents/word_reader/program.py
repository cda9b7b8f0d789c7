"""Reads a Word document in a process of its own, section by section; the answer is a JSON object.

{"sections": [[heading, level, HTML, bookmarks]], "remarks": codes, "title": text}, or {"refused": code}.
"""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Iterator
from html import escape
from typing import Any, Final

import docx
from docx.document import Document

from kommissorium.core.documents.process_limits import limit, seconds_for
from kommissorium.core.documents.word_template.marks import Unfit, as_document, check_archive
from kommissorium.core.documents.word_template.program import CPU_SECONDS, DAMAGED, MEMORY
from kommissorium.core.documents.word_xml import Node, qn

HEADING: Final = re.compile(r"(?:heading|overskrift) ?([1-9])$")
QUOTES: Final = {"quote", "intense quote", "citat", "stærkt citat"}
MOST_HTML: Final = 1_000_000  # letters in all, five times what one text may be
TITLES: Final = {"title", "titel"}
LISTS: Final = {"bullet": "ul"}  # all other formats count
# What is looked into for its text; what else stands there is left out.
AROUND: Final = {
    qn(name) for name in ("w:sdt", "w:sdtContent", "w:ins", "w:moveTo", "w:smartTag", "w:customXml")
}
LEFT_OUT: Final = {
    "tracked": ("w:ins", "w:del", "w:moveFrom", "w:moveTo"),
    "comments": ("w:commentReference",),
    "pictures": ("w:drawing", "w:pict"),
    "notes": ("w:footnoteReference", "w:endnoteReference"),
}

type Section = tuple[str, int, str, list[str]]


class Reader:
    """Reads one document."""

    def __init__(self, document: Document) -> None:
        self._body: Node = document.element.body
        self._links = {
            key: one.target_ref for key, one in document.part.rels.items() if one.is_external
        }
        self._styles: dict[str, Node] = {
            str(one.get(qn("w:styleId"))): one
            for one in document.styles.element.iter(qn("w:style"))
        }
        self._formats = _formats(document)

    @property
    def remarks(self) -> list[str]:
        """Return the codes of what was left out."""
        return [
            code
            for code, names in LEFT_OUT.items()
            if next(self._body.iter(*map(qn, names)), None) is not None
        ]

    def title(self) -> str:
        """Return the first paragraph in the style of a title; "" where there is none."""
        for block in _inside(self._body):
            if block.tag == qn("w:p"):
                names = map(_style_name, self._lineage(block))
                if any(name in TITLES for name in names):
                    return " ".join(_text(block).split())
        return ""

    def sections(self) -> list[Section]:
        """Return the sections; the first has no heading."""
        heading, level, marks = "", 0, list[str]()
        found, pieces = list[Section](), list[Node]()
        for block in _inside(self._body):
            if block.tag == qn("w:p") and (depth := self._depth(block)):
                found.append((heading, level, self._html(pieces), marks))
                heading, level, pieces = _text(block).strip(), depth, []
                marks = [one.get(qn("w:name")) for one in block.iter(qn("w:bookmarkStart"))]
            else:
                pieces.append(block)
        return [*found, (heading, level, self._html(pieces), marks)]

    def _depth(self, paragraph: Node) -> int:
        """Return the level of a heading, 0 for no heading; a style may inherit it."""
        for style in self._lineage(paragraph):
            if match := HEADING.match(_style_name(style)):
                return int(match.group(1))
        return 0

    def _lineage(self, paragraph: Node) -> Iterator[Node]:
        key = _value(paragraph, "w:pPr/w:pStyle")
        for _step in range(10):
            style = self._styles.get(key)
            if style is None:
                return
            yield style
            key = _value(style, "w:basedOn")

    def _html(self, blocks: list[Node]) -> str:
        """Return blocks as HTML; items that follow each other are one list, by their levels."""
        written, levels = list[str](), list[str]()
        for block in blocks:
            kind, depth = self._item(block) if block.tag == qn("w:p") else ("", 0)
            if kind and not _text(block).strip():
                continue
            while levels and (len(levels) > depth or (len(levels) == depth and levels[-1] != kind)):
                written.append(f"</li></{levels.pop()}>")
            if not kind:
                written.append(self._block(block))
                continue
            if len(levels) == depth:
                written.append("</li><li>")
            while len(levels) < depth:
                levels.append(kind)
                written.append(f"<{kind}><li>")
            written.append(self._inline(block))
        written += [f"</li></{kind}>" for kind in reversed(levels)]
        return "".join(written)

    def _item(self, paragraph: Node) -> tuple[str, int]:
        """Return the kind of list a paragraph is an item of, and how deep, counted from 1."""
        for holder in (paragraph, *self._lineage(paragraph)):
            number = holder.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            if number is None:
                continue
            key, level = _value(number, "w:numId"), _value(number, "w:ilvl") or "0"
            if not key or key == "0":
                return "", 0
            kind = LISTS.get(self._formats.get((key, level), "bullet"), "ol")
            return kind, min(int(level), 8) + 1
        return "", 0

    def _block(self, block: Node) -> str:
        if block.tag == qn("w:tbl"):
            return self._table(block)
        inside = self._inline(block)
        if not inside.strip():
            return ""
        is_quote = any(name in QUOTES for name in map(_style_name, self._lineage(block)))
        return f"<blockquote><p>{inside}</p></blockquote>" if is_quote else f"<p>{inside}</p>"

    def _table(self, table: Node) -> str:
        own = [r for r in table.iter(qn("w:tr")) if next(r.iterancestors(qn("w:tbl"))) is table]
        look = table.find(f"{qn('w:tblPr')}/{qn('w:tblLook')}")
        has_head = look is not None and look.get(qn("w:firstRow")) == "1"
        rows = []
        for number, row in enumerate(own):
            is_head = row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
            tag = "th" if is_head or (has_head and not number) else "td"
            cells = [
                f"<{tag}>{self._cell(cell, is_head=tag == 'th')}</{tag}>"
                for cell in row.iter(qn("w:tc"))
                if next(cell.iterancestors(qn("w:tr"))) is row
            ]
            rows.append(f"<tr>{''.join(cells)}</tr>")
        return f"<table>{''.join(rows)}</table>"

    def _cell(self, cell: Node, *, is_head: bool) -> str:
        # A table in a cell becomes its text: our texts have none inside each other.
        html = self._html(list(cell.iter(qn("w:p"))))
        # Headings are bold by themselves.
        return re.sub("</?strong>", "", html) if is_head else html

    def _inline(self, paragraph: Node) -> str:
        return "".join(self._pieces(paragraph))

    def _pieces(self, parent: Node) -> Iterator[str]:
        for child in parent:
            if child.tag == qn("w:r"):
                yield _run(child)
            elif child.tag == qn("w:hyperlink"):
                inside = "".join(self._pieces(child))
                address = self._links.get(child.get(qn("r:id"), ""), "")
                yield f'<a href="{escape(address)}">{inside}</a>' if address else inside
            elif child.tag in AROUND:
                yield from self._pieces(child)


def _inside(parent: Node) -> Iterator[Node]:
    """Yield paragraphs and tables, also those in content controls."""
    for child in parent:
        if child.tag in {qn("w:p"), qn("w:tbl")}:
            yield child
        elif child.tag in AROUND:
            yield from _inside(child)


def _run(run: Node) -> str:
    text = "".join(_letters(run))
    for name, tag in (("w:b", "strong"), ("w:i", "em")):
        found = run.find(f"{qn('w:rPr')}/{qn(name)}")
        if text.strip() and found is not None and found.get(qn("w:val")) not in {"0", "false"}:
            text = f"<{tag}>{text}</{tag}>"
    return text


def _letters(run: Node) -> Iterator[str]:
    for child in run:
        if child.tag == qn("w:t"):
            yield escape(child.text or "")
        elif child.tag in {qn("w:br"), qn("w:cr")}:
            yield "<br>"
        elif child.tag == qn("w:tab"):
            yield " "
        elif child.tag == qn("w:noBreakHyphen"):
            yield "-"


def _text(paragraph: Node) -> str:
    """Return the text of a paragraph without what was deleted."""
    return "".join(
        one.text or ""
        for one in paragraph.iter(qn("w:t"))
        if next(one.iterancestors(qn("w:moveFrom")), None) is None
    )


def _style_name(style: Node) -> str:
    return _value(style, "w:name").lower()


def _value(node: Node, path: str) -> str:
    found = node.find("/".join(map(qn, path.split("/"))))
    return "" if found is None else str(found.get(qn("w:val"), ""))


def _formats(document: Document) -> dict[tuple[str, str], str]:
    """Return the format of each level of each list."""
    try:
        numbering: Node = document.part.numbering_part.element
    except (KeyError, NotImplementedError):
        return {}
    kinds = {
        (one.get(qn("w:abstractNumId")), level.get(qn("w:ilvl"))): _value(level, "w:numFmt")
        for one in numbering.findall(qn("w:abstractNum"))
        for level in one.findall(qn("w:lvl"))
    }
    return {
        (str(number.get(qn("w:numId"))), str(level)): format_
        for number in numbering.findall(qn("w:num"))
        for (kind, level), format_ in kinds.items()
        if kind == _value(number, "w:abstractNumId")
    }


def main() -> None:
    """Answer on standard output."""
    data = sys.stdin.buffer.read()
    limit(MEMORY, seconds_for(len(data), CPU_SECONDS))
    sys.stdout.write(json.dumps(answer(data)))


def answer(data: bytes) -> dict[str, Any]:
    """Return the content of the document. Raises nothing for what is wrong with it."""
    try:
        check_archive(data)
        reader = Reader(docx.Document(io.BytesIO(as_document(data))))
        sections = reader.sections()
        if sum(len(html) for _heading, _level, html, _marks in sections) > MOST_HTML:
            return {"refused": "long"}
        return {"sections": sections, "remarks": reader.remarks, "title": reader.title()}
    except Unfit as unfit:
        return {"refused": unfit.code}
    except (MemoryError, RecursionError):
        return {"refused": "heavy"}
    except DAMAGED:
        return {"refused": "damaged"}
