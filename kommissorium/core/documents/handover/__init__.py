"""The .zip file handed over to the municipality's records system: of a meeting, or of a case.

docs/handover.md says what lies in it.
"""

from __future__ import annotations

from kommissorium.core.documents.handover.zip_file import (
    CLOSED,
    METADATA,
    SUMS,
    HandoverFile,
    file_as_json,
    plain_facts,
    told_plainly,
    write_files,
)

__all__ = [
    "CLOSED",
    "METADATA",
    "SUMS",
    "HandoverFile",
    "file_as_json",
    "plain_facts",
    "told_plainly",
    "write_files",
]
