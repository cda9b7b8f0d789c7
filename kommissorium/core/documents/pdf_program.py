"""Opens other people's PDFs in a process of its own: `look` at one, `bind` many, `embed` files.

Each answers with one JSON object on standard output. `look` reads the PDF from standard input;
the others are given a folder, where order.json says what to do and the document is left.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, Final

from kommissorium.core.documents.process_limits import MEGABYTE, limit

LOOK_MEMORY: Final = 600 * MEGABYTE
LOOK_CPU: Final = 15
MAKE_MEMORY: Final = 1536 * MEGABYTE
MAKE_CPU: Final = 60
ORDER, RESULT = "order.json", "result.pdf"


def main() -> None:
    """Do what the last arguments ask and say how it went."""
    if sys.argv[-1] == "look":
        limit(LOOK_MEMORY, LOOK_CPU)
        answer = _look(sys.stdin.buffer.read())
    else:
        limit(MAKE_MEMORY, MAKE_CPU)
        verb, folder = sys.argv[-2], Path(sys.argv[-1])
        order = json.loads((folder / ORDER).read_text(encoding="utf-8"))
        answer = (_bind if verb == "bind" else _embed)(folder, order)
    sys.stdout.write(json.dumps(answer))


def _look(data: bytes) -> dict[str, Any]:
    """Return of each page whether it is wide, or why the file cannot be bound."""
    from kommissorium.core.documents.bind_pdf import Binder
    from kommissorium.core.documents.flatten_pdf import NotBindable

    try:
        return {"wide": [page.is_wide for page in Binder().take(data)]}
    except NotBindable as error:
        return {"refused": str(error)}


def _bind(folder: Path, order: dict[str, Any]) -> dict[str, Any]:
    """Bind the pages of the files into result.pdf, which is the paper with room for them."""
    from kommissorium.core.documents.bind_pdf import Binder, Frame
    from kommissorium.core.documents.flatten_pdf import Rectangle

    binder = Binder()
    pages = [page for name in order["files"] for page in binder.take((folder / name).read_bytes())]
    frames = [Frame(page, Rectangle(*box)) for page, *box in order["frames"]]
    paper = folder / RESULT
    paper.write_bytes(binder.bind(paper.read_bytes(), list(zip(pages, frames, strict=True))))
    return {}


def _embed(folder: Path, order: dict[str, Any]) -> dict[str, Any]:
    """Typeset the document with its files inside; return the values of its marks."""
    from kommissorium.core.documents.attached_names import with_readable_names
    from kommissorium.core.documents.press import DocumentError, Press

    try:
        typeset = Press(folder=folder, **order).insist()
    except DocumentError as error:
        return {"error": str(error)}
    (folder / RESULT).write_bytes(with_readable_names(typeset.pdf))
    return {"marks": typeset.marks}
