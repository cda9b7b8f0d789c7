"""The meeting pack: the agenda with its texts and attachments, in every edition."""

from __future__ import annotations

from kommissorium.meetings.pack.accessible import pack_pdf
from kommissorium.meetings.pack.model import Pack, PackFile, PackItem, PackSeat, without_closed
from kommissorium.meetings.pack.printable import pack_print_pdf
from kommissorium.meetings.pack.record import pack_json
from kommissorium.meetings.pack.word import pack_docx

__all__ = [
    "Pack",
    "PackFile",
    "PackItem",
    "PackSeat",
    "pack_docx",
    "pack_json",
    "pack_pdf",
    "pack_print_pdf",
    "without_closed",
]
