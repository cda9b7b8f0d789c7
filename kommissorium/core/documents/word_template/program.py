"""Opens a Word template in a process of its own: examines it, or takes the text of ours over.

On standard input comes a line of JSON that says what to do, then the bytes of the template and,
where it is to be filled, of our own document. The answer is a JSON object.
"""

from __future__ import annotations

import base64
import io
import json
import sys
import zipfile
import zlib
from copy import deepcopy
from typing import Any, Final

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml.etree import LxmlError

from kommissorium.core.documents.process_limits import MEGABYTE, limit, seconds_for
from kommissorium.core.documents.word_frame import as_bytes
from kommissorium.core.documents.word_template.marks import Marks, Unfit, as_document, check
from kommissorium.core.documents.word_xml import Node

STYLED: Final = ("w:pStyle", "w:rStyle", "w:tblStyle")
HEAD: Final = ("Title", "Subtitle")


def take_over(ours: Document, template: Document, place: Node, *, without_head: bool) -> None:
    """Put our text in place of the template's mark.

    `without_head` leaves out the title and what stands above it: the template says these itself.
    """
    blocks = [one for one in ours.element.body if one.tag != qn("w:sectPr")]
    if without_head:
        blocks = blocks[_end_of_head(blocks) :]
    _Taker(ours, template).adapt(blocks)
    for block in blocks:
        place.addprevious(block)
    place.getparent().remove(place)


def _end_of_head(blocks: list[Node]) -> int:
    heads = [place for place, block in enumerate(blocks) if _style_of(block) in HEAD]
    return heads[-1] + 1 if heads else 0


def _style_of(block: Node) -> str:
    found = block.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return "" if found is None else str(found.get(qn("w:val")))


class _Taker:
    """Makes pieces of one document fit into another, by the names of their styles."""

    def __init__(self, ours: Document, template: Document) -> None:
        self._ours, self._template = ours, template
        self._styles: dict[str, str] = {}
        self._by_name = {
            _name(style): style for style in template.styles.element.findall(qn("w:style"))
        }
        self._numbers = self._take_numbering()
        self._bookmarks = len(list(template.element.body.iter(qn("w:bookmarkStart")))) + 10_000

    def adapt(self, blocks: list[Node]) -> None:
        for block in blocks:
            for one in block.iter(*map(qn, STYLED)):
                one.set(qn("w:val"), self._style(one.get(qn("w:val"))))
            for one in block.iter(qn("w:numId")):
                one.set(qn("w:val"), str(int(one.get(qn("w:val"))) + self._numbers))
            for one in block.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd")):
                one.set(qn("w:id"), str(int(one.get(qn("w:id"))) + self._bookmarks))
            for one in block.iter(qn("w:hyperlink")):
                if reference := one.get(qn("r:id")):
                    address = self._ours.part.rels[reference].target_ref
                    made = self._template.part.relate_to(
                        address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True
                    )
                    one.set(qn("r:id"), made)

    def _style(self, key: str) -> str:
        """Return the template's own style of that name; one it lacks is brought along."""
        if key not in self._styles:
            found = self._ours.styles.element.find(f"{qn('w:style')}[@{qn('w:styleId')}='{key}']")
            same = None if found is None else self._by_name.get(_name(found))
            if found is not None and same is None:
                same = self._bring(found)
            self._styles[key] = key if same is None else str(same.get(qn("w:styleId")))
        return self._styles[key]

    def _bring(self, style: Node) -> Node:
        brought = deepcopy(style)
        taken = {one.get(qn("w:styleId")) for one in self._by_name.values()}
        key = str(style.get(qn("w:styleId")))
        while key in taken:
            key += "K"
        brought.set(qn("w:styleId"), key)
        for tag in ("w:next", "w:link"):
            for one in brought.findall(qn(tag)):
                brought.remove(one)
        self._by_name[_name(brought)] = brought
        for one in brought.findall(qn("w:basedOn")):
            one.set(qn("w:val"), self._style(one.get(qn("w:val"))))
        self._template.styles.element.append(brought)
        return brought

    def _take_numbering(self) -> int:
        """Add our kinds of lists to the template's; return the offset of our numbers."""
        ours = self._ours.part.numbering_part
        relations = self._template.part.rels.values()
        if not any(one.reltype == RELATIONSHIP_TYPE.NUMBERING for one in relations):
            self._template.part.relate_to(ours, RELATIONSHIP_TYPE.NUMBERING)
            return 0
        theirs = self._template.part.numbering_part.element
        kinds = _greatest(theirs, "w:abstractNum", "w:abstractNumId") + 1
        numbers = _greatest(theirs, "w:num", "w:numId")
        first = theirs.find(qn("w:num"))
        for one in ours.element.findall(qn("w:abstractNum")):
            kind = deepcopy(one)
            kind.set(qn("w:abstractNumId"), str(int(one.get(qn("w:abstractNumId"))) + kinds))
            theirs.append(kind) if first is None else first.addprevious(kind)
        for one in ours.element.findall(qn("w:num")):
            number = deepcopy(one)
            number.set(qn("w:numId"), str(int(one.get(qn("w:numId"))) + numbers))
            of = number.find(qn("w:abstractNumId"))
            of.set(qn("w:val"), str(int(of.get(qn("w:val"))) + kinds))
            theirs.append(number)
        return numbers


def _name(style: Node) -> tuple[str, str]:
    """Return the kind and the name of a style; names differ in case between versions of Word."""
    name = style.find(qn("w:name"))
    return str(style.get(qn("w:type"))), "" if name is None else name.get(qn("w:val"), "").lower()


def _greatest(numbering: Node, tag: str, attribute: str) -> int:
    return max((int(one.get(qn(attribute), 0)) for one in numbering.findall(qn(tag))), default=0)


MEMORY: Final = 600 * MEGABYTE
CPU_SECONDS: Final = 20
DAMAGED: Final = (
    zipfile.BadZipFile,
    zlib.error,
    KeyError,
    ValueError,
    AttributeError,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OpcError,
    LxmlError,
)


def main() -> None:
    """Answer on standard output."""
    order = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read()
    is_ours = order["do"] == "fill"  # a long text of ours, in a template that was examined
    limit(MEMORY, CPU_SECONDS if is_ours else seconds_for(len(data), CPU_SECONDS))
    sys.stdout.write(json.dumps(answer(order, data)))


def answer(order: dict[str, Any], data: bytes) -> dict[str, Any]:
    """Return the result asked for, or {"refused": code}."""
    try:
        return done(order, data)
    except Unfit as unfit:
        return {"refused": unfit.code, "names": unfit.names}
    except (MemoryError, RecursionError):
        return {"refused": "heavy"}
    except DAMAGED:
        return {"refused": "damaged"}


def done(order: dict[str, Any], data: bytes) -> dict[str, Any]:
    """Examine the template, or fill it. Raises Unfit."""
    size = order.get("template", len(data))
    check(data[:size])
    document = docx.Document(io.BytesIO(as_document(data[:size])))
    marks = Marks(document, order["marks"])
    marks.check()
    if order["do"] == "examine":
        return {"marks": sorted(marks.names)}
    ours = docx.Document(io.BytesIO(data[size:]))
    take_over(ours, document, marks.content, without_head="title" in marks.names)
    marks.fill(order["values"])
    return {"document": base64.b64encode(as_bytes(document)).decode()}
