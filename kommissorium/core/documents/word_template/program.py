"""Opens a municipality's Word template in a process of its own: to examine it, or to fill it.

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
from typing import Any, Final

import docx
from docx.opc.exceptions import OpcError
from lxml.etree import LxmlError

from kommissorium.core.documents.process_limits import MEGABYTE, limit
from kommissorium.core.documents.word_frame import as_bytes
from kommissorium.core.documents.word_template.checks import Unfit, as_document, check
from kommissorium.core.documents.word_template.contents import take_over
from kommissorium.core.documents.word_template.marks import Marks

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
    limit(MEMORY, CPU_SECONDS)
    order = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read()
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
