"""Extracts the text of an uploaded file, whatever kind of document it is."""

from __future__ import annotations

from kommissorium.committees.reader.model import (
    MAX_BYTES,
    MAX_CHARACTERS,
    Understanding,
    UnreadableMandate,
)
from kommissorium.committees.reader.parser import read_text
from kommissorium.core.documents.text_of_files import Unreadable, text_of_file


def read_file(data: bytes, name: str) -> Understanding:
    """Read a mandate from the bytes of a .txt, .md, .docx, .odt or .pdf file.

    `name` is the file's name; what the file is, its bytes decide. Raises UnreadableMandate.
    """
    return read_text(source_text(data, name))


def source_text(data: bytes, name: str) -> str:
    """Return the text of a file, as it is shown beside what was understood of it.

    Headings of documents are marked with #, list items with a bullet, table cells part at tabs.
    Raises UnreadableMandate.
    """
    if not data:
        raise UnreadableMandate("empty")
    if len(data) > MAX_BYTES:
        raise UnreadableMandate("too_large")
    try:
        text = text_of_file(data, name)
    except Unreadable as refused:
        raise UnreadableMandate(refused.code) from None
    if len(text) > MAX_CHARACTERS:
        raise UnreadableMandate("too_long")
    return text
