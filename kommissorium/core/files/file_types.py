"""Recognises the type of an uploaded file by its bytes, and whether it is allowed."""

from __future__ import annotations

import codecs
import hashlib
import logging
import re
import unicodedata

from django.conf import settings
from django.utils.translation import gettext as _

from kommissorium.core.documents.subprocess_runner import Busy, Failed, Stopped, answer_of
from kommissorium.core.files.picture_places import pixels_of
from kommissorium.core.files.virus_scanner import NoScanner, virus_in

log = logging.getLogger("kommissorium.files")  # a flood of these is a few lines
PROGRAM = "kommissorium.core.files.archive_program"
LOOK_SECONDS = 15
MEGABYTE = 1024 * 1024
MOST_BYTES = 25 * MEGABYTE
MOST_UNPACKED = 300 * MEGABYTE
MOST_MEMBERS = 5000
MOST_PIXELS = 250 * 1_000_000  # phones take 200; a few bytes can say four billion
MOST_REMEMBERED = 500
_let_in: dict[tuple[str, str, int], None] = {}  # the oldest first

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
    """The file is not allowed; the message says why in the user's language."""


def clean_name(name: str) -> str:
    """Return the file's own name without path, control or direction characters."""
    base = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(c for c in base if unicodedata.category(c)[0] != "C")
    kept = re.sub(r"\s+", " ", kept).strip(" .") or "file"
    stem, dot, ending = kept.rpartition(".")
    return f"{stem[:140]}{dot}{ending[:10]}" if dot else kept[:150]


def media_type(data: bytes, name: str) -> str:
    """Return the media type of an allowed file.

    Raises FileRefused for an empty or too large file, an ending not on the list, content that
    is not what the ending says, macros, viruses, and archives that unpack beyond reason. The log says
    what was refused, by its hash and not by its name.
    """
    ending = name.rpartition(".")[2].lower()
    digest = hashlib.sha256(data).hexdigest()
    try:
        kind = _media_type(data, ending)
        _refuse_virus(data, digest)
        return kind
    except FileRefused as refused:
        shown = ending if ending in ENDINGS else "other"
        log.warning("file refused: %s, %d bytes, %s: %s", shown, len(data), digest, refused)
        raise


def _media_type(data: bytes, ending: str) -> str:
    if not data:
        raise FileRefused(_("The file is empty."))
    if len(data) > MOST_BYTES:
        raise FileRefused(
            _("The file is larger than %(most)d MB.") % {"most": MOST_BYTES // MEGABYTE}
        )
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


def _refuse_virus(data: bytes, digest: str) -> None:
    """Let a scanner look for viruses, once; a file that it cannot look into does not come in."""
    seen = (digest, settings.CLAMD, 0)
    if seen in _let_in:
        return
    try:
        virus = virus_in(data)
    except NoScanner as error:
        log.warning("the scanner for viruses does not answer: %s", error)
        raise FileRefused(
            _("Files cannot be looked through for viruses just now. Try again in a moment.")
        ) from None
    if virus:
        raise FileRefused(_("The file holds a virus: %(name)s.") % {"name": virus})
    _remember(seen)


def _remember(seen: tuple[str, str, int]) -> None:
    _let_in[seen] = None
    if len(_let_in) > MOST_REMEMBERED:
        del _let_in[next(iter(_let_in))]


def _not_what_it_says(ending: str) -> FileRefused:
    return FileRefused(
        _("The content of the file is not what its ending .%(ending)s says.") % {"ending": ending}
    )


def _by_magic(data: bytes, ending: str) -> str:
    start, kind = MAGIC[ending]
    if not data.startswith(start):
        raise _not_what_it_says(ending)
    if pixels_of(data) > MOST_PIXELS:
        raise FileRefused(
            _("The picture has more than %(most)d million pixels.")
            % {"most": MOST_PIXELS // 1_000_000}
        )
    return kind


def _text(data: bytes, ending: str) -> str:
    if b"\0" in data and not _is_utf_16(data):
        raise _not_what_it_says(ending)
    return TEXT[ending]


def _is_utf_16(data: bytes) -> bool:
    """Return whether it is text that Windows calls Unicode: half of its bytes may be zero."""
    if not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return False
    try:
        return "\0" not in data.decode("utf-16")
    except UnicodeDecodeError:
        return False


def _by_archive(data: bytes, ending: str) -> str:
    """Look into the file in a process of its own; a file allowed once needs no second look."""
    seen = (hashlib.sha256(data).hexdigest(), ending, MOST_UNPACKED)
    if seen not in _let_in:
        _look_into(data, ending)
        _remember(seen)
    return OFFICE[ending][0] if ending in OFFICE else OPEN_DOCUMENT[ending]


def _look_into(data: bytes, ending: str) -> None:
    if not data.startswith(b"PK"):
        raise _not_what_it_says(ending)
    part = OFFICE[ending][1] if ending in OFFICE else "mimetype"
    limits = (str(MOST_MEMBERS), str(MOST_UNPACKED))
    try:
        told = answer_of(PROGRAM, part, *limits, data=data, seconds=LOOK_SECONDS)
    except Busy:
        raise FileRefused(
            _("Other files are being read just now. Try again in a moment.")
        ) from None
    except (Stopped, Failed):
        told = {"refused": "too_much"}
    match told.get("refused"):
        case "too_much":
            raise FileRefused(_("The file unpacks to far more than it should."))
        case "macros":
            raise FileRefused(_("Files with macros cannot be added."))
    if not told.get("part") or told["kind"] != OPEN_DOCUMENT.get(ending, ""):
        raise _not_what_it_says(ending)
