"""Responses that download a file."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import IO

from django.conf import settings
from django.http import FileResponse, HttpResponse
from django.utils.functional import Promise
from django.utils.http import content_disposition_header
from django.utils.translation import get_language

from kommissorium.core.documents.excel import MEDIA_TYPE, Sheet, write_workbook

# Whatever a file holds, a browser that shows it gives it no powers of our pages.
HARMLESS = {"Content-Security-Policy": "sandbox; default-src 'none'"}


class _Streamed(FileResponse):
    block_size = 65_536


def download(data: bytes, name: str, media_type: str) -> HttpResponse:
    """Return the file as one to be saved under this name."""
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    headers = {"Content-Disposition": disposition, **HARMLESS}
    return HttpResponse(data, content_type=media_type, headers=headers)


def download_written(
    write: Callable[[IO[bytes]], object], name: str, media_type: str
) -> FileResponse:
    """Return the output of `write`, as a file to be saved under this name.

    It goes to the disk as it is written and is sent from there piece by piece: however long it
    is, memory does not show it; who fetches slowly keeps nothing of the database waiting; and
    what fails while it is written is told as on any page, with no half file.
    """
    file = tempfile.TemporaryFile()  # noqa: SIM115 the response closes it
    try:
        write(file)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return FileResponse(
        file, as_attachment=True, filename=name, content_type=media_type, headers=HARMLESS
    )


def download_lines(lines: Iterable[bytes], name: str, media_type: str) -> FileResponse:
    """Return the lines as a file to be saved under this name."""
    return download_written(lambda file: file.writelines(lines), name, media_type)


def download_workbook(
    sheets: Sequence[Sheet], name: str, *, title: str | Promise, author: str | Promise
) -> FileResponse:
    """Return the sheets as a workbook to be saved under this name."""
    language = get_language() or settings.LANGUAGE_CODE

    def write(file: IO[bytes]) -> None:
        write_workbook(file, sheets, title=title, author=author, language=language)

    return download_written(write, name, MEDIA_TYPE)


def download_from(path: Path, name: str, media_type: str) -> FileResponse:
    """Return a file on the disk in pieces, so that its size does not fill our memory."""
    return _Streamed(
        path.open("rb"),
        as_attachment=True,
        filename=name,
        content_type=media_type,
        headers=HARMLESS,
    )
