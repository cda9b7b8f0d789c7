"""Documents people keep: PDF by Typst, Word by python-docx."""

from __future__ import annotations

from kommissorium.core.documents.names import unique_names
from kommissorium.core.documents.typesetting import DocumentError, EmbeddedFile, render_pdf

__all__ = ["DocumentError", "EmbeddedFile", "render_pdf", "unique_names"]
