"""Recognises the type of an uploaded file by its bytes, and whether it is allowed."""

from __future__ import annotations

import codecs
import io
import re
import unicodedata
import zipfile
import zlib

from django.utils.translation import gettext as _

MEGABYTE = 1024 * 1024
MOST_BYTES = 25 * MEGABYTE
MOST_UNPACKED = 300 * MEGABYTE
MOST_MEMBERS = 5000

OFFICE = {
    "docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "word/document.xml",
    ),
    "xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "xl/workbook.xml",
    ),
    "pptx": (
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "ppt/presentation.xml",
    ),
}
OPEN_DOCUMENT = {
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
}
TEXT = {"txt": "text/plain", "md": "text/markdown", "csv": "text/csv"}
MAGIC = {
    "pdf": (b"%PDF-", "application/pdf"),
    "png": (b"\x89PNG\r\n\x1a\n", "image/png"),
    "jpg": (b"\xff\xd8\xff", "image/jpeg"),
    "jpeg": (b"\xff\xd8\xff", "image/jpeg"),
}
ENDINGS = sorted({*MAGIC, *OFFICE, *OPEN_DOCUMENT, *TEXT})
ACCEPT = ",".join(f".{ending}" for ending in ENDINGS)


class FileRefused(Exception):
    """The file may not come in; the message says why in the user's language."""


def clean_name(name: str) -> str:
    """Return the file's own name without path, control or direction characters."""
    base = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(c for c in base if unicodedata.category(c)[0] != "C")
    kept = re.sub(r"\s+", " ", kept).strip(" .") or "file"
    stem, dot, ending = kept.rpartition(".")
    return f"{stem[:140]}{dot}{ending[:10]}" if dot else kept[:150]


def media_type(data: bytes, name: str) -> str:
    """Return the media type of a file that may come in.

    Raises FileRefused for an empty or too large file, an ending not on the list, content that
    is not what the ending says, macros, and archives that unpack beyond reason.
    """
    if not data:
        raise FileRefused(_("The file is empty."))
    if len(data) > MOST_BYTES:
        raise FileRefused(
            _("The file is larger than %(most)d MB.") % {"most": MOST_BYTES // MEGABYTE}
        )
    ending = name.rpartition(".")[2].lower()
    if ending in MAGIC:
        return _by_magic(data, ending)
    if ending in OFFICE or ending in OPEN_DOCUMENT:
        return _by_archive(data, ending)
    if ending in TEXT:
        return _text(data, ending)
    raise FileRefused(
        _("Files of this kind cannot be added. Use one of: %(endings)s.")
        % {"endings": ", ".join(ENDINGS)}
    )


def _not_what_it_says(ending: str) -> FileRefused:
    return FileRefused(
        _("The content of the file is not what its ending .%(ending)s says.") % {"ending": ending}
    )


def _by_magic(data: bytes, ending: str) -> str:
    start, kind = MAGIC[ending]
    if not data.startswith(start):
        raise _not_what_it_says(ending)
    return kind


def _text(data: bytes, ending: str) -> str:
    if b"\0" in data and not _is_utf_16(data):
        raise _not_what_it_says(ending)
    return TEXT[ending]


def _is_utf_16(data: bytes) -> bool:
    """Return whether it is text as Windows calls it Unicode: half of its bytes may be zero."""
    if not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return False
    try:
        return "\0" not in data.decode("utf-16")
    except UnicodeDecodeError:
        return False


def _by_archive(data: bytes, ending: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > MOST_MEMBERS or sum(m.file_size for m in members) > MOST_UNPACKED:
                raise FileRefused(_("The file unpacks to far more than it should."))
            names = {member.filename for member in members}
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                raise FileRefused(_("Files with macros cannot be added."))
            return _archive_type(archive, names, ending)
    except (
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        NotImplementedError,
        RuntimeError,
        zlib.error,
        EOFError,
    ):
        raise _not_what_it_says(ending) from None


def _archive_type(archive: zipfile.ZipFile, names: set[str], ending: str) -> str:
    if ending in OFFICE:
        kind, part = OFFICE[ending]
        if part in names:
            return kind
        raise _not_what_it_says(ending)
    kind = OPEN_DOCUMENT[ending]
    with archive.open("mimetype") as member:
        if member.read(200).decode("ascii", "replace").strip() == kind:
            return kind
    raise _not_what_it_says(ending)
