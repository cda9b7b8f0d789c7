"""Small PDFs for the tests, and a look into finished ones."""

from __future__ import annotations

import io
import re
import zlib
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    EncodedStreamObject,
    FloatObject,
    NameObject,
    NumberObject,
)

A4 = (595.0, 842.0)


def pdf_with(
    *texts: str,
    size: tuple[float, float] = A4,
    turn: int = 0,
    password: str = "",
    owner_password: str = "",
) -> bytes:
    """Return a PDF with a page for each text."""
    writer = PdfWriter()
    for text in texts:
        _add_page(writer, text, size, turn)
    if password or owner_password:
        writer.encrypt(password, owner_password or None, algorithm="RC4-128")
    return _bytes(writer)


def pdf_with_filled_field(page_text: str, field_text: str) -> bytes:
    """Return a PDF whose second text is only in the look of an annotation."""
    writer = PdfWriter()
    page = _add_page(writer, page_text, A4, 0)
    look = _drawing(f"BT /F1 12 Tf 2 5 Td ({field_text}) Tj ET")
    look.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): _numbers(0, 0, 100, 20),
            NameObject("/Resources"): page["/Resources"],
        }
    )
    looks = DictionaryObject({NameObject("/N"): writer._add_object(look)})
    annotation = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Widget"),
            NameObject("/Rect"): _numbers(50, 50, 250, 90),
            NameObject("/AP"): looks,
        }
    )
    page[NameObject("/Annots")] = ArrayObject([writer._add_object(annotation)])
    return _bytes(writer)


def bomb(pages: int, unpacked: int, *, times: int = 1) -> bytes:
    """Return a PDF whose pages share one stream of this size, each drawing it this often."""
    writer = PdfWriter()
    stream = EncodedStreamObject()
    stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    stream._data = zlib.compress(b"0 0 m 9 9 l S\n" * (unpacked // 14), 9)
    shared = writer._add_object(stream)
    for _page in range(pages):
        contents = ArrayObject([shared] * times)
        writer.add_blank_page(595, 842)[NameObject("/Contents")] = contents
    return _bytes(writer)


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def catalog(pdf: bytes) -> Any:
    """Return the dictionary that everything else in the document hangs on."""
    return read(pdf).trailer["/Root"]


def text_of(pdf: bytes) -> str:
    """Return all text, on one line, without the places where a word may break."""
    text = " ".join(page.extract_text() for page in read(pdf).pages)
    return re.sub(r"\s+", " ", text.replace("\u200b", ""))


def bookmarks(outline: list[Any], depth: int = 0) -> list[tuple[int, str]]:
    """Return the bookmarks as depth and title."""
    found: list[tuple[int, str]] = []
    for entry in outline:
        if isinstance(entry, list):
            found.extend(bookmarks(entry, depth + 1))
        else:
            found.append((depth, str(entry.title)))
    return found


def claims(pdf: bytes) -> dict[str, str]:
    """Return the standards that the document's metadata claims."""
    metadata = catalog(pdf)["/Metadata"].get_data().decode()
    names = ("pdfuaid:part", "pdfaid:part", "pdfaid:conformance")
    found = {name: re.search(rf"<{name}>(.*?)</{name}>", metadata) for name in names}
    return {name: match[1] for name, match in found.items() if match}


def tags(pdf: bytes) -> list[str]:
    """Return the kinds of all elements of the structure tree, in reading order."""
    found: list[str] = []
    stack: list[Any] = [catalog(pdf)["/StructTreeRoot"]]
    while stack:
        node = stack.pop().get_object()
        if isinstance(node, DictionaryObject):
            if "/S" in node:
                found.append(str(node["/S"]))
            children = node.get("/K", ArrayObject()).get_object()
            stack.extend(reversed(children if isinstance(children, ArrayObject) else [children]))
    return found


def _add_page(writer: PdfWriter, text: str, size: tuple[float, float], turn: int) -> Any:
    page = writer.add_blank_page(*size)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    content = _drawing(f"BT /F1 24 Tf 72 {size[1] - 100} Td ({text}) Tj ET")
    page[NameObject("/Contents")] = writer._add_object(content)
    page[NameObject("/Rotate")] = NumberObject(turn)
    return page


def _drawing(operators: str) -> DecodedStreamObject:
    stream = DecodedStreamObject()
    stream.set_data(operators.encode("latin-1"))
    return stream


def _numbers(*numbers: float) -> ArrayObject:
    return ArrayObject(FloatObject(number) for number in numbers)


def _bytes(writer: PdfWriter) -> bytes:
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()
