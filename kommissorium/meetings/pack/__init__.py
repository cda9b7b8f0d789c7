"""The meeting pack: the agenda with its texts and attachments, in every edition.

The libraries that write PDF and Word take 30 MB of memory; who first asks for an edition loads
those it needs (PEP 562), so that a server nobody asks for packs stays small.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from kommissorium.meetings.pack.model import Pack, PackFile, PackItem, PackSeat, without_closed

if TYPE_CHECKING:
    from kommissorium.meetings.pack.model import pack_json
    from kommissorium.meetings.pack.pdf import pack_pdf, pack_print_pdf
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

_WRITERS = {
    "pack_docx": "word",
    "pack_json": "model",
    "pack_pdf": "pdf",
    "pack_print_pdf": "pdf",
}


def __getattr__(name: str) -> Any:
    if name not in _WRITERS:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_WRITERS[name]}"), name)
