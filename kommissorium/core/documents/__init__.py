"""Documents people keep: PDF by Typst, Word by python-docx."""

from __future__ import annotations

from kommissorium.core.documents.binding import Binder, Frame, LoosePage
from kommissorium.core.documents.loosening import Box, NotBindable
from kommissorium.core.documents.names import unique_names
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
    "Box",
    "DocumentError",
    "EmbeddedFile",
    "Frame",
    "LoosePage",
    "NotBindable",
    "Typeset",
    "WordDocument",
    "WordFrame",
    "render_pdf",
    "typeset",
    "unique_names",
]
