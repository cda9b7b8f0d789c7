"""Documents people keep: PDF by Typst, Word by python-docx, Excel by openpyxl.

The libraries below take tens of megabytes; who first writes a kind of document loads those it
needs (PEP 562), so that naming one kind does not load the others.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kommissorium.core.documents.attachment_names import unique_names
    from kommissorium.core.documents.bind_pdf import Binder, Frame, LoosePage
    from kommissorium.core.documents.excel import Column, Sheet, workbook
    from kommissorium.core.documents.flatten_pdf import NotBindable, Rectangle
    from kommissorium.core.documents.typesetting import (
        DocumentError,
        EmbeddedFile,
        Typeset,
        render_pdf,
        typeset,
    )
    from kommissorium.core.documents.word import WordDocument, WordFrame

__all__ = [
    "Binder",
    "Column",
    "DocumentError",
    "EmbeddedFile",
    "Frame",
    "LoosePage",
    "NotBindable",
    "Rectangle",
    "Sheet",
    "Typeset",
    "WordDocument",
    "WordFrame",
    "render_pdf",
    "typeset",
    "unique_names",
    "workbook",
]

_PARTS = {
    "Binder": "bind_pdf",
    "Column": "excel",
    "DocumentError": "typesetting",
    "EmbeddedFile": "typesetting",
    "Frame": "bind_pdf",
    "LoosePage": "bind_pdf",
    "NotBindable": "flatten_pdf",
    "Rectangle": "flatten_pdf",
    "Sheet": "excel",
    "Typeset": "typesetting",
    "WordDocument": "word",
    "WordFrame": "word",
    "render_pdf": "typesetting",
    "typeset": "typesetting",
    "unique_names": "attachment_names",
    "workbook": "excel",
}


def __getattr__(name: str) -> Any:
    if name not in _PARTS:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_PARTS[name]}"), name)
