"""Reads a Word document in a process of its own; the answer is a JSON object.

{"sections": [[heading, level, HTML, bookmarks]], "remarks": codes, "title": text}, or {"refused": code}.
"""

from __future__ import annotations

import io
import json
import sys
from typing import Any

import docx

from kommissorium.core.documents.process_limits import limit
from kommissorium.core.documents.word_reader.blocks import Reader
from kommissorium.core.documents.word_template.checks import Unfit, as_document, check_archive
from kommissorium.core.documents.word_template.program import CPU_SECONDS, DAMAGED, MEMORY


def main() -> None:
    """Answer on standard output."""
    limit(MEMORY, CPU_SECONDS)
    sys.stdout.write(json.dumps(answer(sys.stdin.buffer.read())))


def answer(data: bytes) -> dict[str, Any]:
    """Return the content of the document. Raises nothing for what is wrong with it."""
    try:
        check_archive(data)
        reader = Reader(docx.Document(io.BytesIO(as_document(data))))
        told = {"sections": reader.sections(), "remarks": reader.remarks}
        return {**told, "title": reader.title()}
    except Unfit as unfit:
        return {"refused": unfit.code}
    except (MemoryError, RecursionError):
        return {"refused": "heavy"}
    except DAMAGED:
        return {"refused": "damaged"}
