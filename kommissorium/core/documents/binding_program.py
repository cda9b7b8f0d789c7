"""Opens untrusted PDFs in a limited process: `look` at one, or `bind` many.

It answers with one JSON object on standard output. `look` reads the PDF from standard input;
`bind` is given a folder where the order names the files and the paper is the result to be.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, Final

from kommissorium.core.documents.bind_pdf import Binder, Frame
from kommissorium.core.documents.flatten_pdf import NotBindable, Rectangle
from kommissorium.core.documents.process_limits import MEGABYTE, ORDER, RESULT, limit

LOOK_MEMORY: Final = 600 * MEGABYTE
LOOK_CPU: Final = 15
BIND_MEMORY: Final = 1536 * MEGABYTE
BIND_CPU: Final = 60


def main() -> None:
    """Do what the last arguments ask and report the result."""
    if sys.argv[-1] == "look":
        limit(LOOK_MEMORY, LOOK_CPU)
        answer = _look(sys.stdin.buffer.read())
    else:
        limit(BIND_MEMORY, BIND_CPU)
        answer = _bind(Path(sys.argv[-1]))
    sys.stdout.write(json.dumps(answer))


def _look(data: bytes) -> dict[str, Any]:
    """Return for each page whether it is wide, or why the file cannot be bound."""
    try:
        return {"wide": [page.is_wide for page in Binder().take(data)]}
    except NotBindable as error:
        return {"refused": str(error)}


def _bind(folder: Path) -> dict[str, Any]:
    """Bind the pages of the files into the paper, which has room for them."""
    order = json.loads((folder / ORDER).read_text(encoding="utf-8"))
    binder = Binder()
    pages = [page for name in order["files"] for page in binder.take((folder / name).read_bytes())]
    frames = [Frame(page, Rectangle(*box)) for page, *box in order["frames"]]
    paper = folder / RESULT
    paper.write_bytes(binder.bind(paper.read_bytes(), list(zip(pages, frames, strict=True))))
    return {}
