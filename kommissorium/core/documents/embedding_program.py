"""Typesets a document with people's files inside, in a process of its own.

The folder it is given holds the template, the files and the order. It answers with one JSON
object on standard output: {"marks": …}, or {"error": …}.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Final

from kommissorium.core.documents.attached_names import with_readable_names
from kommissorium.core.documents.order import ORDER, RESULT
from kommissorium.core.documents.press import DocumentError, Press
from kommissorium.core.documents.process_limits import MEGABYTE, limit

MEMORY: Final = 1536 * MEGABYTE
CPU_SECONDS: Final = 60


def main() -> None:
    """Leave the document in the folder."""
    limit(MEMORY, CPU_SECONDS)
    folder = Path(sys.argv[-1])
    order = json.loads((folder / ORDER).read_text(encoding="utf-8"))
    try:
        typeset = Press(folder=folder, **order).insist()
    except DocumentError as error:
        sys.stdout.write(json.dumps({"error": str(error)}))
        return
    (folder / RESULT).write_bytes(with_readable_names(typeset.pdf))
    sys.stdout.write(json.dumps({"marks": typeset.marks}))
