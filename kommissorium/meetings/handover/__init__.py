"""The .zip file handed over to the municipality's records system after a meeting.

docs/handover.md says what lies in it.
"""

from __future__ import annotations

from kommissorium.core.documents.handover import HandoverFile
from kommissorium.meetings.handover.zip_file import (
    Handover,
    HandoverItem,
    check_case_number,
    check_kle,
    write_zip,
)

__all__ = [
    "Handover",
    "HandoverFile",
    "HandoverItem",
    "check_case_number",
    "check_kle",
    "write_zip",
]
