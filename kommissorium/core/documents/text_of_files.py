"""The text of an uploaded file: PDF, Word, OpenDocument or plain, whatever its name says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from django.utils.translation import gettext_lazy as _

from kommissorium.core.documents.subprocess_runner import Busy, Failed, Stopped, lines_apart

# The extractor is started by path: it imports nothing of this program and so is quick.
_EXTRACTOR: Final = Path(__file__).resolve().parent / "text_extractor.py"
_PATIENCE_SECONDS: Final = 15
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
_CONTROLS: Final = frozenset(range(32)) - frozenset(b"\t\n\v\f\r\x1b")

MESSAGES: Final = {
    "empty": _("There is no text in the file."),
    "unknown_type": _("The file is not text that can be read."),
    "old_word": _(
        "The file is in the old Word format or is locked with a password. "
        "Save it as .docx without a password."
    ),
    "encrypted": _("The file is locked with a password. Save a copy without one."),
    "no_text_layer": _(
        "The PDF holds pictures of pages, not text. Use the document it was scanned from."
    ),
    "zip_bomb": _("The file unpacks to far more than a document holds, so it was not opened."),
    "damaged": _("The file is damaged and cannot be opened. Save it again and try once more."),
    "busy": _("Other files are being read just now. Try again in a moment."),
    "too_heavy": _("The file takes too long to open. Make a simpler copy of it."),
    "too_long": _("The text is longer than 200,000 characters. Part it into several documents."),
}


class Unreadable(Exception):
    """The text of a file cannot be read; `code` says why, a key of MESSAGES."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code if code in MESSAGES else "damaged"
        self.message = MESSAGES[self.code]


def text_of_file(data: bytes, name: str) -> str:
    """Return the text of a file, whose type is decided by its bytes. Raises Unreadable.

    Headings of documents are marked with #, list items with a bullet, table cells part at bars.
    """
    text = _text_of(data, name)
    if not text.strip():
        raise Unreadable("empty")
    return text


def _text_of(data: bytes, name: str) -> str:
    if b"%PDF-" in data[:1024]:
        return _in_extractor("pdf", data)
    if data.startswith(b"PK"):
        return _in_extractor("office", data)
    if data.startswith(_OLE):
        raise Unreadable("old_word")
    if data.startswith(b"{\\rtf"):
        raise Unreadable("unknown_type")
    if name.lower().endswith((".docx", ".odt", ".pdf")):
        raise Unreadable("damaged")
    return _plain(data)


def _plain(data: bytes) -> str:
    """Decode a text file: UTF-8, UTF-16 with its mark, else the code page of older Windows."""
    if data.startswith(_UTF_16):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError:
            raise Unreadable("unknown_type") from None
    sample = data[:65536]
    if b"\0" in data or sum(byte in _CONTROLS for byte in sample) > len(sample) // 100:
        raise Unreadable("unknown_type")
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
        raise Unreadable("too_heavy") from None
    except Failed:
        raise Unreadable("damaged") from None
    except Busy:
        raise Unreadable("busy") from None
    code = answer.get("code")
    if code:
        raise Unreadable(code)
    return str(answer["text"])
