"""Typesets a document in a process of its own, which takes its memory along.

The folder it is given holds the template and the order. It answers with one JSON object on
standard output: {"marks": …}, or {"error": …}.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from kommissorium.core.documents.press import DocumentError, Press
from kommissorium.core.documents.process_limits import MEGABYTE, ORDER, RESULT, limit

MEMORY: Final = 1536 * MEGABYTE
CPU_SECONDS: Final = 60


def main() -> None:
    """Leave the document in the folder."""
    press_in(Path(sys.argv[-1]))


def press_in(folder: Path, mended: Callable[[bytes], bytes] = bytes) -> None:
    """Leave the document in the folder, as `mended` returns it."""
    limit(MEMORY, CPU_SECONDS)
    order = json.loads((folder / ORDER).read_text(encoding="utf-8"))
    try:
        typeset = Press(folder=folder, **order).insist()
    except DocumentError as error:
        sys.stdout.write(json.dumps({"error": str(error)}))
        return
    (folder / RESULT).write_bytes(mended(typeset.pdf))
    sys.stdout.write(json.dumps({"marks": typeset.marks}))
