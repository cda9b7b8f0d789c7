"""Typesets a document with people's files inside, in a process of its own; mends their names.

A file inside a PDF has two names: /UF, which is right, and /F, which is read as PDFDocEncoding.
"""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path
from typing import Final

from pypdf import PdfReader
from pypdf.generic import ArrayObject, IndirectObject, encode_pdfdocencoding

from kommissorium.core.documents.pressing_program import press_in

_NAME: Final = re.compile(rb"/F<([0-9A-Fa-f]+)>")


def with_readable_names(pdf: bytes) -> bytes:
    """Return our own PDF with each /F as old readers read it; nothing in the file moves.

    What that encoding lacks becomes "_". A name that is ASCII stands as it is.
    """
    reader = PdfReader(io.BytesIO(pdf))
    listed = reader.root_object.get("/AF", ArrayObject()).get_object()
    changed = bytearray(pdf)
    for reference in listed if isinstance(listed, ArrayObject) else []:
        _mend(changed, reader, reference)
    return bytes(changed)


def _mend(pdf: bytearray, reader: PdfReader, file: IndirectObject) -> None:
    start = reader.xref[file.generation][file.idnum]
    found = _NAME.search(pdf, start, pdf.index(b"endobj", start))
    if found is None:
        return
    mended = _pdf_doc(bytes.fromhex(found[1].decode("ascii")).decode("utf-8", "replace"))
    text = b"/F<" + mended.hex().upper().encode("ascii") + b">"
    # The shorter name is followed by blanks, so that all else stays where the file says it is.
    pdf[found.start() : found.end()] = text.ljust(found.end() - found.start())


def _pdf_doc(name: str) -> bytes:
    return b"".join(_letter(letter) for letter in name)


def _letter(letter: str) -> bytes:
    try:
        return encode_pdfdocencoding(letter)
    except UnicodeEncodeError:
        return b"_"


def main() -> None:
    """Leave the document in the folder."""
    press_in(Path(sys.argv[-1]), with_readable_names)
