"""Extracts the text of an uploaded file, whatever kind of document it is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from kommissorium.committees.reader.errors import (
    MAX_BYTES,
    MAX_CHARACTERS,
    MESSAGES,
    UnreadableMandate,
)
from kommissorium.committees.reader.model import Understanding
from kommissorium.committees.reader.parser import read_text
from kommissorium.core.documents.slots import Busy
from kommissorium.core.documents.subprocess_runner import Failed, Stopped, lines_apart

# The extractor is started by path: it imports nothing of this program and so is quick.
_EXTRACTOR: Final = Path(__file__).resolve().parent / "extractor.py"
_PATIENCE_SECONDS: Final = 15
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
_CONTROLS: Final = frozenset(range(32)) - frozenset(b"\t\n\v\f\r\x1b")


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
    text = _text_of(data, name)
    if not text.strip():
        raise UnreadableMandate("empty")
    if len(text) > MAX_CHARACTERS:
        raise UnreadableMandate("too_long")
    return text


def _text_of(data: bytes, name: str) -> str:
    if b"%PDF-" in data[:1024]:
        return _in_extractor("pdf", data)
    if data.startswith(b"PK"):
        return _in_extractor("office", data)
    if data.startswith(_OLE):
        raise UnreadableMandate("old_word")
    if data.startswith(b"{\\rtf"):
        raise UnreadableMandate("unknown_type")
    if name.lower().endswith((".docx", ".odt", ".pdf")):
        raise UnreadableMandate("damaged")
    return _plain(data)


def _plain(data: bytes) -> str:
    """Decode a text file: UTF-8, UTF-16 with its mark, else the code page of older Windows."""
    if data.startswith(_UTF_16):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError:
            raise UnreadableMandate("unknown_type") from None
    sample = data[:65536]
    if b"\0" in data or sum(byte in _CONTROLS for byte in sample) > len(sample) // 100:
        raise UnreadableMandate("unknown_type")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _in_extractor(kind: str, data: bytes) -> str:
    """Open a document in a process of its own with limits on memory and time."""
    try:
        lines = lines_apart([str(_EXTRACTOR), kind], data, seconds=_PATIENCE_SECONDS)
        answer = json.loads(b"".join(lines))
    except Stopped:
        raise UnreadableMandate("too_heavy") from None
    except Failed:
        raise UnreadableMandate("damaged") from None
    except Busy:
        raise UnreadableMandate("busy") from None
    code = answer.get("code")
    if code:
        raise UnreadableMandate(code if code in MESSAGES else "damaged")
    return str(answer["text"])
